//! Must not compile: what both takes and gives a type must keep it exactly.

// anchor: takes_and_gives
fn either_way<'short>(function: fn(&'static str) -> &'static str) -> fn(&'short str) -> &'short str {
    function
}
// end: takes_and_gives

fn main() {}
