//! Must not compile: in `fn() -> T`, a shorter lifetime would stand for a longer one.

// anchor: longer_gives
fn longer_gives<'short>(value: fn() -> &'short str) -> fn() -> &'static str {
    value
}
// end: longer_gives

fn main() {}
