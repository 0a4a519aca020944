//! Nodes that own their children: Rust's own shape. Of the graph only a tree is left, the one along which the walk first met each node.
#![allow(clippy::vec_box, reason = "a block a node is what is compared")]

use super::{Changing, Data, Edges, Graph, Marks, Walk, changing::change_all, fold, frontier::Frontier};
use protocol::memory::Owner;

// anchor: node
/// A node is allocated apart and owned by one other. An edge that leads back, or to a node that somebody else owns, cannot be said in it.
struct Node<D> {
    data: D,
    children: Vec<Box<Node<D>>>,
}
// end: node

/// For each node those that the walk first meets from it, and the order in which all are met: drawn up once, before anything is timed.
pub(super) struct Tree {
    met: Vec<u32>,
    children: Vec<Vec<u32>>,
}

impl Tree {
    pub(super) fn of<W: Walk>(edges: &Edges) -> Self {
        let mut children = vec![Vec::new(); edges.nodes()];
        let mut is_met = vec![false; edges.nodes()];
        let mut met = vec![0];
        let mut frontier = W::Frontier::<u32>::with_capacity(edges.nodes());
        is_met[0] = true;
        frontier.push(0);
        while let Some(node) = frontier.pop() {
            for &to in edges.of(node) {
                if std::mem::replace(&mut is_met[to as usize], true) {
                    continue;
                }
                children[node as usize].push(to);
                met.push(to);
                frontier.push(to);
            }
        }
        Self { met, children }
    }
}

// anchor: build
/// Children before their parents: a parent is made with all that it owns.
fn build<D: Data>(tree: &Tree, slots: &mut Vec<Option<Box<Node<D>>>>) -> Option<Box<Node<D>>> {
    slots.clear();
    slots.resize_with(tree.met.len(), || None);
    for &id in tree.met.iter().rev() {
        let mut children = D::own(Owner::EdgeList, || Vec::with_capacity(tree.children[id as usize].len()));
        children.extend(tree.children[id as usize].iter().filter_map(|child| slots[*child as usize].take()));
        slots[id as usize] = Some(D::own(Owner::Node, || Box::new(Node { data: D::of(id), children })));
    }
    slots[0].take()
}
// end: build

// anchor: traverse
fn traverse<W: Walk, D: Data>(root: &Node<D>, nodes: usize) -> u64 {
    let mut checksum = 0;
    let mut frontier = D::own(Owner::Queue, || W::Frontier::<&Node<D>>::with_capacity(nodes));
    frontier.push(root);
    while let Some(node) = frontier.pop() {
        D::visit(&node.data);
        D::read_list(&node.children);
        checksum = fold(checksum, node.data.id());
        // Nobody is met twice in a tree, so nobody is marked.
        for child in &node.children {
            frontier.push(child);
        }
    }
    checksum
}
// end: traverse

// anchor: change
fn change<D: Data>(root: &mut Node<D>, tree: &Tree, now: Changing) -> u64 {
    let mut checksum = 0;
    let mut frontier = D::own(Owner::Queue, || now.frontier::<&mut Node<D>>(tree.met.len()));
    frontier.push(root);
    while let Some(node) = frontier.pop() {
        let id = node.data.id();
        if now.loses(id)
            && let Some(lost) = node.children.pop()
        {
            checksum = fold(checksum, lost.data.id());
        }
        let leaf = D::own(Owner::Node, || Box::new(Node { data: D::of(now.leaf(id)), children: Vec::new() }));
        D::own(Owner::EdgeList, || node.children.push(leaf));
        checksum = fold(checksum, id);
        // Leaves stand behind the children that were there from the start.
        let own = tree.children[id as usize].len();
        for child in &mut node.children[..own] {
            frontier.push(child);
        }
    }
    checksum
}
// end: change

// anchor: teardown
fn tear_down<D>(root: Box<Node<D>>, doomed: &mut Vec<Box<Node<D>>>) {
    // Dropping the root would do, but it calls itself for each child: a tree as deep as a list is long would use up the stack.
    doomed.push(root);
    while let Some(mut node) = doomed.pop() {
        doomed.append(&mut node.children);
    }
}
// end: teardown

/// Builds, traverses and tears down `count` trees, each phase for all of them before the next; the checksum of all walks.
pub(super) fn batch<W: Walk, D: Data>(graph: &Graph, count: usize, marks: &mut impl Marks) -> u64 {
    let Graph { edges, tree, .. } = graph;
    let mut trees = Vec::with_capacity(count);
    let mut slots = Vec::with_capacity(edges.nodes());
    let mut doomed = Vec::with_capacity(edges.nodes());
    marks.skip();
    trees.extend((0..count).filter_map(|_| build::<D>(tree, &mut slots)));
    marks.lap();
    let checksum = trees.iter().map(|root| traverse::<W, D>(root, edges.nodes())).fold(0, super::combine);
    marks.lap();
    let checksum = change_all::<W, _>(graph, (checksum, marks), trees.iter_mut(), |root, now| change::<D>(root, tree, now));
    for root in trees.drain(..) {
        tear_down(root, &mut doomed);
    }
    marks.lap();
    checksum
}
