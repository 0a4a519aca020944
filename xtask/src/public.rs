//! Full addresses of the site's pages, as far as its builder said where it will stand: what needs one (oEmbed, social tags) asks here.
//!
//! It must never guess: where that is not known, an address is given from the site's root.

use crate::public_url::PublicUrl;

/// The addresses of a site whose own may not be known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses(Option<PublicUrl>);

impl Addresses {
    /// Those of a site that stands there.
    pub const fn of(public: Option<PublicUrl>) -> Self {
        Self(public)
    }

    /// Where the site stands, if that is known.
    pub const fn known(&self) -> Option<&PublicUrl> {
        self.0.as_ref()
    }

    /// The full address of a path from the site's root, if the site's own is known.
    pub fn absolute(&self, path: &str) -> Option<String> {
        self.0.as_ref().map(|public| public.of(path.trim_start_matches('/')))
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
    fn without_a_public_address_paths_begin_at_the_root() {
        assert_eq!(Addresses::default().address("embed/arena/"), "/embed/arena/");
        assert_eq!(Addresses::default().absolute(""), None);
        let known = Addresses::of("https://example.org/a".parse().ok());
        assert_eq!(known.address("embed/arena/"), "https://example.org/a/embed/arena/");
    }
}
