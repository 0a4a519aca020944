//! The graph that all contenders build: its edges, drawn once from a seed. It must never know how a contender stores them.

use fastrand::Rng;
use protocol::{ArenaInput, Seed};
use std::ops::Range;

/// For each node, the nodes its edges lead to.
///
/// Each node's first edge leads to the next node on one cycle through all of them, in random order: so a walk from any node
/// meets every node, whatever the degree, and "per node" means the same in each phase. All further edges lead anywhere, to the node itself and
/// to the same node twice too: the graph has cycles, as graphs do.
pub(crate) struct Edges {
    degree: usize,
    /// `degree` targets for each node, node after node.
    targets: Vec<u32>,
}

impl Edges {
    /// The edges of a graph of `input`'s size, clamped to the range that [`ArenaInput`] states.
    pub(crate) fn generate(input: ArenaInput, seed: Seed) -> Self {
        let nodes = input.nodes.clamp(1, ArenaInput::MAX_NODES);
        let degree = input.degree.clamp(1, ArenaInput::MAX_DEGREE) as usize;
        let mut random = Rng::with_seed(seed.0);
        let next_on_cycle = random_cycle(nodes, &mut random);
        let mut targets = Vec::with_capacity(next_on_cycle.len() * degree);
        for next in next_on_cycle {
            targets.push(next);
            targets.extend((1..degree).map(|_| random.u32(..nodes)));
        }
        Self { degree, targets }
    }

    /// How many nodes the graph has: at least 1.
    pub(crate) fn nodes(&self) -> usize {
        self.targets.len() / self.degree
    }

    /// The nodes' numbers: every one below [`Edges::nodes`].
    pub(crate) fn ids(&self) -> Range<u32> {
        0..u32::try_from(self.nodes()).unwrap_or(u32::MAX)
    }

    /// How many edges leave each node: at least 1.
    pub(crate) const fn degree(&self) -> usize {
        self.degree
    }

    /// The nodes that the edges of node `id` lead to; each is in [`Edges::ids`].
    pub(crate) fn of(&self, id: u32) -> &[u32] {
        &self.targets[id as usize * self.degree..][..self.degree]
    }
}

/// For each of `nodes` nodes the one after it on a random cycle through all (Sattolo 1986: like Fisher and Yates's shuffle, but
/// a place is never exchanged with itself).
fn random_cycle(nodes: u32, random: &mut Rng) -> Vec<u32> {
    let mut next: Vec<u32> = (0..nodes).collect();
    for last in (1..nodes).rev() {
        // Drawn as `u32`, since `usize` draws differ between 32-bit Wasm and a 64-bit machine.
        next.swap(last as usize, random.u32(..last) as usize);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_clamped_to_the_stated_range() {
        let size = |nodes, degree| {
            let edges = Edges::generate(ArenaInput { nodes, degree, ..ArenaInput::default() }, Seed::default());
            (edges.nodes(), edges.degree())
        };
        assert_eq!(size(0, 0), (1, 1));
        assert_eq!(size(7, 3), (7, 3));
        assert_eq!(size(u32::MAX, u32::MAX), (ArenaInput::MAX_NODES as usize, ArenaInput::MAX_DEGREE as usize));
    }

    #[test]
    fn a_seed_fixes_the_graph() {
        let targets = |seed| Edges::generate(ArenaInput { nodes: 50, degree: 3, ..ArenaInput::default() }, Seed(seed)).targets;
        assert_eq!(targets(1), targets(1));
        assert_ne!(targets(1), targets(2));
    }

    #[test]
    fn the_first_edges_form_one_cycle_through_all_nodes() {
        let edges = Edges::generate(ArenaInput { nodes: 100, degree: 2, ..ArenaInput::default() }, Seed(5));
        let mut met = [false; 100];
        let mut at = 0;
        for _ in 0..100 {
            assert!(!std::mem::replace(&mut met[at as usize], true));
            at = edges.of(at)[0];
        }
        assert_eq!(at, 0);
    }
}
