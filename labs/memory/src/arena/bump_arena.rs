//! Nodes in an arena, and their edges too: everything dies with the arena, and nothing is left behind.

use super::{Changing, Data, Edges, Graph, Marks, Walk, changing::change_all, fold, frontier::Frontier};
use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;
use protocol::memory::Owner;
use std::cell::{Cell, RefCell};

// anchor: node
/// The list's buffer lies in the arena, next to its node. The price: the list carries a pointer to the arena, and one that outgrows its buffer leaves
/// the old one unused until the arena goes.
struct Node<'a, D> {
    data: D,
    visited: Cell<bool>,
    edges: RefCell<ArenaVec<'a, &'a Node<'a, D>>>,
}
// end: node

// anchor: build
/// An arena with room for every node and every edge, so that it need not grow.
fn arena<D: Data>(edges: &Edges) -> Bump {
    let room = edges.nodes() * (size_of::<Node<D>>() + edges.degree() * size_of::<&Node<D>>());
    D::own(Owner::Chunk, || Bump::with_capacity(room))
}

/// The first node; the arena owns them all, and each lives exactly as long as the arena.
fn build<'a, D: Data>(arena: &'a Bump, edges: &Edges) -> &'a Node<'a, D> {
    let unconnected = |id| {
        let list = D::own(Owner::Chunk, || ArenaVec::with_capacity_in(edges.degree(), arena));
        D::carve(Owner::EdgeList, list.as_ptr(), list.capacity());
        let node = Node { data: D::of(id), visited: Cell::new(false), edges: RefCell::new(list) };
        let node = &*D::own(Owner::Chunk, || arena.alloc(node));
        D::carve(Owner::Node, node, 1);
        node
    };
    let nodes: Vec<&Node<D>> = D::own(Owner::Table, || edges.ids().map(unconnected).collect());
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
    let mut frontier = D::own(Owner::Queue, || W::Frontier::<&Node<D>>::with_capacity(nodes));
    first.visited.set(true);
    frontier.push(first);
    while let Some(node) = frontier.pop() {
        let list = node.edges.borrow();
        D::visit(&node.data);
        D::read_list(&*list);
        checksum = fold(checksum, node.data.id());
        for &next in list.iter() {
            D::look(&next.visited);
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
fn change<'a, D: Data>(arena: &'a Bump, first: &'a Node<'a, D>, edges: &Edges, now: Changing) -> u64 {
    let mut checksum = 0;
    let mut frontier = D::own(Owner::Queue, || now.frontier::<&Node<D>>(edges.nodes()));
    first.visited.set(now.mark());
    frontier.push(first);
    while let Some(node) = frontier.pop() {
        let id = node.data.id();
        let mut list = node.edges.borrow_mut();
        if now.loses(id)
            && let Some(lost) = list.pop()
        {
            // Lost, and still there: an arena takes nothing back but everything. So is each list that was outgrown.
            checksum = fold(checksum, lost.data.id());
            D::lose(lost, 1);
        }
        let leaf =
            Node { data: D::of(now.leaf(id)), visited: Cell::new(now.mark()), edges: RefCell::new(ArenaVec::new_in(arena)) };
        let leaf = &*D::own(Owner::Chunk, || arena.alloc(leaf));
        D::carve(Owner::Node, leaf, 1);
        D::push(&mut list, leaf);
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

// anchor: teardown
fn tear_down(arena: Bump) {
    // The arena's chunks go back at once, and with them every node and every list.
    drop(arena);
}
// end: teardown

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all walks.
pub(super) fn batch<W: Walk, D: Data>(graph: &Graph, count: usize, marks: &mut impl Marks) -> u64 {
    let edges = &graph.edges;
    let mut arenas = Vec::with_capacity(count);
    let mut graphs = Vec::with_capacity(count);
    marks.skip();
    arenas.extend((0..count).map(|_| arena::<D>(edges)));
    graphs.extend(arenas.iter().map(|arena| build::<D>(arena, edges)));
    marks.lap();
    let mut checksum = graphs.iter().map(|first| traverse::<W, D>(first, edges.nodes())).fold(0, super::combine);
    marks.lap();
    checksum = change_all::<W, _>(graph, (checksum, marks), arenas.iter().zip(&graphs), |(arena, first), now| {
        change::<D>(arena, first, edges, now)
    });
    arenas.drain(..).for_each(tear_down);
    marks.lap();
    checksum
}
