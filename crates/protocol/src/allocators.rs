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

crate::slugged! {
    /// In what order memory is asked for and given back.
    #[derive(Default)]
    pub enum Workload {
        /// Any of those that are there, asking and giving back in turn.
        #[default]
        Random => ("random", "random order"),
        /// All blocks, then back in the reverse order, as a stack gives them back.
        Lifo => ("lifo", "last in, first out"),
        /// All blocks, then back in the same order, as a queue gives them back.
        Fifo => ("fifo", "first in, first out"),
        /// What the `Rc` graph of the arena lab asked for, recorded.
        Recorded => ("recorded", "the Rc graph’s, recorded"),
    }
}

crate::slugged! {
    /// An allocator of the lab's own.
    #[derive(Default)]
    pub enum AllocatorKind {
        /// A place that only moves on.
        Bump => ("bump", "bump"),
        /// A list of free blocks; the first that fits.
        #[default]
        FirstFit => ("first-fit", "free list, first fit"),
        /// The same; the smallest that fits.
        BestFit => ("best-fit", "free list, best fit"),
        /// Blocks of a few sizes, each with a list of its own.
        Slab => ("slab", "slab"),
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
