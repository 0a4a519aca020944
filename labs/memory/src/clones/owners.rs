//! A program of owners, run line by line: after each line, the counts that `Rc` keeps and what the allocator has handed out. It must never
//! say a count that was not read just then.

use protocol::clones::OwnerStep;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// A node that may own another one.
#[allow(dead_code, reason = "its value is never asked for: owners are what counts here")]
struct Node {
    /// What it is there for.
    value: u64,
    /// Whom it owns.
    next: RefCell<Option<Rc<Node>>>,
    /// Whom it only knows.
    back: RefCell<Weak<Node>>,
}

impl Node {
    const fn new(value: u64) -> Self {
        Self { value, next: RefCell::new(None), back: RefCell::new(Weak::new()) }
    }
}

/// What is watched: through a `Weak` that is not counted among the weak ones it reports.
struct Watch {
    steps: Vec<OwnerStep>,
    of: Weak<Node>,
    allocations: u64,
    alive: i64,
}

impl Watch {
    fn begin() -> Self {
        // Room for everything that is noted, so that noting it is not counted.
        let steps = Vec::with_capacity(32);
        let counts = counting::counts();
        Self { steps, of: Weak::new(), allocations: counts.allocations, alive: counts.live }
    }

    fn note(&mut self, code: &str, why: &str) {
        let counts = counting::counts();
        let strong = self.of.strong_count();
        // While nobody owns the value, nobody counts who watches it.
        let is_watched = strong > 0;
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let step = OwnerStep {
            code: code.to_owned(),
            why: why.to_owned(),
            strong: is_watched.then(|| small(strong)),
            weak: is_watched.then(|| small(self.of.weak_count() - 1)),
            allocations: counts.allocations - self.allocations,
            alive: (counts.live - self.alive).max(0).cast_unsigned(),
        };
        self.steps.push(step);
        // What was noted has been allocated since: it is not the program's.
        let after = counting::counts();
        self.allocations += after.allocations - counts.allocations;
        self.alive += after.live - counts.live;
    }
}

/// Runs a line and notes how things stand behind it; from the line on that says so, a value is watched.
macro_rules! line {
    ($watch:ident, $why:literal, watching $of:ident, $($code:tt)*) => {
        $($code)*
        $watch.of = Rc::downgrade(&$of);
        $watch.note(stringify!($($code)*), $why);
    };
    ($watch:ident, $why:literal, $($code:tt)*) => {
        $($code)*
        $watch.note(stringify!($($code)*), $why);
    };
}

/// The program.
pub(super) fn steps() -> Vec<OwnerStep> {
    let mut watch = Watch::begin();
    line!(watch, "One owner of a value on the heap: an allocation.", let boxed = Box::new(Node::new(1)););
    line!(watch, "The owner is gone, and with it the value.", drop(boxed););
    line!(watch, "The same value behind two counts: the block is wider by two words. From here on it is watched.", watching first, let first = Rc::new(Node::new(2)););
    line!(watch, "A second owner: a number goes up, and nothing is copied.", let second = Rc::clone(&first););
    line!(watch, "A handle that owns nothing.", let observer = Rc::downgrade(&first););
    line!(watch, "One owner less.", drop(second););
    line!(watch, "Another node, which knows the first one and does not own it.", let child = Rc::new(Node::new(3)););
    line!(watch, "The first node owns the child.", *first.next.borrow_mut() = Some(Rc::clone(&child)););
    line!(watch, "The child points back weakly: no circle of owners.", *child.back.borrow_mut() = Rc::downgrade(&first););
    line!(watch, "And now it owns back: a circle. Look at the owners.", *child.next.borrow_mut() = Some(Rc::clone(&first)););
    line!(watch, "The child’s handle goes; the first node still owns it.", drop(child););
    line!(watch, "The last handle goes, yet an owner is left: the circle keeps itself alive, and nobody can reach it. A leak, in safe Rust.", drop(first););
    line!(watch, "The weak handle still finds it, as long as it lives.", let found = observer.upgrade(););
    line!(watch, "So the circle can be cut open by hand.", let cut = found.as_ref().and_then(|node| node.next.borrow_mut().take()););
    line!(watch, "The child goes, and with it its hold on the first node.", drop(cut););
    line!(watch, "The last owner: now both are freed, but for the block that weak handles still look at.", drop(found););
    // The watch looks too, and would keep the block.
    watch.of = Weak::new();
    line!(watch, "Nobody looks any more.", drop(observer););
    line!(watch, "A text of its own.", let text = String::from("kept for ever"););
    line!(watch, "Forgotten, not dropped: the bytes stay for as long as the program runs, and no rule of the language is broken.", std::mem::forget(text););
    watch.steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_the_lines() {
        let steps = steps();
        let at = |code: &str| steps.iter().find(|step| step.code.contains(code)).unwrap_or_else(|| panic!("no line {code}"));
        let counts = |code: &str| (at(code).strong, at(code).weak);
        assert_eq!(counts("let first"), (Some(1), Some(0)));
        assert_eq!(counts("let second"), (Some(2), Some(0)));
        assert_eq!(counts("let observer"), (Some(2), Some(1)));
        assert_eq!(counts("drop(second)"), (Some(1), Some(1)));
        assert_eq!(counts("child.back"), (Some(1), Some(2)));
        assert_eq!(counts("child.next"), (Some(2), Some(2)));
        assert_eq!(counts("drop(first)"), (Some(1), Some(2)), "the circle keeps itself alive");
        assert_eq!(counts("drop(found)"), (None, None));
    }

    #[test]
    fn a_line_is_shown_as_it_is_written() {
        assert_eq!(steps()[0].code, "let boxed = Box::new(Node::new(1));");
    }
}
