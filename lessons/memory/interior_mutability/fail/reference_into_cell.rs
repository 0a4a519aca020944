//! Must not compile: what is inside a `RefCell` cannot be kept beyond its guard.

use std::cell::RefCell;

// anchor: reference_into_cell
fn first(names: &RefCell<Vec<String>>) -> &str {
    let guard = names.borrow();
    &guard[0]
}
// end: reference_into_cell

fn main() {}
