//! Where the site will stand, as far as its builder said: what needs a full address (oEmbed, social tags) asks here.
//!
//! It must never guess: without `FERROSCOPE_PUBLIC_URL` an address is given from the site's root.

use anyhow::{Context, Result, ensure};
use std::env;

/// The environment's name for it. `cargo xtask build --public-url` sets it for the build that it starts.
pub const VARIABLE: &str = "FERROSCOPE_PUBLIC_URL";

/// The site's public address, with a closing slash, if it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicUrl(Option<String>);

impl PublicUrl {
    /// As the environment says.
    ///
    /// # Errors
    /// [`VARIABLE`] holds no address.
    pub fn from_environment() -> Result<Self> {
        match env::var(VARIABLE) {
            Ok(text) if !text.trim().is_empty() => Self::of(&text).with_context(|| format!("{VARIABLE} is “{text}”")),
            Ok(_) | Err(env::VarError::NotPresent) => Ok(Self::default()),
            Err(error) => Err(error).context(VARIABLE),
        }
    }

    /// A site that stands at `text`.
    ///
    /// # Errors
    /// It is no `https:` or `http:` address, or has a query, a fragment or white space.
    pub fn of(text: &str) -> Result<Self> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let rest = rest.context("an address begins with https:// or http://, like https://example.org/ferroscope/")?;
        ensure!(!rest.is_empty() && !rest.starts_with('/'), "the address names no host");
        let odd = |letter: char| letter.is_whitespace() || letter.is_control() || "?#\"'<>\\`".contains(letter);
        ensure!(!rest.contains(odd), "the address is only where the site stands: no query, no fragment, no white space");
        Ok(Self(Some(format!("{}/", text.trim_end_matches('/')))))
    }

    /// The full address of a path from the site's root, if the site's own is known.
    pub fn absolute(&self, path: &str) -> Option<String> {
        self.0.as_ref().map(|root| format!("{root}{}", path.trim_start_matches('/')))
    }

    /// The full address of a path from the site's root; else the path with a leading slash, as the registry gives addresses.
    pub fn address(&self, path: &str) -> String {
        self.absolute(path).unwrap_or_else(|| format!("/{}", path.trim_start_matches('/')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_set_below_the_public_address() {
        for text in ["https://example.org/a", " https://example.org/a/ ", "https://example.org/a//"] {
            assert_eq!(PublicUrl::of(text).unwrap().address("embed/arena/"), "https://example.org/a/embed/arena/", "{text}");
        }
        assert_eq!(PublicUrl::default().address("embed/arena/"), "/embed/arena/");
        assert_eq!(PublicUrl::default().absolute("embed/arena/"), None);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "example.org",
            "ftp://example.org",
            "https://",
            "https:///a",
            "https://a/?b",
            "https://a/#b",
            "https://a b",
            "https://a\"",
        ] {
            assert!(PublicUrl::of(text).is_err(), "{text}");
        }
    }
}
