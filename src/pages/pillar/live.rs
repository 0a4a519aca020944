//! A table that the reader sorts and filters: which rows are shown, in which order, and what is said of it. Plain arithmetic; it draws nothing.

use std::cmp::Ordering;

/// What a cell is sorted by.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// A number, or the rank of a word that has one.
    Number(f64),
    /// A text, in lower case.
    Text(String),
    /// Nothing: it stands last in either direction.
    Missing,
}

impl Key {
    /// The key of a cell's text: its rank, its number, or itself in lower case; a dash is nothing.
    #[must_use]
    pub fn of<'a>(text: &str, mut ranks: impl Iterator<Item = &'a str>) -> Self {
        let text = text.trim().to_lowercase();
        if text.is_empty() || text == "–" {
            return Self::Missing;
        }
        if let Some(rank) = ranks.position(|rank| rank == text) {
            return Self::Number(rank as f64);
        }
        // A name in backticks stands where the name would.
        text.parse().map_or_else(|_| Self::Text(text.replace('`', "")), Self::Number)
    }

    fn is_missing(&self) -> bool {
        *self == Self::Missing
    }
}

/// Numbers before texts.
fn by_value(one: &Key, other: &Key) -> Ordering {
    match (one, other) {
        (Key::Number(one), Key::Number(other)) => one.total_cmp(other),
        (Key::Text(one), Key::Text(other)) => one.cmp(other),
        (Key::Number(_), _) => Ordering::Less,
        (_, Key::Number(_)) => Ordering::Greater,
        _ => Ordering::Equal,
    }
}

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

impl Direction {
    /// The value of `aria-sort`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

/// A row, as far as its order and the filter are concerned.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// One key a column.
    pub keys: Vec<Key>,
    /// All that the row says, in lower case.
    pub text: String,
}

/// The table as the reader has set it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveTable {
    rows: Vec<Row>,
    sorted: Option<(usize, Direction)>,
    wanted: String,
}

impl LiveTable {
    /// A table in the order of its rows, with all of them.
    #[must_use]
    pub const fn of(rows: Vec<Row>) -> Self {
        Self { rows, sorted: None, wanted: String::new() }
    }

    /// Sorts by a column; by the same one again: the other way round, and then as it was.
    pub fn press(&mut self, column: usize) {
        self.sorted = match self.sorted {
            Some((other, Direction::Ascending)) if other == column => Some((column, Direction::Descending)),
            Some((other, Direction::Descending)) if other == column => None,
            _ => Some((column, Direction::Ascending)),
        };
    }

    /// Shows only rows in which each of these words stands.
    pub fn filter(&mut self, wanted: &str) {
        self.wanted = wanted.to_lowercase();
    }

    /// Which way a column is sorted, if it is.
    #[must_use]
    pub fn direction(&self, column: usize) -> Option<Direction> {
        self.sorted.filter(|(other, _)| *other == column).map(|(_, direction)| direction)
    }

    /// The rows that are shown, by their place in the table as it was, in the order in which they are.
    #[must_use]
    pub fn shown(&self) -> Vec<usize> {
        let fits = |row: &Row| self.wanted.split_whitespace().all(|word| row.text.contains(word));
        let mut shown: Vec<usize> = (0..self.rows.len()).filter(|index| self.rows.get(*index).is_some_and(fits)).collect();
        let Some((column, direction)) = self.sorted else { return shown };
        let key = |index: usize| self.rows.get(index).and_then(|row| row.keys.get(column)).unwrap_or(&Key::Missing);
        // Stable: rows that are alike stay in the roadmap's order.
        shown.sort_by(|one, other| {
            let (one, other) = (key(*one), key(*other));
            let by_value = || match direction {
                Direction::Ascending => by_value(one, other),
                Direction::Descending => by_value(other, one),
            };
            one.is_missing().cmp(&other.is_missing()).then_with(by_value)
        });
        shown
    }

    /// What is shown and how it is sorted, in words; `columns` are the heads.
    #[must_use]
    pub fn words(&self, columns: &[String]) -> String {
        let (shown, of) = (self.shown().len(), self.rows.len());
        let rows = match (shown, of) {
            (0, _) => "No row has that. Try fewer letters".to_owned(),
            (shown, of) if shown == of => format!("{of} {}", if of == 1 { "row" } else { "rows" }),
            _ => format!("{shown} of {of} rows"),
        };
        let sorted = self.sorted.and_then(|(column, direction)| Some((columns.get(column)?, direction)));
        let sorted = sorted.map(|(column, direction)| format!(", by “{column}”, {}", direction.word())).unwrap_or_default();
        format!("{rows}{sorted}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RANKS: [&str; 3] = ["medium", "high", "very high"];

    fn table(rows: &[[&str; 2]]) -> LiveTable {
        let row = |cells: &[&str; 2]| Row {
            keys: cells.iter().map(|cell| Key::of(cell, RANKS.into_iter())).collect(),
            text: cells.join(" ").to_lowercase(),
        };
        LiveTable::of(rows.iter().map(row).collect())
    }

    #[test]
    fn words_with_a_rank_and_numbers_are_sorted_by_it_and_a_dash_stands_last_both_ways() {
        let mut table = table(&[["B", "high"], ["`a`", "very high"], ["C", "–"], ["10", "medium"], ["9", "medium"]]);
        assert_eq!(table.shown(), [0, 1, 2, 3, 4]);
        table.press(1);
        assert_eq!((table.shown(), table.direction(1)), (vec![3, 4, 0, 1, 2], Some(Direction::Ascending)));
        table.press(1);
        assert_eq!((table.shown(), table.direction(1)), (vec![1, 0, 3, 4, 2], Some(Direction::Descending)));
        table.press(0);
        assert_eq!((table.shown(), table.direction(1)), (vec![4, 3, 1, 0, 2], None));
        table.press(0);
        table.press(0);
        assert_eq!((table.shown(), table.direction(0)), (vec![0, 1, 2, 3, 4], None), "as the roadmap has it");
    }

    #[test]
    fn a_filter_wants_every_word_and_the_count_is_said() {
        let heads = ["Primitive".to_owned(), "Throughput".to_owned()];
        let mut table = table(&[["Mutex", "high"], ["Channel", "very high"]]);
        assert_eq!(table.words(&heads), "2 rows.");
        table.filter(" HIGH  chan");
        assert_eq!((table.shown(), table.words(&heads).as_str()), (vec![1], "1 of 2 rows."));
        table.press(1);
        assert_eq!(table.words(&heads), "1 of 2 rows, by “Throughput”, ascending.");
        table.filter("zz");
        assert!(table.words(&heads).starts_with("No row has that."));
    }

    proptest! {
        #[test]
        fn sorting_keeps_every_row_once(cells in proptest::collection::vec("[a-c0-9`–]{0,3}", 0..12), presses in proptest::collection::vec(0_usize..3, 0..6)) {
            let rows: Vec<[&str; 2]> = cells.iter().map(|cell| [cell.as_str(), "high"]).collect();
            let mut table = table(&rows);
            for column in presses {
                table.press(column);
            }
            let mut shown = table.shown();
            shown.sort_unstable();
            prop_assert_eq!(shown, (0..cells.len()).collect::<Vec<_>>());
        }
    }
}
