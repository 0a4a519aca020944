//! A tree whose children know their parent: once with `Weak`, once with `Rc`. What is dropped says so.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

// anchor: weak
struct Node {
    name: &'static str,
    parent: RefCell<Weak<Node>>,
    children: RefCell<Vec<Rc<Node>>>,
}

impl Drop for Node {
    fn drop(&mut self) {
        println!("  dropped: {}", self.name);
    }
}

fn family() -> Rc<Node> {
    let node = |name| Rc::new(Node { name, parent: RefCell::default(), children: RefCell::default() });
    let (parent, child) = (node("parent"), node("child"));
    *child.parent.borrow_mut() = Rc::downgrade(&parent);
    parent.children.borrow_mut().push(child);
    parent
}
// end: weak

// anchor: strong
struct Knot {
    name: &'static str,
    other: RefCell<Option<Rc<Knot>>>,
}

impl Drop for Knot {
    fn drop(&mut self) {
        println!("  dropped: {}", self.name);
    }
}

fn knot() -> Weak<Knot> {
    let knot = |name| Rc::new(Knot { name, other: RefCell::default() });
    let (one, two) = (knot("one"), knot("two"));
    *one.other.borrow_mut() = Some(Rc::clone(&two));
    *two.other.borrow_mut() = Some(Rc::clone(&one));
    Rc::downgrade(&one)
}
// end: strong

// anchor: main
fn main() {
    println!("Weak upwards:");
    let parent = family();
    let child = Rc::clone(&parent.children.borrow()[0]);
    println!("  the child's parent: {:?}", child.parent.borrow().upgrade().map(|parent| parent.name));
    drop(parent);
    println!("  the child's parent: {:?}", child.parent.borrow().upgrade().map(|parent| parent.name));
    drop(child);

    println!("Rc both ways:");
    let watcher = knot();
    println!("  nobody can reach them, and still there are {} strong", watcher.strong_count());
}
// end: main
