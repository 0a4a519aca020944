//! Why a graph of `Rc` needs a plan for its cycles: counts alone never reach zero.
//!
//! Shown by the lesson `memory/arenas`.

use std::cell::RefCell;
use std::rc::Rc;

/// A node that shares ownership of its neighbours.
#[derive(Default)]
pub struct Node {
    /// Where it leads.
    pub edges: RefCell<Vec<Rc<Self>>>,
}

/// Two nodes that own each other.
#[must_use]
pub fn pair() -> (Rc<Node>, Rc<Node>) {
    let (first, second) = (Rc::new(Node::default()), Rc::new(Node::default()));
    first.edges.borrow_mut().push(Rc::clone(&second));
    second.edges.borrow_mut().push(Rc::clone(&first));
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: cycle
    #[test]
    fn a_cycle_of_counts_is_never_freed() {
        let (first, second) = pair();
        let watch = Rc::downgrade(&first);
        drop((first, second));
        assert!(watch.upgrade().is_some(), "nobody can reach it, and it is still there");
    }

    #[test]
    fn clearing_the_edges_frees_it() {
        let (first, second) = pair();
        let watch = Rc::downgrade(&first);
        first.edges.borrow_mut().clear();
        drop((first, second));
        assert!(watch.upgrade().is_none());
    }
    // end: cycle

    // anchor: forget
    #[test]
    fn forgetting_is_a_safe_function() {
        let witness = Rc::new(());
        std::mem::forget(Rc::clone(&witness));
        assert_eq!(Rc::strong_count(&witness), 2, "nobody has the other handle, and it still counts");
    }
    // end: forget
}
