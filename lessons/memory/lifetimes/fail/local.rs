//! Must not compile: no lifetime makes a local variable live longer.

// anchor: local
fn shout<'a>(text: &'a str) -> &'a str {
    let loud = text.to_uppercase();
    &loud
}
// end: local

fn main() {}
