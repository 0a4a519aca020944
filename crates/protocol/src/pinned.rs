//! The Pin lab: one future kept in five ways; and programs of addresses, line by line. It must never hold an address that no program saw.

use serde::{Deserialize, Serialize};

/// How many futures are run to their end, and how much each keeps while it pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PinInput {
    /// How many futures, one after the other; the lab clamps it to 1..=[`PinInput::MAX_FUTURES`].
    pub futures: u32,
    /// What each keeps across its pause.
    pub keeps: Keeps,
}

impl PinInput {
    /// The most futures.
    pub const MAX_FUTURES: u32 = 10_000;
    /// The numbers that readers can choose, and recordings may hold.
    pub const FUTURES: [u32; 3] = [100, 1_000, Self::MAX_FUTURES];
}

impl Default for PinInput {
    fn default() -> Self {
        Self { futures: 1_000, keeps: Keeps::default() }
    }
}

crate::slugged! {
    /// What a future keeps across its pause, and therefore within itself.
    #[derive(Default)]
    pub enum Keeps {
        /// Four numbers: 32 bytes.
        #[default]
        Little => ("little", "32 bytes across its pause"),
        /// 512 numbers: 4,096 bytes.
        Much => ("much", "4 KiB across its pause"),
    }
}

crate::slugged! {
    /// A program of addresses that can be stepped through.
    #[derive(Default)]
    pub enum PinProgram {
        /// A value that is moved from place to place.
        #[default]
        Moved => ("moved", "a value, moved about"),
        /// A value in a box, and the box is moved.
        Boxed => ("boxed", "a value in a box that moves"),
        /// A value that is pinned in its box.
        Pinned => ("pinned", "a value pinned in its box"),
        /// A future that borrows from itself.
        Future => ("future", "a future that borrows from itself"),
        /// A future by hand that may be moved between its polls, and is.
        Restless => ("restless", "a future that is moved between its polls"),
    }
}

/// What is asked of the lab beside its runs: a program, line by line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinQuestion {
    /// Which.
    pub program: PinProgram,
}

/// The program that ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinAnswer {
    /// Its lines.
    pub steps: Vec<PinStep>,
}

/// A line of a program, and the addresses behind it, in the worker's memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinStep {
    /// The line, as it was compiled.
    pub code: String,
    /// What to look at.
    pub why: String,
    /// What the line gave, as Rust prints it; none for a line that gives nothing.
    pub gave: Option<String>,
    /// Where the value is.
    pub at: u64,
    /// Where the part of it lies whose address it notes, if that is not the value's own: a future's letters.
    pub part: Option<u64>,
    /// What it has noted; none before it has looked.
    pub remembers: Option<u64>,
}

impl PinStep {
    /// Whether the remembered address is still that of what was looked at; none if there is none.
    #[must_use]
    pub fn agrees(&self) -> Option<bool> {
        self.remembers.map(|remembers| remembers == self.part.unwrap_or(self.at))
    }
}
