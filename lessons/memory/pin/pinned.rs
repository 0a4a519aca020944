//! The same value, pinned: it may be used in many ways, and none of them moves it.

#![allow(clippy::useless_vec, reason = "what a vector does to its elements is looked at")]

use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;

// anchor: pinned
/// As before; the marker takes away `Unpin`, so that safe code cannot move what is pinned.
struct Tracked {
    number: u64,
    remembered: *const u64,
    _must_stay: PhantomPinned,
}

impl Tracked {
    /// Made where it will stay: the address is remembered once it cannot change any more.
    fn pinned(number: u64) -> Pin<Box<Self>> {
        let mut tracked = Box::pin(Self { number, remembered: ptr::null(), _must_stay: PhantomPinned });
        let here = &raw const tracked.number;
        // SAFETY: a field is written; nothing is moved out of the pinned value.
        unsafe { tracked.as_mut().get_unchecked_mut() }.remembered = here;
        tracked
    }

    fn number(self: Pin<&Self>) -> u64 {
        // SAFETY: set in `pinned` to a field of this same value, which has been pinned ever since and is borrowed here.
        unsafe { *self.remembered }
    }
}
// end: pinned

// anchor: main
fn main() {
    let tracked = Tracked::pinned(7);
    println!("made           at {:p}, reads {}", &raw const tracked.number, tracked.as_ref().number());
    let handed_on = tracked;
    println!("handed on      at {:p}, reads {}", &raw const handed_on.number, handed_on.as_ref().number());
    let list = vec![handed_on];
    println!("in a vector    at {:p}, reads {}", &raw const list[0].number, list[0].as_ref().number());
}
// end: main
