//! Nodes in an arena, each node's edges in a std `Vec`: it compiles, it is fast, and it leaks.

use super::{Changing, Data, Edges, Graph, Marks, Walk, changing::change_all, fold, frontier::Frontier};
use bumpalo::Bump;
use protocol::memory::Owner;
use std::cell::{Cell, RefCell};

// anchor: node
/// The node lies in the arena, but the buffer of its `Vec` does not: that comes from the global allocator.
pub(super) struct Node<'a, D> {
    data: D,
    visited: Cell<bool>,
    edges: RefCell<Vec<&'a Node<'a, D>>>,
}
// end: node

// anchor: build
/// An arena with room for every node, so that it need not grow.
fn arena<D: Data>(edges: &Edges) -> Bump {
    D::own(Owner::Chunk, || Bump::with_capacity(edges.nodes() * size_of::<Node<D>>()))
}

/// The first node; the arena, into which `alloc` puts each, owns them all.
pub(super) fn build<'a, D: Data>(alloc: impl Fn(Node<'a, D>) -> &'a Node<'a, D>, edges: &Edges) -> &'a Node<'a, D> {
    let unconnected = |id| {
        let edges = RefCell::new(D::own(Owner::EdgeList, || Vec::with_capacity(edges.degree())));
        let node = D::own(Owner::Chunk, || alloc(Node { data: D::of(id), visited: Cell::new(false), edges }));
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
pub(super) fn traverse<'a, W: Walk, D: Data>(first: &'a Node<'a, D>, nodes: usize) -> u64 {
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
pub(super) fn change<'a, D: Data>(
    alloc: impl Fn(Node<'a, D>) -> &'a Node<'a, D>,
    first: &'a Node<'a, D>,
    edges: &Edges,
    now: Changing,
) -> u64 {
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
            // The leaf is lost and still there: an arena takes nothing back but everything.
            checksum = fold(checksum, lost.data.id());
            D::lose(lost, 1);
        }
        let leaf = Node { data: D::of(now.leaf(id)), visited: Cell::new(now.mark()), edges: RefCell::new(Vec::new()) };
        let leaf = D::own(Owner::Chunk, || alloc(leaf));
        D::carve(Owner::Node, leaf, 1);
        D::own(Owner::EdgeList, || list.push(leaf));
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
    // The arena's chunks go back at once. No node's destructor runs, so no `Vec` is dropped, and each buffer stays allocated for ever.
    drop(arena);
}
// end: teardown

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all walks.
///
/// Outside the marked phases it does what the code above cannot: it takes the buffers out of the nodes and frees them once the
/// tear-down was timed, or a run of some seconds would fill the worker's memory. What is timed does not change, since
/// dropping the arena never looks at a node; but a real program would build each next graph in fresh memory, so the building timed here is, if anything, too fast.
pub(super) fn batch<W: Walk, D: Data>(graph: &Graph, count: usize, marks: &mut impl Marks) -> u64 {
    let edges = &graph.edges;
    let mut arenas = Vec::with_capacity(count);
    let mut graphs = Vec::with_capacity(count);
    marks.skip();
    arenas.extend((0..count).map(|_| arena::<D>(edges)));
    graphs.extend(arenas.iter().map(|arena| build::<D>(|node| arena.alloc(node), edges)));
    marks.lap();
    let mut checksum = graphs.iter().map(|first| traverse::<W, D>(first, edges.nodes())).fold(0, super::combine);
    marks.lap();
    checksum = change_all::<W, _>(graph, (checksum, marks), arenas.iter().zip(&graphs), |(arena, first), now| {
        change::<D>(|node| arena.alloc(node), first, edges, now)
    });
    let mut buffers = Vec::new();
    // Whoever watches it is to see the leak.
    if !D::IS_WATCHED {
        buffers.reserve_exact(count * edges.nodes());
        for first in &graphs {
            take_buffers(first, &mut buffers);
        }
    }
    marks.skip();
    arenas.drain(..).for_each(tear_down);
    marks.lap();
    // `buffers` now holds references into arenas that are gone. Nothing reads them: the compiler lets such a `Vec` be
    // dropped, and nothing else be done with it.
    checksum
}

/// Moves every node's list of edges to `buffers`, and leaves the node an empty one, which owns no memory.
fn take_buffers<'a, D>(first: &'a Node<'a, D>, buffers: &mut Vec<Vec<&'a Node<'a, D>>>) {
    let mut found = vec![first];
    while let Some(node) = found.pop() {
        let edges = node.edges.take();
        // Every node but a leaf was given at least one edge: an empty list was taken before, or owns no memory.
        if !edges.is_empty() {
            found.extend(&edges);
            buffers.push(edges);
        }
    }
}
