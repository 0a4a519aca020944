//! Must not compile: in `&'a T`, a shorter lifetime would stand for a longer one.

// anchor: longer_shared_inner
fn longer_shared_inner<'loan, 'short>(value: &'loan &'short str) -> &'loan &'static str {
    value
}
// end: longer_shared_inner

fn main() {}
