//! Must not compile: a shared `RefCell` can be written through, as a `Cell` can.

use std::cell::RefCell;

// anchor: ref_cell
fn shorten<'cell, 'short>(cell: &'cell RefCell<Vec<&'static str>>) -> &'cell RefCell<Vec<&'short str>> {
    cell
}
// end: ref_cell

fn main() {}
