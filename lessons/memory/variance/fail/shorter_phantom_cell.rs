//! Must not compile: in `PhantomData<Cell<T>>`, a longer lifetime would stand for a shorter one.

use std::cell::Cell;
use std::marker::PhantomData;

// anchor: shorter_phantom_cell
fn shorter_phantom_cell<'short>(value: PhantomData<Cell<&'static str>>) -> PhantomData<Cell<&'short str>> {
    value
}
// end: shorter_phantom_cell

fn main() {}
