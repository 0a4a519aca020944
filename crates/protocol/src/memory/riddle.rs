//! The other exercise of the allocator lab: where will the next block begin? The worker draws what was called so far, and judges the guess.

use crate::allocators::{AllocatorKind, Click};
use serde::{Deserialize, Serialize};

/// Which riddle, and perhaps the reader's guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RiddleQuestion {
    /// Who serves the calls.
    pub kind: AllocatorKind,
    /// Which of its riddles: it fixes what is drawn.
    pub round: u32,
    /// Where the reader believes the next block to begin, in bytes from the region's beginning; none while there is no guess: then nothing
    /// is told.
    pub guess: Option<u32>,
}

/// A riddle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Riddle {
    /// What was asked.
    pub of: RiddleQuestion,
    /// The calls so far.
    pub calls: Vec<Click>,
    /// The blocks that are out, in the order of their places.
    pub blocks: Vec<RiddleBlock>,
    /// How many bytes the next call asks for.
    pub next: u32,
    /// Where the next block begins; only told to who has guessed.
    pub begins: Option<u32>,
}

/// A block that is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiddleBlock {
    /// Where it begins.
    pub at: u32,
    /// How many bytes the allocator took for it.
    pub taken: u32,
    /// Which call asked for it, from 0.
    pub call: u32,
}

impl Riddle {
    /// Whether the guess was right; none before there was one.
    #[must_use]
    pub fn is_foreseen(&self) -> Option<bool> {
        Some(self.of.guess? == self.begins?)
    }
}
