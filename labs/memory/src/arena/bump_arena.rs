//! Nodes in an arena, and their edges too: everything dies with the arena, and nothing is left behind.

use super::{Edges, Marks, Walk, fold, frontier::Frontier};
use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;
use std::cell::{Cell, RefCell};

// anchor: node
/// The list's buffer lies in the arena, next to its node. The price: the list carries a pointer to the arena, and one that outgrows its buffer leaves
/// the old one unused until the arena goes.
struct Node<'a> {
    id: u32,
    visited: Cell<bool>,
    edges: RefCell<ArenaVec<'a, &'a Node<'a>>>,
}
// end: node

// anchor: build
/// An arena with room for every node and every edge, so that it need not grow.
fn arena(edges: &Edges) -> Bump {
    Bump::with_capacity(edges.nodes() * (size_of::<Node>() + edges.degree() * size_of::<&Node>()))
}

/// The first node; the arena owns them all, and each lives exactly as long as the arena.
fn build<'a>(arena: &'a Bump, edges: &Edges) -> &'a Node<'a> {
    let unconnected = |id| {
        let edges = RefCell::new(ArenaVec::with_capacity_in(edges.degree(), arena));
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

// anchor: teardown
fn tear_down(arena: Bump) {
    // The arena's chunks go back at once, and with them every node and every list.
    drop(arena);
}
// end: teardown

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all traversals.
pub(super) fn batch<W: Walk>(edges: &Edges, count: usize, marks: &mut impl Marks) -> u64 {
    let mut arenas = Vec::with_capacity(count);
    let mut graphs = Vec::with_capacity(count);
    marks.skip();
    arenas.extend((0..count).map(|_| arena(edges)));
    graphs.extend(arenas.iter().map(|arena| build(arena, edges)));
    marks.lap();
    let checksum = graphs.iter().map(|first| traverse::<W>(first, edges.nodes())).fold(0, super::combine);
    marks.lap();
    arenas.drain(..).for_each(tear_down);
    marks.lap();
    checksum
}
