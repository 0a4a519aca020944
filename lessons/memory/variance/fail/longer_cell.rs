//! Must not compile: in `Cell<T>`, a shorter lifetime would stand for a longer one.

use std::cell::Cell;

// anchor: longer_cell
fn longer_cell<'short>(value: Cell<&'short str>) -> Cell<&'static str> {
    value
}
// end: longer_cell

fn main() {}
