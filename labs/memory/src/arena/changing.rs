//! What comes and goes after the walk: which node gains which leaf, and who loses one before. It must never know how a contender stores them.

use super::{Graph, Marks, Walk, combine, frontier::Chosen};
use protocol::{Changes, Order};

/// The changes of one graph, alike for all contenders.
///
/// Each of [`Changing::WALKS`] walks meets the nodes that were there from the start, in the order of the first walk. A node that is met may first lose the leaf that it
/// gained last, and then gains one. A leaf is a node without edges, whose only edge leads from the node that gained it: so a tree can have it too, and whoever loses it can
/// say at once that nobody is left who knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Changing {
    changes: Changes,
    nodes: u32,
    /// Which of the walks it is, from 0.
    walk: u32,
    order: Order,
}

impl Changing {
    /// How many walks change a graph.
    pub(super) const WALKS: u32 = 3;

    /// The walks that change a graph of so many nodes, one after the other.
    #[allow(clippy::cast_possible_truncation, reason = "at most 100,000 nodes")]
    fn walks<W: Walk>(graph: &Graph) -> impl Iterator<Item = Self> {
        let (changes, nodes) = (graph.changes, graph.edges.nodes() as u32);
        (0..Self::WALKS).map(move |walk| Self { changes, nodes, walk, order: W::order() })
    }

    /// The frontier of this walk. Its order is looked up at each step, alike for all: made once for each order, as the first walk is, the worker would weigh
    /// 3 KB more.
    pub(super) fn frontier<T>(self, nodes: usize) -> Chosen<T> {
        Chosen::of(self.order, nodes)
    }

    /// What the mark of a node reads once this walk has met it: the walk before left the opposite, and nobody sets marks back in between.
    pub(super) const fn mark(self) -> bool {
        self.walk % 2 == 1
    }

    /// Whether node `id` loses the leaf that it gained last.
    pub(super) const fn loses(self, id: u32) -> bool {
        let has_one = self.walk > 0;
        match self.changes {
            Changes::None | Changes::Grow => false,
            Changes::Half => has_one && (id + self.walk).is_multiple_of(2),
            Changes::Churn => has_one,
        }
    }

    /// The number of the leaf that node `id` gains.
    pub(super) const fn leaf(self, id: u32) -> u32 {
        id + (self.walk + 1) * self.nodes
    }
}

/// Lets `change` change every graph of a batch, a walk at a time, and marks the phase's end; the batch's checksum with what was met and lost. A graph that
/// does not change has no such phase.
pub(super) fn change_all<W: Walk, T>(
    graph: &Graph,
    (checksum, marks): (u64, &mut impl Marks),
    built: impl Iterator<Item = T>,
    mut change: impl FnMut(&mut T, Changing) -> u64,
) -> u64 {
    if graph.changes == Changes::None {
        return checksum;
    }
    let walked = built.map(|mut one| Changing::walks::<W>(graph).map(|now| change(&mut one, now)).fold(0, combine));
    let checksum = walked.fold(checksum, combine);
    marks.lap();
    checksum
}
