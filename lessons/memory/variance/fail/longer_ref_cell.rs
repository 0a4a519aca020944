//! Must not compile: in `RefCell<T>`, a shorter lifetime would stand for a longer one.

use std::cell::RefCell;

// anchor: longer_ref_cell
fn longer_ref_cell<'short>(value: RefCell<&'short str>) -> RefCell<&'static str> {
    value
}
// end: longer_ref_cell

fn main() {}
