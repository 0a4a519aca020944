//! The arena lab's input. It must never be of a size that the lab cannot make.

use serde::{Deserialize, Serialize};

/// The arena lab's graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ArenaInput {
    /// How many nodes; the lab clamps it to 1..=[`ArenaInput::MAX_NODES`].
    pub nodes: u32,
    /// How many edges leave each node; the lab clamps it to 1..=[`ArenaInput::MAX_DEGREE`].
    pub degree: u32,
    /// In what order its nodes are visited.
    pub order: Order,
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
        Self { nodes: 10_000, degree: 3, order: Order::Breadth }
    }
}

/// In what order a walk visits the nodes that it has met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Order {
    /// The first that was met.
    #[default]
    Breadth,
    /// The last.
    Depth,
    /// Any, drawn.
    Random,
}

impl Order {
    /// Every order, in that of menus.
    pub const ALL: [Self; 3] = [Self::Breadth, Self::Depth, Self::Random];

    /// The order's name in links and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Breadth => "breadth",
            Self::Depth => "depth",
            Self::Random => "random",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Breadth => "in breadth",
            Self::Depth => "in depth",
            Self::Random => "at random",
        }
    }
}
