//! Must not compile: in `Cell<T>`, a longer lifetime would stand for a shorter one.

use std::cell::Cell;

// anchor: shorter_cell
fn shorter_cell<'short>(value: Cell<&'static str>) -> Cell<&'short str> {
    value
}
// end: shorter_cell

fn main() {}
