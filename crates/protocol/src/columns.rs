//! The columns lab: its input, and how a row of its trades is laid out. The layout is what the picture of cache lines is drawn from; a test
//! of the lab holds it against the offsets that the compiler gives.

use serde::{Deserialize, Serialize};

/// How many trades, and what is asked of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnsInput {
    /// How many trades; the lab clamps it to 1..=[`ColumnsInput::MAX_ROWS`].
    pub rows: u32,
    /// What is asked.
    pub query: Query,
}

impl ColumnsInput {
    /// The most trades the lab makes.
    pub const MAX_ROWS: u32 = 1_000_000;
    /// The numbers of trades that readers can choose, and recordings may hold.
    pub const ROWS: [u32; 3] = [10_000, 100_000, Self::MAX_ROWS];
}

impl Default for ColumnsInput {
    fn default() -> Self {
        Self { rows: 100_000, query: Query::Scan }
    }
}

/// What is asked of the trades.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Query {
    /// One column, summed.
    #[default]
    Scan,
    /// One column, summed where another is above a limit.
    Filter,
    /// One column, summed for each value of another.
    Group,
    /// Whole rows, at random places.
    LookUp,
}

impl Query {
    /// Every question, in the order menus show them.
    pub const ALL: [Self; 4] = [Self::Scan, Self::Filter, Self::Group, Self::LookUp];

    /// The question's name in links and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Filter => "filter",
            Self::Group => "group",
            Self::LookUp => "look-up",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Scan => "sum of one column",
            Self::Filter => "sum where the price is high",
            Self::Group => "sum for each symbol",
            Self::LookUp => "1,000 whole rows",
        }
    }
}

/// Bytes of one row.
pub const ROW: usize = 32;

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Where it begins in a row.
    pub offset: usize,
    /// How many bytes it has, in a row and in its column.
    pub width: usize,
}

/// The fields, in the order of the row and of the columns.
pub const FIELDS: [Field; 7] = [
    Field { name: "time", offset: 0, width: 8 },
    Field { name: "order", offset: 8, width: 8 },
    Field { name: "price", offset: 16, width: 4 },
    Field { name: "quantity", offset: 20, width: 4 },
    Field { name: "symbol", offset: 24, width: 2 },
    Field { name: "venue", offset: 26, width: 2 },
    Field { name: "flags", offset: 28, width: 4 },
];

/// Which of [`FIELDS`] a question reads of the rows that it reads.
#[must_use]
pub const fn read_by(query: Query) -> &'static [usize] {
    match query {
        Query::Scan => &[3],
        Query::Filter => &[2, 3],
        Query::Group => &[4, 3],
        Query::LookUp => &[0, 1, 2, 3, 4, 5, 6],
    }
}
