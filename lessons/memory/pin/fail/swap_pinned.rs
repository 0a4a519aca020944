//! Must not compile: to swap is to move both, and a pinned value gives no `&mut` to swap with.

use std::marker::PhantomPinned;
use std::pin::pin;

// anchor: swap_pinned
struct Stays {
    number: u64,
    _must_stay: PhantomPinned,
}

fn main() {
    let one = pin!(Stays { number: 1, _must_stay: PhantomPinned });
    let two = pin!(Stays { number: 2, _must_stay: PhantomPinned });
    std::mem::swap(&mut *one, &mut *two);
    println!("{} {}", one.number, two.number);
}
// end: swap_pinned
