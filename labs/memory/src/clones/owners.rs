//! A program of owners, run line by line: after each line, the counts that its handles report, what the allocator has handed out, and the bytes of the
//! block that is looked at. It must never say a count that was not read just then, nor hold a handle of its own: it would be counted.

use super::block::{Handle, Place};
use protocol::clones::OwnerStep;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// A node that may own another one.
pub(super) struct Node {
    /// What it is there for.
    pub value: u64,
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

/// Notes what is seen behind each line.
struct Watch {
    steps: Vec<OwnerStep>,
    /// What the program had asked for before its first line, moved on by what noting takes.
    allocations: u64,
    alive: i64,
    /// Bytes that were alive behind the line before.
    before: i64,
    /// How the block is laid out that is looked at.
    place: Option<Place>,
}

impl Watch {
    fn begin() -> Self {
        // Room for everything that is noted, so that noting it is not counted.
        let steps = Vec::with_capacity(32);
        let counts = counting::counts();
        Self { steps, allocations: counts.allocations, alive: counts.live, before: 0, place: None }
    }

    /// Notes a line: `counts` are those right behind it. With a handle, its counts and its block are looked at; a line that `makes` the block
    /// tells how large it is.
    fn note(&mut self, (code, why): (&str, &str), counts: counting::Counts, looked: Looked<'_>) {
        let alive = counts.live - self.alive;
        let handle = match looked {
            Looked::Nowhere => None,
            Looked::At(handle) => Some(handle),
            Looked::Made(handle) => {
                self.place = Place::of(handle, usize::try_from(alive - self.before).unwrap_or(0));
                Some(handle)
            }
        };
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        // While nobody owns the value, nobody counts who watches it.
        let owners = handle.and_then(Handle::owners).filter(|(strong, _)| *strong > 0);
        let step = OwnerStep {
            code: code.to_owned(),
            why: why.to_owned(),
            strong: owners.map(|(strong, _)| small(strong)),
            weak: owners.map(|(_, weak)| small(weak)),
            allocations: counts.allocations - self.allocations,
            alive: alive.max(0).cast_unsigned(),
            block: handle.zip(self.place).map(|(handle, place)| place.read(handle)),
        };
        self.steps.push(step);
        self.before = alive;
        // What was noted has been allocated since: it is not the program's.
        let after = counting::counts();
        self.allocations += after.allocations - counts.allocations;
        self.alive += after.live - counts.live;
    }
}

/// Where a line makes one look.
#[derive(Clone, Copy)]
enum Looked<'a> {
    Nowhere,
    /// At the same block as before.
    At(Handle<'a>),
    /// At the block that this line has made, and nothing else.
    Made(Handle<'a>),
}

/// Runs a line and notes how things stand behind it.
macro_rules! line {
    ($watch:ident, $why:literal, $looked:expr, $($code:tt)*) => {
        $($code)*
        let counts = counting::counts();
        $watch.note((stringify!($($code)*), $why), counts, $looked);
    };
}

/// The program.
pub(super) fn steps() -> Vec<OwnerStep> {
    use Handle::{Arc as Atomic, Box as Boxed, Rc as Counted, Weak as Watching};
    use Looked::{At, Made, Nowhere};
    let mut watch = Watch::begin();
    line!(watch, "One owner of a value on the heap: an allocation, and the value fills it.", Made(Boxed(&boxed)), let boxed = Box::new(Node::new(1)););
    line!(watch, "The owner is gone, and with it the value.", Nowhere, drop(boxed););
    line!(watch, "The same value behind two counts: the block is wider by two words. From here on it is watched.", Made(Counted(&first)), let first = Rc::new(Node::new(2)););
    line!(watch, "A second owner: a number goes up, and nothing is copied.", At(Counted(&first)), let second = Rc::clone(&first););
    line!(watch, "A handle that owns nothing.", At(Counted(&first)), let observer = Rc::downgrade(&first););
    line!(watch, "One owner less.", At(Counted(&first)), drop(second););
    line!(watch, "Another node, which knows the first one and does not own it.", At(Counted(&first)), let child = Rc::new(Node::new(3)););
    line!(watch, "The first node owns the child.", At(Counted(&first)), *first.next.borrow_mut() = Some(Rc::clone(&child)););
    line!(watch, "The child points back weakly: no circle of owners.", At(Counted(&first)), *child.back.borrow_mut() = Rc::downgrade(&first););
    line!(watch, "And now it owns back: a circle. Look at the owners.", At(Counted(&first)), *child.next.borrow_mut() = Some(Rc::clone(&first)););
    line!(watch, "The child’s handle goes; the first node still owns it.", At(Counted(&first)), drop(child););
    line!(watch, "The last handle goes, yet an owner is left: the circle keeps itself alive, and nobody can reach it. A leak, in safe Rust.", At(Watching(&observer)), drop(first););
    line!(watch, "The weak handle still finds it, as long as it lives.", At(Watching(&observer)), let found = observer.upgrade(););
    line!(watch, "So the circle can be cut open by hand.", At(Watching(&observer)), let cut = found.as_ref().and_then(|node| node.next.borrow_mut().take()););
    line!(watch, "The child goes, and with it its hold on the first node.", At(Watching(&observer)), drop(cut););
    line!(watch, "The last owner: now both are freed, but for the block that a weak handle still looks at. Nobody owns the value: it is gone, its place is not.", At(Watching(&observer)), drop(found););
    line!(watch, "Nobody looks any more.", Nowhere, drop(observer););
    line!(watch, "The same two counts, which threads may share: a word each as well, changed by atomic instructions.", Made(Atomic(&shared)), let shared = Arc::new(7_u64););
    line!(watch, "A second owner, for another thread perhaps.", At(Atomic(&shared)), let other = Arc::clone(&shared););
    line!(watch, "One owner less.", At(Atomic(&shared)), drop(other););
    line!(watch, "The last one gives value and counts back.", Nowhere, drop(shared););
    line!(watch, "A text of its own.", Nowhere, let text = String::from("kept for ever"););
    line!(watch, "Forgotten, not dropped: the bytes stay for as long as the program runs, and no rule of the language is broken.", Nowhere, std::mem::forget(text););
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
        assert_eq!(counts("let other"), (Some(2), Some(0)));
    }

    #[test]
    fn a_line_is_shown_as_it_is_written() {
        assert_eq!(steps()[0].code, "let boxed = Box::new(Node::new(1));");
    }

    #[test]
    fn no_block_is_drawn_whose_size_nobody_counted() {
        // This test binary has no counting allocator.
        assert!(steps().iter().all(|step| step.block.is_none()));
    }
}
