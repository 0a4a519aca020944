//! Must not compile: in `fn(T) -> U`, a shorter lifetime would stand for a longer one in what is given.

// anchor: longer_result
fn longer_result<'short>(value: fn(u8) -> &'short str) -> fn(u8) -> &'static str {
    value
}
// end: longer_result

fn main() {}
