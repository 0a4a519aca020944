//! Nodes in a slot map, edges as its keys: an index that knows when it has gone stale.

use super::{Edges, Marks, Walk, fold, frontier::Frontier};
use slotmap::{DefaultKey, SlotMap};

// anchor: node
/// A key is an index with a count of how often its place was used again: a stale one finds nothing, where a plain index would find another node.
struct Node {
    id: u32,
    visited: bool,
    edges: Vec<DefaultKey>,
}

struct Graph {
    nodes: SlotMap<DefaultKey, Node>,
    first: DefaultKey,
}
// end: node

// anchor: build
fn build(edges: &Edges, keys: &mut Vec<DefaultKey>) -> Graph {
    let mut nodes = SlotMap::with_capacity(edges.nodes());
    let unconnected = |id| Node { id, visited: false, edges: Vec::with_capacity(edges.degree()) };
    keys.clear();
    keys.extend(edges.ids().map(|id| nodes.insert(unconnected(id))));
    // A key is known only once its node is there, so all nodes come before any edge.
    for (id, key) in edges.ids().zip(keys.iter()) {
        nodes[*key].edges.extend(edges.of(id).iter().map(|&to| keys[to as usize]));
    }
    Graph { nodes, first: keys[0] }
}
// end: build

// anchor: traverse
fn traverse<W: Walk>(graph: &mut Graph) -> u64 {
    let Graph { nodes, first } = graph;
    let mut checksum = 0;
    let mut frontier = W::Frontier::<DefaultKey>::with_capacity(nodes.len());
    nodes[*first].visited = true;
    frontier.push(*first);
    while let Some(key) = frontier.pop() {
        checksum = fold(checksum, nodes[key].id);
        for at in 0..nodes[key].edges.len() {
            let to = nodes[key].edges[at];
            // Each look-up compares the key's count with the place's.
            let next = &mut nodes[to];
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

// anchor: teardown
fn tear_down(graph: Graph) {
    // One buffer for all nodes, but each node's list is a block of its own.
    drop(graph);
}
// end: teardown

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all traversals.
pub(super) fn batch<W: Walk>(edges: &Edges, count: usize, marks: &mut impl Marks) -> u64 {
    let mut graphs = Vec::with_capacity(count);
    let mut keys = Vec::with_capacity(edges.nodes());
    marks.skip();
    graphs.extend((0..count).map(|_| build(edges, &mut keys)));
    marks.lap();
    let checksum = graphs.iter_mut().map(traverse::<W>).fold(0, super::combine);
    marks.lap();
    graphs.drain(..).for_each(tear_down);
    marks.lap();
    checksum
}
