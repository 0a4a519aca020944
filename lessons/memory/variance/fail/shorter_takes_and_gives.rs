//! Must not compile: in `fn(T) -> T`, a longer lifetime would stand for a shorter one.

// anchor: shorter_takes_and_gives
fn shorter_takes_and_gives<'short>(value: fn(&'static str) -> &'static str) -> fn(&'short str) -> &'short str {
    value
}
// end: shorter_takes_and_gives

fn main() {}
