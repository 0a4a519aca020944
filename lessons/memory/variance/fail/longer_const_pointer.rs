//! Must not compile: in `*const T`, a shorter lifetime would stand for a longer one.

// anchor: longer_const_pointer
fn longer_const_pointer<'short>(value: *const &'short str) -> *const &'static str {
    value
}
// end: longer_const_pointer

fn main() {}
