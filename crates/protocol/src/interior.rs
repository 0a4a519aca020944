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

/// How long an access to the counter lasts, where there is one to be held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Hold {
    /// Each addition is a call that knows nothing of the one before.
    #[default]
    Call,
    /// Each addition asks anew, in one loop that the compiler sees whole.
    Each,
    /// Asked once, for all of them.
    Once,
}

impl Hold {
    /// All, the shortest first.
    pub const ALL: [Self; 3] = [Self::Call, Self::Each, Self::Once];

    /// The choice's name in links and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Each => "each",
            Self::Once => "once",
        }
    }

    /// The choice whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hold| hold.slug() == slug)
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Call => "borrowed in a call for each addition",
            Self::Each => "borrowed for each addition, in one loop",
            Self::Once => "borrowed once for all",
        }
    }
}

/// A program of cells that can be stepped through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CellProgram {
    /// `RefCell`: a flag that counts borrows.
    #[default]
    RefCell,
    /// `Cell`: values go in and come out whole.
    Cell,
    /// `OnceCell`: written once, lent ever after.
    OnceCell,
    /// `AtomicU64`: one instruction at a time.
    Atomic,
}

impl CellProgram {
    /// Every program.
    pub const ALL: [Self; 4] = [Self::RefCell, Self::Cell, Self::OnceCell, Self::Atomic];

    /// The program's name in choices.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::RefCell => "refcell",
            Self::Cell => "cell",
            Self::OnceCell => "once-cell",
            Self::Atomic => "atomic",
        }
    }

    /// The program whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|program| program.slug() == slug)
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::RefCell => "RefCell: a flag that is checked",
            Self::Cell => "Cell: in and out, whole",
            Self::OnceCell => "OnceCell: written once",
            Self::Atomic => "AtomicU64: one instruction",
        }
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
