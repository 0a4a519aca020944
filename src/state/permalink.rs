//! A lab's state in the address: `#s=…`, a version byte and a self-describing map, deflated, in base64url. Links live for years,
//! so keys are only ever added, and an unknown or damaged value falls back to its default.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::collections::BTreeMap;

/// The first byte of what is encoded today.
const VERSION: u8 = 1;

/// The most bytes a link may inflate to: a real one stays far below, and one made to inflate without end is refused at once.
const MAX_INFLATED: usize = 64 * 1024;

/// How hard deflate tries: links are short and made once.
const DEFLATE_LEVEL: u8 = 9;

/// A map of a lab's choices, each key absent where its default holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permalink(BTreeMap<String, String>);

/// Why a link could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PermalinkError {
    /// It is not base64url, does not inflate, or is not text.
    #[error("the link is damaged; this is the lab as it starts")]
    Damaged,
    /// A newer Ferroscope made it.
    #[error("the link was made by a newer version; this is the lab as it starts")]
    Newer,
}

impl Permalink {
    /// Reads what stands behind `#`: `s=…`, alone or among other parameters (some hosts append their own, `WordPress` `#?secret=…`). No `s=` is
    /// an empty map.
    ///
    /// # Errors
    /// A link that cannot be read; the caller shows the lab's defaults and says so.
    pub fn of_fragment(fragment: &str) -> Result<Self, PermalinkError> {
        Self::state_in(fragment).map_or_else(|| Ok(Self::default()), Self::decode)
    }

    /// What a fragment carries behind `s=`; none for a fragment that is a place on the page, or empty.
    pub fn state_in(fragment: &str) -> Option<&str> {
        fragment.split(['#', '&', '?']).find_map(|part| part.strip_prefix("s="))
    }

    /// The fragment, without `#`; empty for an empty map.
    #[must_use]
    pub fn to_fragment(&self) -> String {
        if self.0.is_empty() { String::new() } else { self.to_state() }
    }

    /// The same, never empty: the lab as it starts has a fragment, too.
    #[must_use]
    pub fn to_state(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(&self.0);
        let mut bytes = vec![VERSION];
        bytes.extend(miniz_oxide::deflate::compress_to_vec(text.finish().as_bytes(), DEFLATE_LEVEL));
        format!("s={}", URL_SAFE_NO_PAD.encode(bytes))
    }

    fn decode(encoded: &str) -> Result<Self, PermalinkError> {
        let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| PermalinkError::Damaged)?;
        let (version, deflated) = bytes.split_first().ok_or(PermalinkError::Damaged)?;
        match *version {
            VERSION => {}
            newer if newer > VERSION => return Err(PermalinkError::Newer),
            _ => return Err(PermalinkError::Damaged),
        }
        let text =
            miniz_oxide::inflate::decompress_to_vec_with_limit(deflated, MAX_INFLATED).map_err(|_| PermalinkError::Damaged)?;
        // The map may hold anything a hostile hand wrote, but it must be text.
        std::str::from_utf8(&text).map_err(|_| PermalinkError::Damaged)?;
        let mut map = BTreeMap::new();
        map.extend(form_urlencoded::parse(&text).into_owned());
        Ok(Self(map))
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The value of a key as a finite number.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Sets a key.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.0.insert(key.into(), value.into());
    }

    /// Sets every key that `other` has.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(key, value)| (key.clone(), value.clone())));
    }

    /// Every key that is set.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Every key with its value.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (&**key, &**value))
    }

    /// Drops every key that `keep` refuses.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.0.retain(|key, _| keep(key));
    }

    /// Sets a key unless `value` is the default.
    pub fn set_unless<T: PartialEq>(&mut self, key: &str, value: T, default: T, text: impl Fn(&T) -> String) {
        if value != default {
            self.set(key, text(&value));
        }
    }
}

#[cfg(test)]
#[path = "permalink_tests.rs"]
mod released;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::Instant;

    #[test]
    fn nothing_chosen_makes_no_fragment() {
        assert_eq!(Permalink::default().to_fragment(), "");
        assert_eq!(Permalink::of_fragment("#"), Ok(Permalink::default()));
        assert_eq!(Permalink::of_fragment("#sources"), Ok(Permalink::default()));
        assert_eq!(Permalink::state_in("#lessons=2"), None);
    }

    #[test]
    fn a_hosts_own_parameters_are_no_fault() {
        let mut link = Permalink::default();
        link.set("payload", "order");
        assert_eq!(Permalink::of_fragment(&format!("#{}&secret=x", link.to_fragment())), Ok(link.clone()));
        assert_eq!(Permalink::of_fragment(&format!("#{}?secret=x", link.to_fragment())), Ok(link.clone()));
        assert_eq!(Permalink::of_fragment(&format!("#{}#?secret=x", link.to_fragment())), Ok(link));
    }

    #[test]
    fn a_link_that_inflates_without_end_is_refused_soon() {
        let mut bytes = vec![VERSION];
        bytes.extend(miniz_oxide::deflate::compress_to_vec(&vec![b'a'; 64 << 20], 9));
        let link = format!("s={}", URL_SAFE_NO_PAD.encode(bytes));
        let start = Instant::now();
        assert_eq!(Permalink::of_fragment(&link), Err(PermalinkError::Damaged));
        assert!(start.elapsed().as_millis() < 150, "refused after {:?}", start.elapsed());
    }

    #[test]
    fn a_newer_links_reader_is_told_so() {
        assert_eq!(
            Permalink::of_fragment(&format!("s={}", URL_SAFE_NO_PAD.encode([VERSION + 1, 0]))),
            Err(PermalinkError::Newer)
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(map in proptest::collection::btree_map("[a-z.]{1,12}", ".{0,40}", 0..12)) {
            let link = Permalink(map);
            prop_assert_eq!(Permalink::of_fragment(&link.to_fragment()), Ok(link));
        }

        #[test]
        fn damage_is_an_error_or_another_map_but_never_a_panic(text in ".{0,200}", flip in any::<(usize, u8)>()) {
            let _ = Permalink::of_fragment(&format!("s={text}"));
            let mut link = Permalink::default();
            link.set("payload", text);
            let mut bytes = link.to_fragment().into_bytes();
            let at = flip.0 % bytes.len();
            bytes[at] ^= flip.1;
            let _ = Permalink::of_fragment(&String::from_utf8_lossy(&bytes));
        }
    }
}
