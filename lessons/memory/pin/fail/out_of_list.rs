//! Must not compile: a value that is not `Unpin` would be moved out of its pinned box.

use std::marker::PhantomPinned;
use std::pin::Pin;

// anchor: out_of_list
struct Staying {
    _must_stay: PhantomPinned,
}

fn out_of(mut list: Vec<Pin<Box<Staying>>>) -> Staying {
    *list.swap_remove(0)
}
// end: out_of_list

fn main() {}
