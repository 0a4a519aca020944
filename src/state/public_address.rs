//! The address under which readers know the site, where that is not the one it runs at: a laptop on stage says `localhost`. It is for links,
//! QR codes and embeds. A speaker may set it; where storage is denied the choice lives as long as the page.

use super::settings::storage;
use std::{cell::RefCell, fmt, str::FromStr};

const KEY: &str = "ferroscope.public-address";

thread_local! {
    static CHOICE: RefCell<Choice> = const { RefCell::new(Choice::NotHere) };
}

/// What was chosen since the page was loaded.
#[derive(Clone, Debug)]
enum Choice {
    /// Nothing: what an earlier visit kept holds.
    NotHere,
    /// What the build was told.
    TheBuilds,
    /// The speaker's own.
    Own(PublicAddress),
}

/// An absolute address of a site's root, with a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAddress(String);

/// Why a text is none; as a sentence for the speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicAddressError {
    /// It does not begin with a scheme that readers can open.
    #[error("The address must begin with https:// or http://.")]
    Scheme,
    /// It names no host, or an impossible one.
    #[error("The address names no host, such as example.org.")]
    Host,
    /// A root is a path and nothing more.
    #[error("The address must end with a path: no question mark, # or blank.")]
    Path,
}

impl FromStr for PublicAddress {
    type Err = PublicAddressError;

    /// Stricter than browsers are: whatever passes means the same to each of them.
    fn from_str(text: &str) -> Result<Self, PublicAddressError> {
        let (scheme, rest) = text.trim().split_once("://").ok_or(PublicAddressError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if !["http", "https"].contains(&&*scheme) {
            return Err(PublicAddressError::Scheme);
        }
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = authority.rsplit_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
        let is_host = host.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.') && host.contains(char::is_alphanumeric);
        if !is_host || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(PublicAddressError::Host);
        }
        let is_path = |c: char| c.is_alphanumeric() || "/-._~%!$&()*+,;=:@".contains(c);
        if !path.chars().all(is_path) {
            return Err(PublicAddressError::Path);
        }
        let path = path.trim_end_matches('/');
        let slash = if path.is_empty() { "" } else { "/" };
        Ok(Self(format!("{scheme}://{}/{path}{slash}", authority.to_lowercase())))
    }
}

impl fmt::Display for PublicAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PublicAddress {
    /// The address of a path below the site's root, which begins with no slash.
    #[must_use]
    pub fn of(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// What the speaker set, on this page or an earlier visit.
#[must_use]
pub fn chosen() -> Option<PublicAddress> {
    match CHOICE.with_borrow(Clone::clone) {
        Choice::Own(address) => return Some(address),
        Choice::TheBuilds => return None,
        Choice::NotHere => {}
    }
    storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).and_then(|text| text.parse().ok())
}

/// Sets it, and keeps it where that is possible; none goes back to what the build was told.
pub fn choose(address: Option<PublicAddress>) {
    if let Some(storage) = storage() {
        let _ = match &address {
            Some(address) => storage.set_item(KEY, &address.0),
            None => storage.remove_item(KEY),
        };
    }
    CHOICE.set(address.map_or(Choice::TheBuilds, Choice::Own));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> Result<String, PublicAddressError> {
        text.parse().map(|address: PublicAddress| address.to_string())
    }

    #[test]
    fn an_address_ends_with_one_slash() {
        for text in ["https://example.org/a/b", " HTTPS://Example.org/a/b// "] {
            assert_eq!(parsed(text).as_deref(), Ok("https://example.org/a/b/"));
        }
        assert_eq!(parsed("http://localhost:8000").as_deref(), Ok("http://localhost:8000/"));
        assert_eq!(parsed("https://münchen.example/ä").as_deref(), Ok("https://münchen.example/ä/"));
    }

    #[test]
    fn what_cannot_be_a_site_s_root_is_refused_with_what_to_change() {
        assert_eq!(parsed("example.org"), Err(PublicAddressError::Scheme));
        assert_eq!(parsed("javascript://x/"), Err(PublicAddressError::Scheme));
        assert_eq!(parsed("https:///a"), Err(PublicAddressError::Host));
        assert_eq!(parsed("https://a@b/"), Err(PublicAddressError::Host));
        assert_eq!(parsed("https://a:99999/"), Err(PublicAddressError::Host));
        assert_eq!(parsed("https://a/?b"), Err(PublicAddressError::Path));
        assert_eq!(parsed("https://a/b#c"), Err(PublicAddressError::Path));
        assert_eq!(parsed("https://a/\"><script>"), Err(PublicAddressError::Path));
    }

    #[test]
    fn what_was_set_holds_until_it_is_taken_back() {
        let address: PublicAddress = "https://example.org".parse().unwrap();
        assert_eq!(chosen(), None);
        choose(Some(address.clone()));
        assert_eq!(chosen(), Some(address));
        choose(None);
        assert_eq!(chosen(), None);
    }

    proptest! {
        #[test]
        fn any_text_is_an_address_or_an_error(text in "(https?://)?.{0,40}") {
            if let Ok(address) = parsed(&text) {
                prop_assert!(address.ends_with('/') && !address.contains(['"', '<', '>', '?', '#', ' ', '\\']));
                prop_assert_eq!(parsed(&address), Ok(address.clone()));
            }
        }
    }
}
