//! What an open assignment fixes for every lab: the seed. All else of an assignment is in `pages::class`, a piece of its own.

use super::address::{self, IN_BROWSER};
use leptos::prelude::document;

/// The seed that every lab starts with, if an assignment is open that fixes one; as digits.
#[must_use]
pub fn seed() -> Option<String> {
    // The attribute stands once the assignment was taken up; before, the address alone tells.
    let marked = || if IN_BROWSER { document().document_element()?.get_attribute("data-assignment") } else { None };
    let seed = seed_of(&address::query()).or_else(marked)?;
    (!seed.is_empty() && seed.bytes().all(|digit| digit.is_ascii_digit())).then_some(seed)
}

/// Whether a query names an assignment.
#[must_use]
pub fn is_in(query: &str) -> bool {
    value(query, "lessons=").is_some()
}

fn seed_of(query: &str) -> Option<String> {
    is_in(query).then(|| value(query, "seed=").map(str::to_owned)).flatten()
}

fn value<'a>(query: &'a str, key: &str) -> Option<&'a str> {
    query.trim_start_matches('?').split('&').find_map(|part| part.strip_prefix(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_assignments_seed_counts() {
        assert_eq!(seed_of("?guess=required&seed=7&lessons=a/b").as_deref(), Some("7"));
        assert_eq!(seed_of("?seed=7"), None);
        assert!(is_in("lessons=a/b") && !is_in("?v=1&xlessons=a"));
    }
}
