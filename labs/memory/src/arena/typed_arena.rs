//! The leaking graph's nodes in an arena of one type, which knows what it holds and therefore drops it: std `Vec`s in it do not leak.

use super::bump_std::{build, change, traverse};
use super::{Data, Graph, Marks, Walk, changing::change_all};
use protocol::memory::Owner;
use typed_arena::Arena;

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all walks.
pub(super) fn batch<W: Walk, D: Data>(graph: &Graph, count: usize, marks: &mut impl Marks) -> u64 {
    let edges = &graph.edges;
    let mut checksum;
    {
        let mut graphs = Vec::with_capacity(count);
        let mut arenas = Vec::with_capacity(count);
        marks.skip();
        arenas.extend((0..count).map(|_| D::own(Owner::Chunk, || Arena::with_capacity(edges.nodes()))));
        graphs.extend(arenas.iter().map(|arena| build::<D>(|node| arena.alloc(node), edges)));
        marks.lap();
        checksum = graphs.iter().map(|first| traverse::<W, D>(first, edges.nodes())).fold(0, super::combine);
        marks.lap();
        checksum = change_all::<W, _>(graph, (checksum, marks), arenas.iter().zip(&graphs), |(arena, first), now| {
            change::<D>(|node| arena.alloc(node), first, edges, now)
        });
        // The graph borrows its arena for as long as that lives, so nobody can drop it but the end of this block: it visits every node,
        // frees its list, and then the arena's chunk.
    }
    marks.lap();
    checksum
}
