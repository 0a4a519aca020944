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

crate::slugged! {
    /// Which of the free blocks that are large enough serves a request.
    #[derive(Default)]
    pub enum Fit {
        /// The largest.
        #[default]
        Worst => ("worst", "the largest"),
        /// The first in the order of addresses.
        First => ("first", "the first that is large enough"),
        /// The smallest.
        Best => ("best", "the smallest that is large enough"),
    }
}

crate::slugged! {
    /// What becomes of the rest of a block that is too large.
    #[derive(Default)]
    pub enum Split {
        /// It goes with the block.
        #[default]
        Never => ("never", "goes with the block"),
        /// It stays free wherever it can hold its own note.
        Always => ("always", "stays free"),
    }
}

crate::slugged! {
    /// What becomes of a block that is given back.
    #[derive(Default)]
    pub enum Merge {
        /// It stays as it is.
        #[default]
        Never => ("never", "stays as it is"),
        /// It is joined with the free block behind it.
        Next => ("next", "joins the free block behind it"),
        /// With those on both sides.
        Both => ("both", "joins the free blocks on both sides"),
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
