//! Must not compile: in `*mut T`, a shorter lifetime would stand for a longer one.

// anchor: longer_mut_pointer
fn longer_mut_pointer<'short>(value: *mut &'short str) -> *mut &'static str {
    value
}
// end: longer_mut_pointer

fn main() {}
