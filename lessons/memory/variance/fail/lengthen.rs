//! Must not compile: a shorter lifetime does not become a longer one.

// anchor: lengthen
fn lengthen<'short>(text: &'short str) -> &'static str {
    text
}
// end: lengthen

fn main() {}
