//! Must not compile: the body returns what the signature does not allow.

// anchor: other_input
fn first<'a>(a: &'a str, b: &str) -> &'a str {
    if a.is_empty() { b } else { a }
}
// end: other_input

fn main() {}
