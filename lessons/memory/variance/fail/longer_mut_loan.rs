//! Must not compile: in `&'a mut T`, a shorter lifetime would stand for a longer one.

// anchor: longer_mut_loan
fn longer_mut_loan<'short>(value: &'short mut u8) -> &'static mut u8 {
    value
}
// end: longer_mut_loan

fn main() {}
