//! A domain with one port and two adapters, and one suite of tests that runs on both.
//!
//! Shown by the lesson `cloud/extractors`. The domain must never name axum, a file or a database.

use std::collections::BTreeMap;
use std::fmt::Write as _;

// anchor: domain
/// What the domain needs from outside, in its own words.
pub trait Stock {
    /// How many are left.
    fn left(&self, item: &str) -> u32;
    /// Notes how many are left now.
    fn set(&mut self, item: &str, left: u32);
}

/// Why an order is not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody orders nothing.
    Nothing,
    /// So many are left.
    Only(u32),
}

/// Takes an order. This is the business rule; nothing here knows of requests or tables.
///
/// # Errors
/// Why it is refused; the stock is then as it was.
pub fn order(stock: &mut impl Stock, item: &str, wanted: u32) -> Result<u32, Refusal> {
    if wanted == 0 {
        return Err(Refusal::Nothing);
    }
    let left = stock.left(item);
    let rest = left.checked_sub(wanted).ok_or(Refusal::Only(left))?;
    stock.set(item, rest);
    Ok(rest)
}
// end: domain

/// An adapter: a map in memory.
#[derive(Default)]
pub struct InMemory(BTreeMap<String, u32>);

impl Stock for InMemory {
    fn left(&self, item: &str) -> u32 {
        self.0.get(item).copied().unwrap_or_default()
    }

    fn set(&mut self, item: &str, left: u32) {
        self.0.insert(item.to_owned(), left);
    }
}

// anchor: journal
/// Another adapter: a text to which lines are only added, as a file would be. The last line of an item counts.
#[derive(Default)]
pub struct Journal(String);

impl Stock for Journal {
    fn left(&self, item: &str) -> u32 {
        let entries = self.0.lines().rev().filter_map(|line| line.split_once('\t'));
        entries.into_iter().find(|(name, _)| *name == item).and_then(|(_, left)| left.parse().ok()).unwrap_or_default()
    }

    fn set(&mut self, item: &str, left: u32) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{item}\t{left}");
    }
}
// end: journal

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: suite
    /// The domain's tests, written once, for whatever keeps the stock.
    fn suite(mut stock: impl Stock) {
        stock.set("pen", 5);
        stock.set("cup", 1);
        assert_eq!(order(&mut stock, "pen", 2), Ok(3));
        assert_eq!(order(&mut stock, "pen", 4), Err(Refusal::Only(3)));
        assert_eq!(order(&mut stock, "pen", 0), Err(Refusal::Nothing));
        assert_eq!(order(&mut stock, "pen", 3), Ok(0));
        assert_eq!(order(&mut stock, "lamp", 1), Err(Refusal::Only(0)));
        assert_eq!(stock.left("cup"), 1);
    }

    #[test]
    fn in_memory() {
        suite(InMemory::default());
    }

    #[test]
    fn in_a_journal() {
        suite(Journal::default());
    }
    // end: suite
}
