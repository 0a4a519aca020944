//! The graph without pointers: one `Vec` of nodes, one of edges, and an edge is an index.

use super::{Edges, Marks, Walk, fold, frontier::Frontier};
use std::ops::Range;

// anchor: node
/// 16 bytes, next to its neighbours: four nodes share a cache line.
struct Node {
    id: u32,
    visited: bool,
    /// Which part of [`Graph::edges`] is this node's.
    edges: Range<u32>,
}

/// Owns every node and every edge: two allocations, whatever the graph's size. An index says nothing about lifetimes, so no
/// borrow is held along an edge, and cycles are no trouble. The price: nobody checks that an index still means the node it was made for,
/// and a node cannot gain an edge later without moving its edges to the end.
struct Graph {
    nodes: Vec<Node>,
    edges: Vec<u32>,
}
// end: node

// anchor: build
fn build(edges: &Edges) -> Graph {
    let count = edges.nodes();
    let mut graph = Graph { nodes: Vec::with_capacity(count), edges: Vec::with_capacity(count * edges.degree()) };
    let mut start = 0;
    for id in edges.ids() {
        // An index may name a node that is not there yet: one pass is enough.
        let targets = edges.of(id);
        graph.edges.extend_from_slice(targets);
        #[allow(clippy::cast_possible_truncation, reason = "at most 8 edges leave a node, and 800,000 a graph")]
        let end = start + targets.len() as u32;
        graph.nodes.push(Node { id, visited: false, edges: start..end });
        start = end;
    }
    graph
}
// end: build

// anchor: traverse
fn traverse<W: Walk>(graph: &mut Graph) -> u64 {
    let Graph { nodes, edges } = graph;
    let mut checksum = 0;
    let mut frontier = W::Frontier::<u32>::with_capacity(nodes.len());
    nodes[0].visited = true;
    frontier.push(0);
    while let Some(index) = frontier.pop() {
        let node = &nodes[index as usize];
        checksum = fold(checksum, node.id);
        for &to in &edges[node.edges.start as usize..node.edges.end as usize] {
            let next = &mut nodes[to as usize];
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
    // Nodes and edges own nothing: two buffers are given back, and nothing is visited.
    drop(graph);
}
// end: teardown

/// Builds, traverses and tears down `count` graphs, each phase for all of them before the next; the checksum of all traversals.
pub(super) fn batch<W: Walk>(edges: &Edges, count: usize, marks: &mut impl Marks) -> u64 {
    let mut graphs = Vec::with_capacity(count);
    marks.skip();
    graphs.extend((0..count).map(|_| build(edges)));
    marks.lap();
    let checksum = graphs.iter_mut().map(traverse::<W>).fold(0, super::combine);
    marks.lap();
    graphs.drain(..).for_each(tear_down);
    marks.lap();
    checksum
}
