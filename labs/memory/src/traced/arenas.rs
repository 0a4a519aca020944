//! The leak, its remedies, and what an arena does with its chunks. They must never be timed.

use super::{BUILD, CHANGE, DONE, ROUNDS, TEAR_DOWN, walk};
use crate::arena::Edges;
use crate::tracing::{mark, owned_by, touch, visit};
use bumpalo::{Bump, boxed, collections};
use protocol::memory::Owner;
use std::cell::RefCell;

// anchor: leak
/// The node lies in the arena, the buffer of its list does not.
struct Leaking<'a> {
    id: u32,
    edges: RefCell<Vec<&'a Leaking<'a>>>,
}

/// The leak: when the arena goes, every list stays.
pub(super) fn std_vec(edges: &Edges) {
    mark(BUILD);
    let arena = owned_by(Owner::Chunk, || Bump::with_capacity(edges.nodes() * size_of::<Leaking>()));
    let node = |id| {
        let list = owned_by(Owner::EdgeList, || Vec::with_capacity(edges.degree()));
        &*arena.alloc(Leaking { id, edges: RefCell::new(list) })
    };
    let nodes: Vec<&Leaking> = owned_by(Owner::Table, || edges.ids().map(node).collect());
    for (id, node) in edges.ids().zip(&nodes) {
        node.edges.borrow_mut().extend(edges.of(id).iter().map(|&to| nodes[to as usize]));
    }
    walk(
        nodes.len(),
        nodes[0],
        |node| node.id,
        |node, go| {
            visit(node);
            let list = node.edges.borrow();
            touch(list.as_slice());
            for next in list.iter() {
                go(next);
            }
        },
    );
    mark(TEAR_DOWN);
    drop(nodes);
    drop(arena);
    mark(DONE);
}
// end: leak

// anchor: arena-vec
/// Node and list lie in the arena.
struct Mended<'a> {
    id: u32,
    edges: RefCell<collections::Vec<'a, &'a Mended<'a>>>,
}

/// The first remedy: what the arena forgets, it owns.
pub(super) fn arena_vec(edges: &Edges) {
    mark(BUILD);
    let room = edges.nodes() * (size_of::<Mended>() + edges.degree() * size_of::<&Mended>());
    let arena = owned_by(Owner::Chunk, || Bump::with_capacity(room));
    fill(&arena, edges);
    mark(TEAR_DOWN);
    drop(arena);
    mark(DONE);
}
// end: arena-vec

/// Builds the graph in the arena and walks it.
fn fill(arena: &Bump, edges: &Edges) {
    let node = |id| {
        // The arena may have to grow.
        owned_by(Owner::Chunk, || {
            let list = collections::Vec::with_capacity_in(edges.degree(), arena);
            &*arena.alloc(Mended { id, edges: RefCell::new(list) })
        })
    };
    let nodes: Vec<&Mended> = owned_by(Owner::Table, || edges.ids().map(node).collect());
    for (id, node) in edges.ids().zip(&nodes) {
        node.edges.borrow_mut().extend(edges.of(id).iter().map(|&to| nodes[to as usize]));
    }
    walk(
        nodes.len(),
        nodes[0],
        |node| node.id,
        |node, go| {
            visit(node);
            let list = node.edges.borrow();
            touch(list.as_slice());
            for next in list.iter() {
                go(next);
            }
        },
    );
}

// anchor: boxed
/// Its list is outside, but somebody owns the node.
struct Owned {
    id: u32,
    edges: Vec<u32>,
}

/// The second remedy: bumpalo's own `Box` runs the destructor and leaves the place to the arena. Whoever is owned cannot be pointed at for
/// ever, so the edges are numbers.
pub(super) fn boxed(edges: &Edges) {
    mark(BUILD);
    let arena = owned_by(Owner::Chunk, || Bump::with_capacity(edges.nodes() * size_of::<Owned>()));
    let node = |id| {
        let list = owned_by(Owner::EdgeList, || edges.of(id).to_vec());
        boxed::Box::new_in(Owned { id, edges: list }, &arena)
    };
    let nodes: Vec<boxed::Box<Owned>> = owned_by(Owner::Table, || edges.ids().map(node).collect());
    walk(
        nodes.len(),
        0_u32,
        |id| id,
        |id, go| {
            let node = &*nodes[id as usize];
            debug_assert_eq!(node.id, id);
            visit(node);
            touch(node.edges.as_slice());
            for &to in &node.edges {
                go(to);
            }
        },
    );
    mark(TEAR_DOWN);
    drop(nodes);
    drop(arena);
    mark(DONE);
}
// end: boxed

// anchor: reset
/// Three graphs in one arena: after the first, nobody asks the allocator for anything but the walk's own lists.
pub(super) fn reset(edges: &Edges) {
    mark(BUILD);
    let mut arena = Bump::new();
    for _ in 0..3 {
        fill(&arena, edges);
        // Keeps the last chunk, which is the largest, and gives the others back.
        arena.reset();
    }
    mark(TEAR_DOWN);
    drop(arena);
    mark(DONE);
}
// end: reset

// anchor: changing
/// Lists that change in an arena: the old ones stay where they are, unreachable, until all goes.
pub(super) fn changing(edges: &Edges) {
    mark(BUILD);
    let room = edges.nodes() * (size_of::<Mended>() + edges.degree() * size_of::<&Mended>());
    let arena = owned_by(Owner::Chunk, || Bump::with_capacity(room));
    let list = |more| owned_by(Owner::Chunk, || collections::Vec::with_capacity_in(edges.degree() + more, &arena));
    let node = |id| &*owned_by(Owner::Chunk, || arena.alloc(Mended { id, edges: RefCell::new(list(0)) }));
    let nodes: Vec<&Mended> = owned_by(Owner::Table, || edges.ids().map(node).collect());
    mark(CHANGE);
    for round in 1..=ROUNDS {
        for node in &nodes {
            *node.edges.borrow_mut() = list(round);
        }
    }
    mark(TEAR_DOWN);
    drop(nodes);
    drop(arena);
    mark(DONE);
}
// end: changing

/// An arena that starts with nothing: each chunk is about twice as large as the one before.
pub(super) fn growing(edges: &Edges) {
    mark(BUILD);
    let arena = Bump::new();
    fill(&arena, edges);
    mark(TEAR_DOWN);
    drop(arena);
    mark(DONE);
}
