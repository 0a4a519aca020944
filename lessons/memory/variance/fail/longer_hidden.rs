//! Must not compile: in `Box<dyn Fn() + 'a>`, a shorter lifetime would stand for a longer one.

// anchor: longer_hidden
fn longer_hidden<'short>(value: Box<dyn Fn() + 'short>) -> Box<dyn Fn() + 'static> {
    value
}
// end: longer_hidden

fn main() {}
