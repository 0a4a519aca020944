//! Nodes in a slot map, edges as its keys: an index that knows when it has gone stale.

use super::{Changing, Data, Edges, Graph, Marks, Walk, changing::change_all, fold, frontier::Frontier};
use protocol::memory::Owner;
use slotmap::{DefaultKey, SlotMap};

// anchor: node
/// A key is an index with a count of how often its place was used again: a stale one finds nothing, where a plain index would find another node.
struct Node<D> {
    data: D,
    visited: bool,
    edges: Vec<DefaultKey>,
}

struct Nodes<D> {
    all: SlotMap<DefaultKey, Node<D>>,
    first: DefaultKey,
}
// end: node

// anchor: build
fn build<D: Data>(edges: &Edges, keys: &mut Vec<DefaultKey>) -> Nodes<D> {
    let mut nodes = D::own(Owner::Node, || SlotMap::with_capacity(edges.nodes()));
    let list = || D::own(Owner::EdgeList, || Vec::with_capacity(edges.degree()));
    let unconnected = |id| Node { data: D::of(id), visited: false, edges: list() };
    keys.clear();
    keys.extend(edges.ids().map(|id| nodes.insert(unconnected(id))));
    // A key is known only once its node is there, so all nodes come before any edge.
    for (id, key) in edges.ids().zip(keys.iter()) {
        nodes[*key].edges.extend(edges.of(id).iter().map(|&to| keys[to as usize]));
    }
    Nodes { all: nodes, first: keys[0] }
}
// end: build

// anchor: traverse
fn traverse<W: Walk, D: Data>(graph: &mut Nodes<D>) -> u64 {
    let Nodes { all: nodes, first } = graph;
    let mut checksum = 0;
    let mut frontier = D::own(Owner::Queue, || W::Frontier::<DefaultKey>::with_capacity(nodes.len()));
    nodes[*first].visited = true;
    frontier.push(*first);
    while let Some(key) = frontier.pop() {
        D::visit(&nodes[key].data);
        D::read_list(&nodes[key].edges);
        checksum = fold(checksum, nodes[key].data.id());
        for at in 0..nodes[key].edges.len() {
            let to = nodes[key].edges[at];
            // Each look-up compares the key's count with the place's, which lies beside the node: the library says to nobody where.
            let next = &mut nodes[to];
            D::look(&next.visited);
            if next.visited {
                continue;
            }
            next.visited = true;
            frontier.push(to);
        }
    }
    checksum
}
// end: traverse

// anchor: change
fn change<D: Data>(graph: &mut Nodes<D>, edges: &Edges, now: Changing) -> u64 {
    let Nodes { all: nodes, first } = graph;
    let mut checksum = 0;
    let mut frontier = D::own(Owner::Queue, || now.frontier::<DefaultKey>(edges.nodes()));
    nodes[*first].visited = now.mark();
    frontier.push(*first);
    while let Some(key) = frontier.pop() {
        let id = nodes[key].data.id();
        if now.loses(id)
            && let Some(lost) = nodes[key].edges.pop().and_then(|lost| nodes.remove(lost))
        {
            // Its place is used again, and a key to it that somebody kept would find nothing.
            checksum = fold(checksum, lost.data.id());
        }
        let leaf = Node { data: D::of(now.leaf(id)), visited: now.mark(), edges: Vec::new() };
        let leaf = D::own(Owner::Node, || nodes.insert(leaf));
        D::own(Owner::EdgeList, || nodes[key].edges.push(leaf));
        checksum = fold(checksum, id);
        // Leaves stand behind the edges that were there from the start.
        for at in 0..edges.degree() {
            let to = nodes[key].edges[at];
            let next = &mut nodes[to];
            if std::mem::replace(&mut next.visited, now.mark()) != now.mark() {
                frontier.push(to);
            }
        }
    }
    checksum
}
// end: change

// anchor: teardown
fn tear_down<D>(graph: Nodes<D>) {
    // One buffer for all nodes, but each node's list is a block of its own.
    drop(graph);
}
// end: teardown

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all walks.
pub(super) fn batch<W: Walk, D: Data>(graph: &Graph, count: usize, marks: &mut impl Marks) -> u64 {
    let edges = &graph.edges;
    let mut graphs = Vec::with_capacity(count);
    let mut keys = Vec::with_capacity(edges.nodes());
    marks.skip();
    graphs.extend((0..count).map(|_| build::<D>(edges, &mut keys)));
    marks.lap();
    let checksum = graphs.iter_mut().map(traverse::<W, D>).fold(0, super::combine);
    marks.lap();
    let checksum = change_all::<W, _>(graph, (checksum, marks), graphs.iter_mut(), |nodes, now| change::<D>(nodes, edges, now));
    graphs.drain(..).for_each(tear_down);
    marks.lap();
    checksum
}
