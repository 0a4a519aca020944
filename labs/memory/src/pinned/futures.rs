//! The future that the contenders keep: once as the compiler writes it, once by hand. It must never be ready at its first poll.

use pin_project_lite::pin_project;
use std::cell::Cell;
use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

// anchor: written-for-us
/// Adds a value to the total behind a pause, over which it holds a borrow of its own local variable.
pub(super) async fn add<const KEPT: usize>(total: &Cell<u64>, value: u64) {
    let numbers = [value; KEPT];
    let borrowed = black_box(&numbers);
    Pause::default().await;
    total.set(total.get().wrapping_add(borrowed[KEPT - 1]));
}
// end: written-for-us

// anchor: by-hand
pin_project! {
    /// The same by hand. It needs no borrow of itself: it knows where its numbers are. Only the pause is pinned with it.
    pub(super) struct Adding<'a, Numbers> {
        #[pin]
        pause: Pause,
        numbers: Numbers,
        total: &'a Cell<u64>,
    }
}

impl<Numbers: AsRef<[u64]>> Future for Adding<'_, Numbers> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        ready!(this.pause.poll(context));
        let last = black_box(this.numbers.as_ref()).last().copied().unwrap_or(0);
        this.total.set(this.total.get().wrapping_add(last));
        Poll::Ready(())
    }
}
// end: by-hand

impl<'a, Numbers> Adding<'a, Numbers> {
    /// The future in its first state.
    pub(super) fn new(numbers: Numbers, total: &'a Cell<u64>) -> Self {
        Self { pause: Pause::default(), numbers, total }
    }
}

/// Ready at the second poll: a pause, as at every `await` that has to wait.
#[derive(Default)]
pub(super) struct Pause {
    has_paused: bool,
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.has_paused, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Polls to the end. Compiled by itself for each kind of future, so that no contender's polls are seen through from where it was made.
#[inline(never)]
pub(super) fn drive<F: Future<Output = ()> + ?Sized>(mut future: Pin<&mut F>) {
    let mut context = Context::from_waker(Waker::noop());
    while future.as_mut().poll(&mut context).is_pending() {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;

    #[test]
    fn both_pause_once() {
        let total = Cell::new(0);
        let mut context = Context::from_waker(Waker::noop());
        let mut written = pin!(add::<4>(&total, 5));
        let mut by_hand = pin!(Adding::new([6; 4], &total));
        assert!(written.as_mut().poll(&mut context).is_pending());
        assert!(by_hand.as_mut().poll(&mut context).is_pending());
        assert_eq!(total.get(), 0);
        assert!(written.poll(&mut context).is_ready());
        assert!(by_hand.poll(&mut context).is_ready());
        assert_eq!(total.get(), 11);
    }
}
