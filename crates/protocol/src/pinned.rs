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

/// What a future keeps across its pause, and therefore within itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Keeps {
    /// Four numbers: 32 bytes.
    #[default]
    Little,
    /// 512 numbers: 4,096 bytes.
    Much,
}

impl Keeps {
    /// All, the smallest first.
    pub const ALL: [Self; 2] = [Self::Little, Self::Much];

    /// The choice's name in links and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Little => "little",
            Self::Much => "much",
        }
    }

    /// The choice whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|keeps| keeps.slug() == slug)
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Little => "32 bytes across its pause",
            Self::Much => "4 KiB across its pause",
        }
    }
}

/// A program of addresses that can be stepped through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PinProgram {
    /// A value that is moved from place to place.
    #[default]
    Moved,
    /// A value in a box, and the box is moved.
    Boxed,
    /// A value that is pinned in its box.
    Pinned,
    /// A future that borrows from itself.
    Future,
}

impl PinProgram {
    /// Every program.
    pub const ALL: [Self; 4] = [Self::Moved, Self::Boxed, Self::Pinned, Self::Future];

    /// The program's name in choices.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Boxed => "boxed",
            Self::Pinned => "pinned",
            Self::Future => "future",
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
            Self::Moved => "a value, moved about",
            Self::Boxed => "a value in a box that moves",
            Self::Pinned => "a value pinned in its box",
            Self::Future => "a future that borrows from itself",
        }
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
    /// Where it believes to be; none before it has looked.
    pub remembers: Option<u64>,
}

impl PinStep {
    /// Whether the remembered address is still the value's; none if there is none.
    #[must_use]
    pub fn agrees(&self) -> Option<bool> {
        self.remembers.map(|remembers| remembers == self.at)
    }
}
