//! Must not compile: nothing comes in from which the returned reference could have its lifetime.

// anchor: no_input
fn greeting() -> &str {
    "hello"
}
// end: no_input

fn main() {}
