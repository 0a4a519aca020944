//! Must not compile: in `fn(T)`, a longer lifetime would stand for a shorter one.

// anchor: shorter_takes
fn shorter_takes<'short>(value: fn(&'static str)) -> fn(&'short str) {
    value
}
// end: shorter_takes

fn main() {}
