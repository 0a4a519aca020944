//! Must not compile: in `&'a mut T`, a longer lifetime would stand for a shorter one.

// anchor: shorter_mut_inner
fn shorter_mut_inner<'loan, 'short>(value: &'loan mut &'static str) -> &'loan mut &'short str {
    value
}
// end: shorter_mut_inner

fn main() {}
