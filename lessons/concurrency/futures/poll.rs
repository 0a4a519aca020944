//! A future, polled by hand: what a runtime does, without the runtime.
//!
//! Shown by the lesson `concurrency/futures`. It must never sleep or park: each test counts polls, and ends.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Wake, Waker};

// anchor: countdown
/// Not ready for its first polls, then ready with the number of polls that it took.
pub struct Countdown {
    left: u32,
    polls: u32,
}

impl Future for Countdown {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u32> {
        self.polls += 1;
        if self.left == 0 {
            return Poll::Ready(self.polls);
        }
        self.left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
// end: countdown

impl Countdown {
    /// Not ready for the first `pending` polls.
    #[must_use]
    pub const fn of(pending: u32) -> Self {
        Self { left: pending, polls: 0 }
    }
}

// anchor: bell
/// The least that a waker can be: it counts how often it was rung.
#[derive(Default)]
pub struct Bell(AtomicU32);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}
// end: bell

// anchor: run
/// Nobody rang the bell, and nobody is left who could: the future would never be polled again.
#[derive(Debug, PartialEq, Eq)]
pub struct Asleep {
    /// How often it was polled before.
    pub polls: u32,
}

/// Polls a future until it is ready, but only after its waker was rung.
///
/// # Errors
/// [`Asleep`]: it is not ready, and did not ask to be polled again.
pub fn run<F: Future>(future: F) -> Result<F::Output, Asleep> {
    let mut future = pin!(future);
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut context = Context::from_waker(&waker);
    let mut polls = 0;
    loop {
        polls += 1;
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
        if bell.0.swap(0, Ordering::Relaxed) == 0 {
            return Err(Asleep { polls });
        }
    }
}
// end: run

// anchor: forgetful
/// Says “not yet”, and tells nobody when to ask again.
pub struct Forgetful;

impl Future for Forgetful {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}
// end: forgetful

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    // anchor: lazy
    #[test]
    fn a_future_does_nothing_until_it_is_polled() {
        let calls = Cell::new(0);
        let work = async { calls.set(calls.get() + 1) };
        assert_eq!(calls.get(), 0);
        run(work).unwrap();
        assert_eq!(calls.get(), 1);
    }

    #[test]
    fn a_dropped_future_never_did_anything() {
        let calls = Cell::new(0);
        drop(async { calls.set(calls.get() + 1) });
        assert_eq!(calls.get(), 0);
    }
    // end: lazy

    // anchor: by_hand
    #[test]
    fn three_times_pending_takes_four_polls() {
        let bell = Arc::new(Bell::default());
        let waker = Waker::from(Arc::clone(&bell));
        let mut context = Context::from_waker(&waker);
        let mut future = pin!(Countdown::of(3));
        for rung in 1..=3 {
            assert_eq!(future.as_mut().poll(&mut context), Poll::Pending);
            assert_eq!(bell.0.load(Ordering::Relaxed), rung);
        }
        assert_eq!(future.as_mut().poll(&mut context), Poll::Ready(4));
    }
    // end: by_hand

    #[test]
    fn the_runner_polls_as_often_as_it_is_asked_to() {
        assert_eq!(run(Countdown::of(0)), Ok(1));
        assert_eq!(run(Countdown::of(3)), Ok(4));
        assert_eq!(run(async { Countdown::of(3).await + Countdown::of(1).await }), Ok(6));
    }

    // anchor: asleep
    #[test]
    fn who_does_not_ring_is_not_polled_again() {
        assert_eq!(run(Forgetful), Err(Asleep { polls: 1 }));
        assert_eq!(run(async { (Countdown::of(3).await, Forgetful.await) }), Err(Asleep { polls: 4 }));
    }
    // end: asleep
}
