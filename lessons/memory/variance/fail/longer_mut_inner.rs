//! Must not compile: in `&'a mut T`, a shorter lifetime would stand for a longer one.

// anchor: longer_mut_inner
fn longer_mut_inner<'loan, 'short>(value: &'loan mut &'short str) -> &'loan mut &'static str {
    value
}
// end: longer_mut_inner

fn main() {}
