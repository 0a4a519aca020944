//! The graph without pointers: one `Vec` of nodes, one of edges, and an edge is an index.

use super::{Changing, Data, Edges, Graph, Marks, Walk, changing::change_all, fold, frontier::Frontier};
use protocol::memory::Owner;
use std::ops::Range;

// anchor: node
/// 16 bytes with its number alone, next to its neighbours: four such nodes share a cache line.
struct Node<D> {
    data: D,
    visited: bool,
    /// How many places behind its edges are free for more.
    spare: u8,
    /// Which part of [`Nodes::edges`] is this node's.
    edges: Range<u32>,
}

/// Owns every node and every edge: two allocations, whatever the graph's size. An index says nothing about lifetimes, so no
/// borrow is held along an edge, and cycles are no trouble. The price: nobody checks that an index still means the node it was made for,
/// and a node cannot gain an edge later without moving its edges to the end.
struct Nodes<D> {
    all: Vec<Node<D>>,
    edges: Vec<u32>,
    /// Places of nodes that are gone, for those that come.
    free: Vec<u32>,
}
// end: node

// anchor: build
fn build<D: Data>(edges: &Edges) -> Nodes<D> {
    let count = edges.nodes();
    let all = D::own(Owner::Node, || Vec::with_capacity(count));
    let targets = D::own(Owner::EdgeList, || Vec::with_capacity(count * edges.degree()));
    let mut graph = Nodes { all, edges: targets, free: Vec::new() };
    let mut start = 0;
    for id in edges.ids() {
        // An index may name a node that is not there yet: one pass is enough.
        let targets = edges.of(id);
        graph.edges.extend_from_slice(targets);
        #[allow(clippy::cast_possible_truncation, reason = "at most 8 edges leave a node, and 800,000 a graph")]
        let end = start + targets.len() as u32;
        graph.all.push(Node { data: D::of(id), visited: false, spare: 0, edges: start..end });
        start = end;
    }
    graph
}
// end: build

// anchor: traverse
fn traverse<W: Walk, D: Data>(graph: &mut Nodes<D>) -> u64 {
    let Nodes { all: nodes, edges, .. } = graph;
    let mut checksum = 0;
    let mut frontier = D::own(Owner::Queue, || W::Frontier::<u32>::with_capacity(nodes.len()));
    nodes[0].visited = true;
    frontier.push(0);
    while let Some(index) = frontier.pop() {
        let node = &nodes[index as usize];
        let targets = &edges[node.edges.start as usize..node.edges.end as usize];
        D::visit(&node.data);
        D::read(&node.edges);
        D::read(targets);
        checksum = fold(checksum, node.data.id());
        for &to in targets {
            let next = &mut nodes[to as usize];
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
impl<D: Data> Nodes<D> {
    /// Puts a node where one is gone, else at the end; its place.
    #[allow(clippy::cast_possible_truncation, reason = "at most 400,000 nodes")]
    fn insert(&mut self, node: Node<D>) -> u32 {
        if let Some(place) = self.free.pop() {
            self.all[place as usize] = node;
            return place;
        }
        D::own(Owner::Node, || self.all.push(node));
        self.all.len() as u32 - 1
    }

    /// An edge more for the node at `from`. If none is spare, its edges move to the end, with room for as many again: what `Vec` does, done by hand.
    #[allow(clippy::cast_possible_truncation, reason = "at most 11 edges leave a node, and some millions a graph")]
    fn connect(&mut self, from: u32, to: u32) {
        let node = &mut self.all[from as usize];
        if node.spare == 0 {
            let (start, many) = (self.edges.len(), node.edges.len());
            let own = node.edges.start as usize..node.edges.end as usize;
            D::own(Owner::EdgeList, || {
                self.edges.extend_from_within(own);
                self.edges.resize(start + 2 * many, 0);
            });
            node.edges = start as u32..(start + many) as u32;
            node.spare = many as u8;
        }
        self.edges[node.edges.end as usize] = to;
        node.edges.end += 1;
        node.spare -= 1;
    }

    /// Takes the last edge off the node at `from`, and with it the node that it leads to; that node's number.
    fn disconnect(&mut self, from: u32) -> u32 {
        let node = &mut self.all[from as usize];
        node.edges.end -= 1;
        node.spare += 1;
        let lost = self.edges[node.edges.end as usize];
        // Whoever still holds this index will find another node there, and nobody will object.
        D::own(Owner::Table, || self.free.push(lost));
        self.all[lost as usize].data.id()
    }
}

fn change<D: Data>(graph: &mut Nodes<D>, edges: &Edges, now: Changing) -> u64 {
    let mut checksum = 0;
    let mut frontier = D::own(Owner::Queue, || now.frontier::<u32>(edges.nodes()));
    graph.all[0].visited = now.mark();
    frontier.push(0);
    while let Some(index) = frontier.pop() {
        let id = graph.all[index as usize].data.id();
        if now.loses(id) {
            checksum = fold(checksum, graph.disconnect(index));
        }
        let leaf = graph.insert(Node { data: D::of(now.leaf(id)), visited: now.mark(), spare: 0, edges: 0..0 });
        graph.connect(index, leaf);
        checksum = fold(checksum, id);
        // Leaves stand behind the edges that were there from the start.
        let start = graph.all[index as usize].edges.start as usize;
        for &to in &graph.edges[start..start + edges.degree()] {
            let next = &mut graph.all[to as usize];
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
    // Nodes and edges own nothing: a few buffers are given back, and nothing is visited.
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
    let checksum = graphs.iter_mut().map(traverse::<W, D>).fold(0, super::combine);
    marks.lap();
    let checksum = change_all::<W, _>(graph, (checksum, marks), graphs.iter_mut(), |nodes, now| change::<D>(nodes, edges, now));
    graphs.drain(..).for_each(tear_down);
    marks.lap();
    checksum
}
