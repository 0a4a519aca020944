//! Must not compile: in `*mut T`, a longer lifetime would stand for a shorter one.

// anchor: shorter_mut_pointer
fn shorter_mut_pointer<'short>(value: *mut &'static str) -> *mut &'short str {
    value
}
// end: shorter_mut_pointer

fn main() {}
