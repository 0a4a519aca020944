//! Nodes in an arena of one type, which knows what it holds and therefore drops it: std `Vec`s in it do not leak.

use super::{Edges, Marks, Walk, fold, frontier::Frontier};
use std::cell::{Cell, RefCell};
use typed_arena::Arena;

// anchor: node
/// The list's buffer is outside the arena, as in the leaking graph; but this arena runs destructors.
struct Node<'a> {
    id: u32,
    visited: Cell<bool>,
    edges: RefCell<Vec<&'a Node<'a>>>,
}
// end: node

// anchor: build
fn build<'a>(arena: &'a Arena<Node<'a>>, edges: &Edges) -> &'a Node<'a> {
    let unconnected = |id| {
        let edges = RefCell::new(Vec::with_capacity(edges.degree()));
        &*arena.alloc(Node { id, visited: Cell::new(false), edges })
    };
    let nodes: Vec<&Node> = edges.ids().map(unconnected).collect();
    for (id, node) in edges.ids().zip(&nodes) {
        let targets = edges.of(id).iter().map(|&to| nodes[to as usize]);
        node.edges.borrow_mut().extend(targets);
    }
    nodes[0]
}
// end: build

// anchor: traverse
fn traverse<'a, W: Walk>(first: &'a Node<'a>, nodes: usize) -> u64 {
    let mut checksum = 0;
    let mut frontier = W::Frontier::<&Node>::with_capacity(nodes);
    first.visited.set(true);
    frontier.push(first);
    while let Some(node) = frontier.pop() {
        checksum = fold(checksum, node.id);
        for &next in node.edges.borrow().iter() {
            if next.visited.replace(true) {
                continue;
            }
            frontier.push(next);
        }
    }
    checksum
}
// end: traverse

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all traversals.
pub(super) fn batch<W: Walk>(edges: &Edges, count: usize, marks: &mut impl Marks) -> u64 {
    let checksum;
    {
        let mut graphs = Vec::with_capacity(count);
        let mut arenas = Vec::with_capacity(count);
        marks.skip();
        arenas.extend((0..count).map(|_| Arena::with_capacity(edges.nodes())));
        graphs.extend(arenas.iter().map(|arena| build(arena, edges)));
        marks.lap();
        checksum = graphs.iter().map(|first| traverse::<W>(first, edges.nodes())).fold(0, super::combine);
        marks.lap();
        // The graph borrows its arena for as long as that lives, so nobody can drop it but the end of this block: it visits every node,
        // frees its list, and then the arena's chunk.
    }
    marks.lap();
    checksum
}
