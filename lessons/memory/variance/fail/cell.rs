//! Must not compile: a shared `Cell` can be written through, so its content is invariant.

use std::cell::Cell;

// anchor: cell
fn shorten<'cell, 'short>(cell: &'cell Cell<&'static str>) -> &'cell Cell<&'short str> {
    cell
}
// end: cell

fn main() {}
