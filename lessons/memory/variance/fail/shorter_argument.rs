//! Must not compile: in `fn(T) -> U`, a longer lifetime would stand for a shorter one in what is taken.

// anchor: shorter_argument
fn shorter_argument<'short>(value: fn(&'static str) -> u8) -> fn(&'short str) -> u8 {
    value
}
// end: shorter_argument

fn main() {}
