//! Must not compile: in `RefCell<T>`, a longer lifetime would stand for a shorter one.

use std::cell::RefCell;

// anchor: shorter_ref_cell
fn shorter_ref_cell<'short>(value: RefCell<&'static str>) -> RefCell<&'short str> {
    value
}
// end: shorter_ref_cell

fn main() {}
