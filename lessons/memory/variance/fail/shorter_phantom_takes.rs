//! Must not compile: in `PhantomData<fn(T)>`, a longer lifetime would stand for a shorter one.

use std::marker::PhantomData;

// anchor: shorter_phantom_takes
fn shorter_phantom_takes<'short>(value: PhantomData<fn(&'static str)>) -> PhantomData<fn(&'short str)> {
    value
}
// end: shorter_phantom_takes

fn main() {}
