//! Must not compile: in `PhantomData<T>`, a shorter lifetime would stand for a longer one.

use std::marker::PhantomData;

// anchor: longer_phantom
fn longer_phantom<'short>(value: PhantomData<&'short str>) -> PhantomData<&'static str> {
    value
}
// end: longer_phantom

fn main() {}
