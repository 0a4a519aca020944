//! Where a value lies before and after a move: real addresses, of this very run.
//!
//! It must never read through a pointer that has become stale: it only compares addresses.

use std::ptr;

// anchor: selfref
/// A number, and the address where the number was when `remember` was called.
struct Tracked {
    number: u64,
    remembered: *const u64,
}

impl Tracked {
    fn new(number: u64) -> Self {
        Self { number, remembered: ptr::null() }
    }

    fn remember(&mut self) {
        self.remembered = &raw const self.number;
    }

    /// Compares addresses; nothing is read through the remembered one.
    fn show(&self, when: &str) {
        let here = &raw const self.number;
        let verdict = if ptr::eq(here, self.remembered) { "still right" } else { "points elsewhere" };
        println!("{when:<22} number at {here:p}, remembered {:p}: {verdict}", self.remembered);
    }
}
// end: selfref

// anchor: main
/// Not inlined, so that the value is handed over in earnest.
#[allow(clippy::unnecessary_box_returns, reason = "the way to the heap is what is looked at")]
#[inline(never)]
fn moved(tracked: Tracked) -> Box<Tracked> {
    Box::new(tracked)
}

fn main() {
    let mut tracked = Tracked::new(7);
    tracked.remember();
    tracked.show("made on the stack");
    let boxed = moved(tracked);
    boxed.show("moved into a box");

    let mut boxed = boxed;
    boxed.remember();
    boxed.show("remembered again");
    let handed_on = boxed;
    handed_on.show("the box handed on");

    let mut list = Vec::with_capacity(1);
    list.push(Tracked::new(8));
    list[0].remember();
    list[0].show("in a vector");
    // Something behind it, or the vector might have room to grow where it lies.
    let _behind = Box::new([0_u8; 64]);
    list.reserve(1_000);
    list[0].show("the vector grew");
}
// end: main
