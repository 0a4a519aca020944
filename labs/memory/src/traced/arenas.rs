//! What arenas do with their chunks, and the remedy that no contender is. They must never be timed.

use super::{BUILD, CHANGE, DONE, ROUNDS, TEAR_DOWN, walk};
use crate::arena::{Data, Edges};
use bumpalo::{Bump, boxed, collections};
use protocol::Order;
use protocol::memory::Owner;
use std::cell::{Cell, RefCell};
use tracer::mark;

/// Node and list lie in the arena.
struct Mended<'a, D> {
    data: D,
    visited: Cell<bool>,
    edges: RefCell<collections::Vec<'a, &'a Mended<'a, D>>>,
}

/// A list with room for so many edges.
fn list_in<D: Data>(arena: &Bump, edges: usize) -> collections::Vec<'_, &Mended<'_, D>> {
    // The arena may have to grow.
    let list = D::own(Owner::Chunk, || collections::Vec::with_capacity_in(edges, arena));
    D::carve(Owner::EdgeList, list.as_ptr(), list.capacity());
    list
}

/// A node with room for so many edges.
fn node_in<D: Data>(arena: &Bump, id: u32, edges: usize) -> &Mended<'_, D> {
    let edges = RefCell::new(list_in(arena, edges));
    let node = &*D::own(Owner::Chunk, || arena.alloc(Mended { data: D::of(id), visited: Cell::new(false), edges }));
    D::carve(Owner::Node, node, 1);
    node
}

/// Builds the graph in the arena and walks it. Whoever calls has marked that building begins.
fn fill<D: Data>(arena: &Bump, edges: &Edges, order: Order) {
    let node = |id| node_in::<D>(arena, id, edges.degree());
    let nodes: Vec<&Mended<D>> = D::own(Owner::Table, || edges.ids().map(node).collect());
    for (id, node) in edges.ids().zip(&nodes) {
        node.edges.borrow_mut().extend(edges.of(id).iter().map(|&to| nodes[to as usize]));
    }
    walk::<D, _>(
        (nodes.len(), order),
        nodes[0],
        |node| &node.visited,
        |node, go| {
            let list = node.edges.borrow();
            D::visit(&node.data);
            D::read_list(&*list);
            for next in list.iter() {
                go(next);
            }
        },
    );
}

// anchor: boxed
/// Its list is outside, but somebody owns the node.
struct Owned<D> {
    data: D,
    visited: Cell<bool>,
    edges: Vec<u32>,
}

/// The second remedy: bumpalo's own `Box` runs the destructor and leaves the place to the arena. Whoever is owned cannot be pointed at for
/// ever, so the edges are numbers.
pub(super) fn boxed<D: Data>(edges: &Edges, order: Order) {
    mark(BUILD);
    let arena = D::own(Owner::Chunk, || Bump::with_capacity(edges.nodes() * size_of::<Owned<D>>()));
    let node = |id| {
        let list = D::own(Owner::EdgeList, || edges.of(id).to_vec());
        let node = Owned { data: D::of(id), visited: Cell::new(false), edges: list };
        let node = D::own(Owner::Chunk, || boxed::Box::new_in(node, &arena));
        D::carve(Owner::Node, &raw const *node, 1);
        node
    };
    let nodes: Vec<boxed::Box<Owned<D>>> = D::own(Owner::Table, || edges.ids().map(node).collect());
    walk::<D, _>(
        (nodes.len(), order),
        0_u32,
        |id| &nodes[id as usize].visited,
        |id, go| {
            let node = &*nodes[id as usize];
            debug_assert_eq!(node.data.id(), id);
            D::visit(&node.data);
            D::read_list(&node.edges);
            for &to in &node.edges {
                go(to);
            }
        },
    );
    mark(TEAR_DOWN);
    for node in nodes {
        let place = &raw const *node;
        drop(node);
        D::lose(place, 1);
    }
    drop(arena);
    mark(DONE);
}
// end: boxed

// anchor: reset
/// One arena for three graphs. The first fill makes it grow; of its chunks the last stays, the largest, and may be too small for a whole graph. Then
/// the second fill asks for one more, which holds it all. From the third on nobody asks the allocator for anything but the walk's own lists.
pub(super) fn reset<D: Data>(edges: &Edges, order: Order) {
    mark(BUILD);
    let mut arena = D::own(Owner::Chunk, Bump::new);
    fill::<D>(&arena, edges, order);
    for _ in 1..3 {
        // To make room for the next graph is the first part of building it.
        mark(BUILD);
        empty::<D>(&mut arena);
        fill::<D>(&arena, edges, order);
    }
    mark(TEAR_DOWN);
    empty::<D>(&mut arena);
    drop(arena);
    mark(DONE);
}

/// Keeps the last chunk, which is the largest, and gives the others back.
fn empty<D: Data>(arena: &mut Bump) {
    for chunk in arena.iter_allocated_chunks() {
        D::lose(chunk.as_ptr(), chunk.len());
    }
    arena.reset();
}
// end: reset

// anchor: changing
/// Lists that change in an arena: the old ones stay where they are, unreachable, until all goes.
pub(super) fn changing<D: Data>(edges: &Edges) {
    mark(BUILD);
    let room = edges.nodes() * (size_of::<Mended<D>>() + edges.degree() * size_of::<&Mended<D>>());
    let arena = D::own(Owner::Chunk, || Bump::with_capacity(room));
    let node = |id| node_in::<D>(&arena, id, edges.degree());
    let nodes: Vec<&Mended<D>> = D::own(Owner::Table, || edges.ids().map(node).collect());
    mark(CHANGE);
    for round in 1..=ROUNDS {
        for node in &nodes {
            let old = node.edges.replace(list_in(&arena, edges.degree() + round));
            // Nobody can reach it any more, and its bytes are nobody's to use.
            D::lose(old.as_ptr(), old.capacity());
        }
    }
    mark(TEAR_DOWN);
    drop(nodes);
    drop(arena);
    mark(DONE);
}
// end: changing

/// An arena that starts with nothing: each chunk is about twice as large as the one before.
pub(super) fn growing<D: Data>(edges: &Edges, order: Order) {
    mark(BUILD);
    let arena = Bump::new();
    fill::<D>(&arena, edges, order);
    mark(TEAR_DOWN);
    drop(arena);
    mark(DONE);
}
