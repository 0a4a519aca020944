//! The allocator lab: its input, the allocators that are its own, and the calls that a reader makes by hand.

use serde::{Deserialize, Serialize};

/// In what order memory is asked for and given back, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AllocatorsInput {
    /// The order.
    pub workload: Workload,
    /// How many calls, of both kinds together; the lab clamps it to 2..=[`AllocatorsInput::MAX_OPERATIONS`] and rounds it down to an even number.
    pub operations: u32,
}

impl AllocatorsInput {
    /// The most calls of one workload.
    pub const MAX_OPERATIONS: u32 = 20_000;
    /// The numbers of calls that readers can choose, and recordings may hold.
    pub const OPERATIONS: [u32; 3] = [200, 2_000, Self::MAX_OPERATIONS];
}

impl Default for AllocatorsInput {
    fn default() -> Self {
        Self { workload: Workload::Random, operations: 2_000 }
    }
}

/// In what order memory is asked for and given back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Workload {
    /// All blocks, then back in the reverse order, as a stack gives them back.
    Lifo,
    /// All blocks, then back in the same order, as a queue gives them back.
    Fifo,
    /// Asking and giving back in turn, any of those that are there.
    #[default]
    Random,
    /// What the `Rc` graph of the arena lab asked for, recorded.
    Recorded,
}

impl Workload {
    /// Every workload, in the order menus show them.
    pub const ALL: [Self; 4] = [Self::Random, Self::Lifo, Self::Fifo, Self::Recorded];

    /// The workload's name in links and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Lifo => "lifo",
            Self::Fifo => "fifo",
            Self::Random => "random",
            Self::Recorded => "recorded",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lifo => "last in, first out",
            Self::Fifo => "first in, first out",
            Self::Random => "random order",
            Self::Recorded => "the Rc graph’s, recorded",
        }
    }
}

/// An allocator of the lab's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AllocatorKind {
    /// A place that only moves on.
    Bump,
    /// A list of free blocks; the first that fits.
    #[default]
    FirstFit,
    /// The same; the smallest that fits.
    BestFit,
    /// Blocks of a few sizes, each with a list of its own.
    Slab,
}

impl AllocatorKind {
    /// Every one, in the order menus show them.
    pub const ALL: [Self; 4] = [Self::Bump, Self::FirstFit, Self::BestFit, Self::Slab];

    /// Its name in links.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Bump => "bump",
            Self::FirstFit => "first-fit",
            Self::BestFit => "best-fit",
            Self::Slab => "slab",
        }
    }

    /// The one whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bump => "bump",
            Self::FirstFit => "free list, first fit",
            Self::BestFit => "free list, best fit",
            Self::Slab => "slab",
        }
    }
}

/// A call that a reader makes by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Click {
    /// Ask for so many bytes, aligned to 8.
    Alloc(u32),
    /// Give back what the call at this place of the list handed out.
    Free(u32),
}

impl Click {
    /// Bytes of the region that readers' calls are served from.
    pub const REGION: u32 = 4_096;
    /// The most calls.
    pub const MOST: usize = 200;
}
