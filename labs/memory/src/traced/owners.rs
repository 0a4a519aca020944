//! A graph of counted nodes whose lists change. It must never be timed.

use super::{BUILD, CHANGE, DONE, ROUNDS, TEAR_DOWN};
use crate::arena::{Data, Edges};
use protocol::memory::Owner;
use std::cell::RefCell;
use std::rc::Rc;
use tracer::mark;

/// A node that many may hold.
struct Node<D> {
    data: D,
    edges: Vec<Rc<RefCell<Node<D>>>>,
}

/// Each old list goes back, and what comes next may lie in its place.
pub(super) fn rc_changing<D: Data>(edges: &Edges) {
    mark(BUILD);
    let list = |more| D::own(Owner::EdgeList, || Vec::with_capacity(edges.degree() + more));
    let node = |id| {
        let list = list(0);
        D::own(Owner::Node, || Rc::new(RefCell::new(Node { data: D::of(id), edges: list })))
    };
    let mut nodes = D::own(Owner::Table, || Vec::with_capacity(edges.nodes()));
    nodes.extend(edges.ids().map(node));
    mark(CHANGE);
    for round in 1..=ROUNDS {
        for node in &nodes {
            node.borrow_mut().edges = list(round);
        }
    }
    debug_assert!(edges.ids().zip(&nodes).all(|(id, node)| node.borrow().data.id() == id));
    mark(TEAR_DOWN);
    drop(nodes);
    mark(DONE);
}
