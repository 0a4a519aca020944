//! Graphs without an arena: counted nodes, nodes that own their children, two vectors. They must never be timed.

use super::{BUILD, CHANGE, DONE, ROUNDS, TEAR_DOWN, walk};
use crate::arena::Edges;
use crate::tracing::{mark, owned_by, touch, visit};
use protocol::memory::Owner;
use std::cell::RefCell;
use std::rc::Rc;

/// A node that many may hold.
struct Node {
    id: u32,
    edges: Vec<Rc<RefCell<Node>>>,
}

/// Two blocks a node: itself with its counts, and its list.
pub(super) fn rc_refcell(edges: &Edges) {
    mark(BUILD);
    let node = |id| {
        let list = owned_by(Owner::EdgeList, || Vec::with_capacity(edges.degree()));
        owned_by(Owner::Node, || Rc::new(RefCell::new(Node { id, edges: list })))
    };
    let mut nodes = owned_by(Owner::Table, || Vec::with_capacity(edges.nodes()));
    nodes.extend(edges.ids().map(node));
    for (id, node) in edges.ids().zip(&nodes) {
        node.borrow_mut().edges.extend(edges.of(id).iter().map(|&to| Rc::clone(&nodes[to as usize])));
    }
    // The walk borrows what the table owns: counts are the timed contender's business.
    walk(
        nodes.len(),
        &nodes[0],
        |node| node.borrow().id,
        |node, go| {
            visit(&**node);
            let place = edges.of(node.borrow().id);
            touch(node.borrow().edges.as_slice());
            for &to in place {
                go(&nodes[to as usize]);
            }
        },
    );
    mark(TEAR_DOWN);
    for node in &nodes {
        node.borrow_mut().edges.clear();
    }
    drop(nodes);
    mark(DONE);
}

/// Lists that change: each old one goes back, and what comes next may lie in its place.
pub(super) fn rc_changing(edges: &Edges) {
    mark(BUILD);
    let list = |more| owned_by(Owner::EdgeList, || Vec::with_capacity(edges.degree() + more));
    let node = |id| {
        let list = list(0);
        owned_by(Owner::Node, || Rc::new(RefCell::new(Node { id, edges: list })))
    };
    let mut nodes = owned_by(Owner::Table, || Vec::with_capacity(edges.nodes()));
    nodes.extend(edges.ids().map(node));
    mark(CHANGE);
    for round in 1..=ROUNDS {
        for node in &nodes {
            node.borrow_mut().edges = list(round);
        }
    }
    mark(TEAR_DOWN);
    drop(nodes);
    mark(DONE);
}

/// A node that owns its children.
struct Parent {
    id: u32,
    #[allow(clippy::vec_box, reason = "a block a node is what is shown")]
    children: Vec<Box<Parent>>,
}

/// A block and a list a node. A tree owns each node once, so of the graph only a tree of so many children a node is left.
pub(super) fn box_tree(edges: &Edges) {
    /// The subtree below node `id`, whose children are numbered as a heap's are.
    #[allow(clippy::unnecessary_box_returns, reason = "a node lies where it was made")]
    fn grow(id: usize, width: usize, nodes: usize) -> Box<Parent> {
        let first = id * width + 1;
        let children = (first..first + width).take_while(|child| *child < nodes);
        let count = children.clone().count();
        let mut list = owned_by(Owner::EdgeList, || Vec::with_capacity(count));
        list.extend(children.map(|child| grow(child, width, nodes)));
        #[allow(clippy::cast_possible_truncation, reason = "at most 50,000 nodes")]
        owned_by(Owner::Node, || Box::new(Parent { id: id as u32, children: list }))
    }
    mark(BUILD);
    // A tree with one child a node is a list, and to drop it would take a stack as deep as it is long.
    let root = grow(0, edges.degree().max(2), edges.nodes());
    walk(
        edges.nodes(),
        &*root,
        |node| node.id,
        |node, go| {
            visit(node);
            touch(node.children.as_slice());
            node.children.iter().for_each(|child| go(child));
        },
    );
    mark(TEAR_DOWN);
    drop(root);
    mark(DONE);
}

/// A node without a pointer.
struct Plain {
    id: u32,
    first: u32,
    last: u32,
}

/// Two blocks for the whole graph.
pub(super) fn index_graph(edges: &Edges) {
    mark(BUILD);
    let mut nodes: Vec<Plain> = owned_by(Owner::Node, || Vec::with_capacity(edges.nodes()));
    let mut targets: Vec<u32> = owned_by(Owner::EdgeList, || Vec::with_capacity(edges.nodes() * edges.degree()));
    for id in edges.ids() {
        let first = end(&targets);
        targets.extend_from_slice(edges.of(id));
        nodes.push(Plain { id, first, last: end(&targets) });
    }
    walk(
        nodes.len(),
        0_u32,
        |id| id,
        |id, go| {
            let node = &nodes[id as usize];
            visit(node);
            debug_assert_eq!(node.id, id);
            let list = &targets[node.first as usize..node.last as usize];
            touch(list);
            for &to in list {
                go(to);
            }
        },
    );
    mark(TEAR_DOWN);
    drop((nodes, targets));
    mark(DONE);
}

/// Where the next edge will stand.
#[allow(clippy::cast_possible_truncation, reason = "at most 400,000 edges")]
fn end(targets: &[u32]) -> u32 {
    targets.len() as u32
}
