//! The arena lab's input. It must never be of a size that the lab cannot make.

use serde::{Deserialize, Serialize};

/// The arena lab's graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ArenaInput {
    /// How many nodes; the lab clamps it to 1..=[`ArenaInput::MAX_NODES`].
    pub nodes: u32,
    /// How many edges leave each node; the lab clamps it to 1..=[`ArenaInput::MAX_DEGREE`].
    pub degree: u32,
}

impl ArenaInput {
    /// The largest graph the lab builds.
    pub const MAX_NODES: u32 = 100_000;
    /// The most edges a node may have.
    pub const MAX_DEGREE: u32 = 8;
    /// The numbers of nodes that readers can choose, and recordings may hold.
    pub const NODES: [u32; 4] = [100, 1_000, 10_000, Self::MAX_NODES];
    /// The numbers of edges that readers can choose, and recordings may hold.
    pub const DEGREES: [u32; 4] = [1, 3, 5, Self::MAX_DEGREE];
}

impl Default for ArenaInput {
    fn default() -> Self {
        Self { nodes: 10_000, degree: 3 }
    }
}
