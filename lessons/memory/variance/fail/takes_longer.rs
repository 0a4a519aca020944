//! Must not compile: who takes only texts that live for ever must not be handed others.

// anchor: takes_longer
fn relax<'short>(function: fn(&'static str)) -> fn(&'short str) {
    function
}
// end: takes_longer

fn main() {}
