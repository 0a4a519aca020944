//! Where the site will stand, as far as its builder said: what needs a full address (oEmbed, social tags, the sitemap, the page's QR codes) asks
//! here. It is not always where the site runs: a conference laptop says `localhost`.
//!
//! It must never guess: without `FERROSCOPE_PUBLIC_URL` an address is given from the site's root.

use anyhow::{Context, Result};
use serde::Serialize;
use std::env;
use std::str::FromStr;
use url::Url;

/// The environment's name for it. `cargo xtask build --public-url` sets it for the build that it starts.
pub const VARIABLE: &str = "FERROSCOPE_PUBLIC_URL";

/// The site's public address, with a closing slash, if it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PublicUrl(Option<String>);

/// Why a text is no address of a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicUrlError {
    /// It is not an address at all.
    #[error("“{0}” is no absolute address: write it like https://example.org/ferroscope/")]
    NoAddress(String),
    /// Readers can open the web's own schemes alone.
    #[error("readers cannot open “{0}:” addresses: begin with https:// or http://")]
    Scheme(String),
    /// A root has none of it; and credentials must not be published.
    #[error("the address is only where the site stands: no {0}")]
    Surplus(&'static str),
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        Self::of(text)
    }
}

impl PublicUrl {
    /// As the environment says.
    ///
    /// # Errors
    /// [`VARIABLE`] holds no address.
    pub fn from_environment() -> Result<Self> {
        match env::var(VARIABLE) {
            Ok(text) if !text.trim().is_empty() => Self::of(&text).context(VARIABLE),
            Ok(_) | Err(env::VarError::NotPresent) => Ok(Self::default()),
            Err(error) => Err(error).context(VARIABLE),
        }
    }

    /// A site that stands at `text`.
    ///
    /// # Errors
    /// It is no `https:` or `http:` address, or says more than where a site stands.
    pub fn of(text: &str) -> Result<Self, PublicUrlError> {
        let no_address = || PublicUrlError::NoAddress(text.to_owned());
        // Browsers mend what is mistyped in ways of their own; here it is refused.
        let mistyped = |letter: char| letter.is_whitespace() || letter.is_control() || "\"'<>\\`".contains(letter);
        let text = text.trim();
        let mut url = Url::parse(text).map_err(|_| no_address())?;
        if !["http", "https"].contains(&url.scheme()) {
            return Err(PublicUrlError::Scheme(url.scheme().to_owned()));
        }
        let has_host = text.split_once("://").is_some_and(|(_, rest)| !rest.starts_with('/'));
        if !has_host || text.contains(mistyped) {
            return Err(no_address());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(PublicUrlError::Surplus("user name and no password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(PublicUrlError::Surplus("query and no fragment"));
        }
        let path = format!("{}/", url.path().trim_end_matches('/'));
        url.set_path(&path);
        Ok(Self(Some(url.into())))
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
    use proptest::prelude::*;

    #[test]
    fn paths_are_set_below_the_public_address() {
        for text in ["https://example.org/a", " https://example.org/a/ ", "https://example.org/a//", "HTTPS://Example.ORG/a"] {
            assert_eq!(PublicUrl::of(text).unwrap().address("embed/arena/"), "https://example.org/a/embed/arena/", "{text}");
        }
        assert_eq!(PublicUrl::default().address("embed/arena/"), "/embed/arena/");
        assert_eq!(PublicUrl::default().absolute("embed/arena/"), None);
    }

    #[test]
    fn what_is_no_address_is_refused_by_its_fault() {
        let error = |text| PublicUrl::of(text).unwrap_err();
        for text in ["example.org", "/a/b/", "https://", "https:///a", "https://a b", "https://a\"", "https://a\\b", ""] {
            assert!(matches!(error(text), PublicUrlError::NoAddress(_)), "{text}: {}", error(text));
        }
        assert_eq!(error("ftp://example.org"), PublicUrlError::Scheme("ftp".to_owned()));
        assert_eq!(error("javascript:alert(1)"), PublicUrlError::Scheme("javascript".to_owned()));
        for text in ["https://a/?b", "https://a/#b", "https://a:b@c/"] {
            assert!(matches!(error(text), PublicUrlError::Surplus(_)), "{text}");
        }
    }

    #[test]
    fn an_unknown_address_is_null() {
        assert_eq!(serde_json::to_string(&PublicUrl::default()).unwrap(), "null");
        assert_eq!(serde_json::to_string(&PublicUrl::of("https://a").unwrap()).unwrap(), "\"https://a/\"");
    }

    proptest! {
        #[test]
        fn any_text_is_a_root_or_an_error(text in "(https?://)?([a-z.]{1,8}|.{0,20})(:[0-9]{1,5})?(/[a-z?#@<>\" ]{0,8}){0,3}") {
            if let Ok(public) = PublicUrl::of(&text) {
                let shown = public.absolute("").unwrap();
                prop_assert!(shown.starts_with("http") && shown.ends_with('/'));
                prop_assert!(!shown.contains(['"', '<', '>', '?', '#', ' ']), "{}", shown);
                prop_assert_eq!(PublicUrl::of(&shown), Ok(public));
            }
        }
    }
}
