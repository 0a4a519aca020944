//! Nodes in an arena of one type, which knows what it holds and therefore drops it: std `Vec`s in it do not leak.

use super::{Changing, Data, Edges, Graph, Marks, Walk, changing::change_all, fold, frontier::Frontier};
use std::cell::{Cell, RefCell};
use typed_arena::Arena;

// anchor: node
/// The list's buffer is outside the arena, as in the leaking graph; but this arena runs destructors.
struct Node<'a, D> {
    data: D,
    visited: Cell<bool>,
    edges: RefCell<Vec<&'a Node<'a, D>>>,
}
// end: node

// anchor: build
fn build<'a, D: Data>(arena: &'a Arena<Node<'a, D>>, edges: &Edges) -> &'a Node<'a, D> {
    let unconnected = |id| {
        let edges = RefCell::new(Vec::with_capacity(edges.degree()));
        &*arena.alloc(Node { data: D::of(id), visited: Cell::new(false), edges })
    };
    let nodes: Vec<&Node<D>> = edges.ids().map(unconnected).collect();
    for (id, node) in edges.ids().zip(&nodes) {
        let targets = edges.of(id).iter().map(|&to| nodes[to as usize]);
        node.edges.borrow_mut().extend(targets);
    }
    nodes[0]
}
// end: build

// anchor: traverse
fn traverse<'a, W: Walk, D: Data>(first: &'a Node<'a, D>, nodes: usize) -> u64 {
    let mut checksum = 0;
    let mut frontier = W::Frontier::<&Node<D>>::with_capacity(nodes);
    first.visited.set(true);
    frontier.push(first);
    while let Some(node) = frontier.pop() {
        checksum = fold(checksum, node.data.id());
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

// anchor: change
fn change<'a, D: Data>(arena: &'a Arena<Node<'a, D>>, first: &'a Node<'a, D>, edges: &Edges, now: Changing) -> u64 {
    let mut checksum = 0;
    let mut frontier = now.frontier::<&Node<D>>(edges.nodes());
    first.visited.set(now.mark());
    frontier.push(first);
    while let Some(node) = frontier.pop() {
        let id = node.data.id();
        let mut list = node.edges.borrow_mut();
        if now.loses(id)
            && let Some(lost) = list.pop()
        {
            // The leaf is lost and still there: an arena takes nothing back but everything.
            checksum = fold(checksum, lost.data.id());
        }
        let leaf = Node { data: D::of(now.leaf(id)), visited: Cell::new(now.mark()), edges: RefCell::new(Vec::new()) };
        list.push(arena.alloc(leaf));
        checksum = fold(checksum, id);
        // Leaves stand behind the edges that were there from the start.
        for &next in &list[..edges.degree()] {
            if next.visited.replace(now.mark()) != now.mark() {
                frontier.push(next);
            }
        }
    }
    checksum
}
// end: change

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all walks.
pub(super) fn batch<W: Walk, D: Data>(graph: &Graph, count: usize, marks: &mut impl Marks) -> u64 {
    let edges = &graph.edges;
    let mut checksum;
    {
        let mut graphs = Vec::with_capacity(count);
        let mut arenas = Vec::with_capacity(count);
        marks.skip();
        arenas.extend((0..count).map(|_| Arena::with_capacity(edges.nodes())));
        graphs.extend(arenas.iter().map(|arena| build::<D>(arena, edges)));
        marks.lap();
        checksum = graphs.iter().map(|first| traverse::<W, D>(first, edges.nodes())).fold(0, super::combine);
        marks.lap();
        checksum = change_all(graph, (checksum, marks), arenas.iter().zip(&graphs), |(arena, first)| {
            Changing::walks::<W>(graph).map(|now| change::<D>(arena, first, edges, now)).fold(0, super::combine)
        });
        // The graph borrows its arena for as long as that lives, so nobody can drop it but the end of this block: it visits every node,
        // frees its list, and then the arena's chunk.
    }
    marks.lap();
    checksum
}
