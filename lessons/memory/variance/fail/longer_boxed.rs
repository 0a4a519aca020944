//! Must not compile: in `Box<T>`, a shorter lifetime would stand for a longer one.

// anchor: longer_boxed
fn longer_boxed<'short>(value: Box<&'short str>) -> Box<&'static str> {
    value
}
// end: longer_boxed

fn main() {}
