//! Must not compile: the marker says that the lifetime must be matched exactly.

use std::cell::Cell;
use std::marker::PhantomData;

// anchor: phantom_invariant
struct Token<'id> {
    number: usize,
    exactly: PhantomData<Cell<&'id ()>>,
}

fn shorten<'short>(token: Token<'static>) -> Token<'short> {
    token
}
// end: phantom_invariant

fn main() {}
