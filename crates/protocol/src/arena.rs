//! The arena lab's input. It must never be of a size that the lab cannot make.

use crate::slugged::slugged;
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
    /// What a node carries beside its edges.
    pub data: NodeData,
    /// What comes and goes between the walk and the tear-down.
    pub changes: Changes,
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

    /// The graph in words, for captions; what a lab starts with stays unsaid, but for its size. `grouped` writes a large number.
    #[must_use]
    pub fn words(self, grouped: impl Fn(u32) -> String) -> String {
        let Self { nodes, degree, order, data, changes } = self;
        let start = Self::default();
        let unless = |is_start: bool, words: String| if is_start { String::new() } else { words };
        let data = unless(data == start.data, format!(", {} a node", data.label()));
        let walked = unless(order == start.order, format!(", walked {}", order.label()));
        let then = unless(changes == start.changes, format!("; then {}", changes.label()));
        format!("{} nodes with {degree} edges each{data}{walked}{then}", grouped(nodes))
    }
}

impl Default for ArenaInput {
    fn default() -> Self {
        Self { nodes: 10_000, degree: 3, order: Order::Breadth, data: NodeData::Number, changes: Changes::None }
    }
}

slugged! {
    /// In what order a walk visits the nodes that it has met.
    #[derive(Default)]
    pub enum Order {
        /// The first that was met.
        #[default]
        Breadth => ("breadth", "in breadth"),
        /// The last.
        Depth => ("depth", "in depth"),
        /// Any, drawn.
        Random => ("random", "at random"),
    }
}

slugged! {
    /// What a node carries beside its edges: its number, and more that is written with it and only read by whoever has found it.
    #[derive(Default)]
    pub enum NodeData {
        /// 4 bytes: its number.
        #[default]
        Number => ("4", "4 bytes"),
        /// 128 bytes, two cache lines.
        Lines => ("128", "128 bytes"),
    }
}

slugged! {
    /// What happens to a graph after it was walked: in each of three more walks, every node gains a leaf, and may first lose the one
    /// it gained last.
    #[derive(Default)]
    pub enum Changes {
        /// Nothing: built, walked, torn down.
        #[default]
        None => ("none", "nothing"),
        /// No leaf goes.
        Grow => ("grow", "leaves come, in three walks"),
        /// Every other one goes.
        Half => ("half", "leaves come in three walks, and half go again"),
        /// Each goes, before the next comes.
        Churn => ("churn", "leaves come and go in three walks"),
    }
}
