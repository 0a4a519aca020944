//! A `Cell`: values go in and out through shared references, and nobody ever holds a reference to what is inside.
//!
//! Shown by the lesson `memory/interior_mutability`.

use std::cell::Cell;

// anchor: counter
struct Page {
    text: String,
    views: Cell<u32>,
}

impl Page {
    /// Reading counts: through `&self`, which a cache or several callers may hold at once.
    fn read(&self) -> &str {
        self.views.set(self.views.get() + 1);
        &self.text
    }
}
// end: counter

// anchor: take
/// Takes a list out of its cell, changes it, and puts it back: `get` would need `Copy`.
fn note(log: &Cell<Vec<&'static str>>, line: &'static str) {
    let mut lines = log.take();
    lines.push(line);
    log.set(lines);
}
// end: take

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_readers_share_one_page() {
        let page = Page { text: "hello".to_owned(), views: Cell::new(0) };
        let (one, other) = (&page, &page);
        assert_eq!(one.read(), other.read());
        assert_eq!(page.views.get(), 2);
    }

    #[test]
    fn a_note_stays() {
        let log = Cell::new(Vec::new());
        note(&log, "one");
        note(&log, "two");
        assert_eq!(log.take(), ["one", "two"]);
    }

    // anchor: sizes
    #[test]
    fn what_each_cell_adds() {
        assert_eq!(size_of::<Cell<u64>>(), size_of::<u64>());
        assert_eq!(size_of::<std::cell::RefCell<u64>>(), size_of::<u64>() + size_of::<isize>());
        assert_eq!(size_of::<std::sync::atomic::AtomicU64>(), size_of::<u64>());
    }
    // end: sizes
}
