//! Must not compile: what can be written through must keep its type exactly.

// anchor: mut_inner
fn shorten<'slot, 'short>(slot: &'slot mut &'static str) -> &'slot mut &'short str {
    slot
}
// end: mut_inner

fn main() {}
