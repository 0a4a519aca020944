//! Must not compile: in `&'a T`, a shorter lifetime would stand for a longer one.

// anchor: longer_shared_loan
fn longer_shared_loan<'short>(value: &'short u8) -> &'static u8 {
    value
}
// end: longer_shared_loan

fn main() {}
