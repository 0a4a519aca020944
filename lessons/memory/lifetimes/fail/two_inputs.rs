//! Must not compile: two references come in, and the signature does not say which of them goes out.

// anchor: two_inputs
fn longest(a: &str, b: &str) -> &str {
    if a.len() >= b.len() { a } else { b }
}
// end: two_inputs

fn main() {}
