//! The exercise of the allocator lab: the choices that a free list leaves open, and what the hidden tests say of them.

use serde::{Deserialize, Serialize};

/// The reader's choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Policy {
    /// Which free block serves a request.
    pub fit: Fit,
    /// What becomes of its rest.
    pub split: Split,
    /// What becomes of a block that is given back.
    pub merge: Merge,
}

/// Which of the free blocks that are large enough serves a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fit {
    /// The first in the order of addresses.
    First,
    /// The smallest.
    Best,
    /// The largest.
    #[default]
    Worst,
}

/// What becomes of the rest of a block that is too large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Split {
    /// It goes with the block.
    #[default]
    Never,
    /// It stays free wherever it can hold its own note.
    Always,
}

/// What becomes of a block that is given back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Merge {
    /// It stays as it is.
    #[default]
    Never,
    /// It is joined with the free block behind it.
    Next,
    /// With those on both sides.
    Both,
}

impl Fit {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Worst, Self::First, Self::Best];

    /// Its name in controls.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Best => "best",
            Self::Worst => "worst",
        }
    }

    /// What a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::First => "the first that is large enough",
            Self::Best => "the smallest that is large enough",
            Self::Worst => "the largest",
        }
    }
}

impl Split {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::Never, Self::Always];

    /// Its name in controls.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Always => "always",
        }
    }

    /// What a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Never => "goes with the block",
            Self::Always => "stays free",
        }
    }
}

impl Merge {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Never, Self::Next, Self::Both];

    /// Its name in controls.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Next => "next",
            Self::Both => "both",
        }
    }

    /// What a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Never => "stays as it is",
            Self::Next => "joins the free block behind it",
            Self::Both => "joins the free blocks on both sides",
        }
    }
}

/// What the tests say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// One a test, in their order.
    pub verdicts: Vec<Verdict>,
}

impl Judgement {
    /// Whether every test passed.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.fault.is_none())
    }
}

/// What one test says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What is tested, as a sentence.
    pub test: String,
    /// Why it fails, if it does.
    pub fault: Option<String>,
}
