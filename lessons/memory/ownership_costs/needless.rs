//! Clones that nobody needs, and what to write in their place.
//!
//! Shown by the lesson `memory/ownership_costs`.

#![allow(clippy::needless_pass_by_value, reason = "an argument that asks for too much is what is shown")]

use std::collections::HashMap;
use std::mem;

// anchor: argument
/// Asks for a text of its own, although it only reads: every caller with a borrowed one must clone.
fn count_owned(text: String, letter: char) -> usize {
    text.chars().filter(|other| *other == letter).count()
}

/// Asks for what it needs.
fn count(text: &str, letter: char) -> usize {
    text.chars().filter(|other| *other == letter).count()
}
// end: argument

// anchor: kept
/// Keeps the text, and so asks for one: a caller who has no further use of theirs gives it away.
struct User {
    name: String,
}

impl User {
    fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }
}
// end: kept

// anchor: take
/// Empties the list without a copy: the old buffer goes out, an empty list stays.
fn flush(lines: &mut Vec<String>) -> Vec<String> {
    mem::take(lines)
}
// end: take

// anchor: entry
/// Makes a key only where there is none yet.
fn tally(counts: &mut HashMap<String, u32>, word: &str) {
    if let Some(count) = counts.get_mut(word) {
        *count += 1;
    } else {
        counts.insert(word.to_owned(), 1);
    }
}
// end: entry

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_count_alike() {
        let text = String::from("banana");
        assert_eq!(count_owned(text.clone(), 'a'), count(&text, 'a'));
    }

    #[test]
    fn a_given_text_is_not_copied() {
        let name = String::from("Ada");
        let place = name.as_ptr();
        assert_eq!(User::new(name).name.as_ptr(), place);
        assert_eq!(User::new("Grace").name, "Grace");
    }

    #[test]
    fn a_taken_list_keeps_its_buffer() {
        let mut lines = vec!["one".to_owned()];
        let place = lines.as_ptr();
        let flushed = flush(&mut lines);
        assert_eq!(flushed.as_ptr(), place);
        assert!(lines.is_empty());
    }

    #[test]
    fn words_are_tallied() {
        let mut counts = HashMap::new();
        for word in ["a", "b", "a"] {
            tally(&mut counts, word);
        }
        assert_eq!((counts["a"], counts["b"]), (2, 1));
    }
}
