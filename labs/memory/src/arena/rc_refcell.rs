//! The graph as most people first write it in Rust: reference-counted nodes, each with its own list of edges.

use super::{Changing, Data, Edges, Graph, Marks, Walk, changing::change_all, fold, frontier::Frontier};
use protocol::memory::Owner;
use std::cell::RefCell;
use std::rc::Rc;

// anchor: node
/// A node is allocated apart, counted, and checked at run time for who reads and who writes it.
struct Node<D> {
    data: D,
    visited: bool,
    edges: Vec<Rc<RefCell<Node<D>>>>,
}

/// Holds every node, and so do the edges that lead to it: the graph has cycles, whose nodes keep each other alive, and
/// dropping this `Vec` alone would leak them. `tear_down` therefore cuts the edges first. With `Weak` edges it need not, but each
/// step along one must ask whether its target is still there: at 10,000 nodes (natively, x86-64) that made the walk a fifth
/// slower and the tear-down two fifths, and every contender here takes its faster form.
type Nodes<D> = Vec<Rc<RefCell<Node<D>>>>;
// end: node

// anchor: build
fn build<D: Data>(edges: &Edges) -> Nodes<D> {
    let unconnected = |id| {
        let edges = D::own(Owner::EdgeList, || Vec::with_capacity(edges.degree()));
        D::own(Owner::Node, || Rc::new(RefCell::new(Node { data: D::of(id), visited: false, edges })))
    };
    let nodes: Nodes<D> = D::own(Owner::Table, || edges.ids().map(unconnected).collect());
    // An edge may lead to a later node, so all nodes must be there before any edge is.
    for (id, node) in edges.ids().zip(&nodes) {
        let targets = edges.of(id).iter().map(|&to| Rc::clone(&nodes[to as usize]));
        node.borrow_mut().edges.extend(targets);
    }
    nodes
}
// end: build

// anchor: traverse
fn traverse<W: Walk, D: Data>(graph: &Nodes<D>) -> u64 {
    let mut checksum = 0;
    let mut frontier = D::own(Owner::Queue, || W::Frontier::<Rc<RefCell<Node<D>>>>::with_capacity(graph.len()));
    graph[0].borrow_mut().visited = true;
    frontier.push(Rc::clone(&graph[0]));
    while let Some(node) = frontier.pop() {
        let node = node.borrow();
        D::visit(&node.data);
        D::read_list(&node.edges);
        checksum = fold(checksum, node.data.id());
        for next in &node.edges {
            D::look_into(next, |next| &next.visited);
            // An edge back to `node` itself ends here, before `borrow_mut` could clash with the borrow above.
            if next.borrow().visited {
                continue;
            }
            next.borrow_mut().visited = true;
            frontier.push(Rc::clone(next));
        }
    }
    checksum
}
// end: traverse

// anchor: change
fn change<D: Data>(nodes: &Nodes<D>, degree: usize, now: Changing) -> u64 {
    let mut checksum = 0;
    let mut frontier = D::own(Owner::Queue, || now.frontier::<Rc<RefCell<Node<D>>>>(nodes.len()));
    nodes[0].borrow_mut().visited = now.mark();
    frontier.push(Rc::clone(&nodes[0]));
    while let Some(node) = frontier.pop() {
        let id = node.borrow().data.id();
        if now.loses(id)
            && let Some(lost) = node.borrow_mut().edges.pop()
        {
            // Its count falls to 0 at the end of this block, and its memory is free for the next leaf.
            checksum = fold(checksum, lost.borrow().data.id());
        }
        let leaf = Node { data: D::of(now.leaf(id)), visited: now.mark(), edges: Vec::new() };
        let leaf = D::own(Owner::Node, || Rc::new(RefCell::new(leaf)));
        D::own(Owner::EdgeList, || node.borrow_mut().edges.push(leaf));
        checksum = fold(checksum, id);
        // Leaves stand behind the edges that were there from the start.
        for next in &node.borrow().edges[..degree] {
            if next.borrow().visited != now.mark() {
                next.borrow_mut().visited = now.mark();
                frontier.push(Rc::clone(next));
            }
        }
    }
    checksum
}
// end: change

// anchor: teardown
fn tear_down<D>(graph: Nodes<D>) {
    // Each edge takes 1 off its target's count. Without this loop nothing is ever freed, and no compiler complains.
    for node in &graph {
        node.borrow_mut().edges.clear();
    }
    // Now every count is 1: each node is dropped, and gives back its list's buffer and its own memory.
    drop(graph);
}
// end: teardown

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all walks.
pub(super) fn batch<W: Walk, D: Data>(graph: &Graph, count: usize, marks: &mut impl Marks) -> u64 {
    let edges = &graph.edges;
    let mut graphs = Vec::with_capacity(count);
    marks.skip();
    graphs.extend((0..count).map(|_| build::<D>(edges)));
    marks.lap();
    let checksum = graphs.iter().map(traverse::<W, D>).fold(0, super::combine);
    marks.lap();
    let checksum =
        change_all::<W, _>(graph, (checksum, marks), graphs.iter(), |nodes, now| change::<D>(nodes, edges.degree(), now));
    graphs.drain(..).for_each(tear_down);
    marks.lap();
    checksum
}
