//! Must not compile: a struct that holds a reference must say so in its type.

// anchor: field
struct Words {
    rest: &str,
}
// end: field

fn main() {}
