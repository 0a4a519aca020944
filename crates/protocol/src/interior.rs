//! The interior mutability lab: one counter behind five kinds of access; and programs of cells, line by line. It must never hold what a cell
//! said: that comes from a program that ran.

use serde::{Deserialize, Serialize};

/// How often the counter is added to, and how long each access lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InteriorInput {
    /// How many additions; the lab clamps it to 1..=[`InteriorInput::MAX_ADDITIONS`].
    pub additions: u32,
    /// How long an access is held.
    pub hold: Hold,
}

impl InteriorInput {
    /// The most additions.
    pub const MAX_ADDITIONS: u32 = 100_000;
    /// The numbers that readers can choose, and recordings may hold.
    pub const ADDITIONS: [u32; 3] = [1_000, 10_000, Self::MAX_ADDITIONS];
}

impl Default for InteriorInput {
    fn default() -> Self {
        Self { additions: 10_000, hold: Hold::default() }
    }
}

crate::slugged! {
    /// How long an access to the counter lasts, where there is one to be held.
    #[derive(Default)]
    pub enum Hold {
        /// Each addition is a call that knows nothing of the one before.
        #[default]
        Call => ("call", "borrowed in a call for each addition"),
        /// Each addition asks anew, in one loop that the compiler sees whole.
        Each => ("each", "borrowed for each addition, in one loop"),
        /// Asked once, for all of them.
        Once => ("once", "borrowed once for all"),
    }
}

crate::slugged! {
    /// A program of cells that can be stepped through.
    #[derive(Default)]
    pub enum CellProgram {
        /// `RefCell`: a flag that counts borrows.
        #[default]
        RefCell => ("refcell", "RefCell: a flag that is checked"),
        /// `Cell`: values go in and come out whole.
        Cell => ("cell", "Cell: in and out, whole"),
        /// `OnceCell`: written once, lent ever after.
        OnceCell => ("once-cell", "OnceCell: written once"),
        /// `AtomicU64`: one instruction at a time.
        Atomic => ("atomic", "AtomicU64: one instruction"),
    }
}

/// What is asked of the lab beside its runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InteriorQuestion {
    /// A program, run line by line.
    Steps(CellProgram),
    /// A borrow that breaks the rule, without asking first. There is no answer: the worker panics, and its page says so.
    BorrowTwice,
}

/// The program that ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteriorAnswer {
    /// Its lines.
    pub steps: Vec<CellStep>,
}

/// A line of a program, and how things stand behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellStep {
    /// The line, as it was compiled.
    pub code: String,
    /// What to look at.
    pub why: String,
    /// What the line gave, as Rust prints it; none for a line that gives nothing.
    pub gave: Option<String>,
    /// What is inside, as far as it may be seen.
    pub inside: Option<String>,
    /// How it is lent; none where nothing is lent out of the type.
    pub lent: Option<Lent>,
    /// What a `RefCell` consists of; none for any other type.
    pub words: Option<CellWords>,
}

/// A `RefCell` as it lies in memory: a flag, and a value in all other bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellWords {
    /// What stands in the flag: how many readers there are, or a number below 0 for a writer.
    pub flag: i64,
    /// Where it begins, in bytes from the cell's beginning; it is as wide as an address.
    pub flag_at: u32,
    /// Bytes of the whole cell, twice as many as of the flag.
    pub size: u32,
}

/// How a `RefCell` is lent, as its own `try_borrow` and `try_borrow_mut` say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lent {
    /// Not at all.
    Free,
    /// To one reader or more.
    Readers,
    /// To a writer.
    Writer,
}

impl Lent {
    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Readers => "lent to readers",
            Self::Writer => "lent to a writer",
        }
    }
}
