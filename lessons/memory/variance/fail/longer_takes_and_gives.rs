//! Must not compile: in `fn(T) -> T`, a shorter lifetime would stand for a longer one.

// anchor: longer_takes_and_gives
fn longer_takes_and_gives<'short>(value: fn(&'short str) -> &'short str) -> fn(&'static str) -> &'static str {
    value
}
// end: longer_takes_and_gives

fn main() {}
