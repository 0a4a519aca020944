//! Must not compile: who returns short-lived texts does not return eternal ones.

// anchor: returns_longer
fn promise<'short>(function: fn() -> &'short str) -> fn() -> &'static str {
    function
}
// end: returns_longer

fn main() {}
