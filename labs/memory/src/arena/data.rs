//! What a node carries beside its edges. It must never hold a pointer, nor depend on how a contender stores it.

use super::watch::Watch;

/// A node's data: its number first, and the rest of it filled with the same.
pub(crate) trait Data: Watch + Copy + 'static {
    /// The data of node `id`.
    fn of(id: u32) -> Self;
    /// The node's number.
    fn id(&self) -> u32;
}

impl<const WORDS: usize> Data for [u32; WORDS] {
    fn of(id: u32) -> Self {
        [id; WORDS]
    }

    fn id(&self) -> u32 {
        const { assert!(WORDS > 0, "a node has a number") };
        self[0]
    }
}
