//! Must not compile: a future is polled through a pin, so that it stays where it is from then on.

use std::task::{Context, Waker};

// anchor: poll_unpinned
fn main() {
    let mut future = async { 7 };
    let mut context = Context::from_waker(Waker::noop());
    let _answer = Future::poll(&mut future, &mut context);
}
// end: poll_unpinned
