//! Must not compile: one invariant field makes the whole struct invariant.

use std::cell::Cell;

// anchor: mixed
struct Entry<'a> {
    name: &'a str,
    last_seen: Cell<&'a str>,
}

fn shorten<'short>(entry: Entry<'static>) -> Entry<'short> {
    entry
}
// end: mixed

fn main() {}
