//! Must not compile: in `PhantomData<Cell<T>>`, a shorter lifetime would stand for a longer one.

use std::cell::Cell;
use std::marker::PhantomData;

// anchor: longer_phantom_cell
fn longer_phantom_cell<'short>(value: PhantomData<Cell<&'short str>>) -> PhantomData<Cell<&'static str>> {
    value
}
// end: longer_phantom_cell

fn main() {}
