//! A future holds its local variables, also those that are borrowed across an `await`: so it points into itself.
//!
//! Shown by the lesson `memory/pin`.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

// anchor: future
/// Ready at the second poll: a pause, as at every `await` that has to wait.
#[derive(Default)]
struct Pause {
    has_paused: bool,
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.has_paused, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// `part` points into `text`, and both are kept in the future while it pauses.
async fn shout() -> usize {
    let text = String::from("kept across a pause");
    let letters = [b'a'; 64];
    let part = &letters[..16];
    Pause::default().await;
    text.len() + part.len()
}
// end: future

// anchor: unpin
/// Takes only what may be moved even when it is pinned.
fn movable<T: Unpin>(value: T) -> T {
    value
}

fn kept() -> (u64, Vec<String>, Box<Pause>) {
    (movable(7), movable(vec!["text".to_owned()]), movable(Box::default()))
}
// end: unpin

// anchor: boxed
/// A pinned box is itself no pinned value: the box may move, what lies in it stays.
fn boxed() -> Pin<Box<impl Future<Output = usize>>> {
    movable(Box::pin(shout()))
}
// end: boxed

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: poll
    #[test]
    fn it_is_polled_where_it_was_pinned() {
        let mut future = pin!(shout());
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(future.as_mut().poll(&mut context), Poll::Pending);
        assert_eq!(future.as_mut().poll(&mut context), Poll::Ready(35));
    }
    // end: poll

    #[test]
    fn a_future_is_as_large_as_what_it_keeps() {
        assert!(size_of_val(&shout()) >= 64, "the letters lie in it");
        let mut context = Context::from_waker(Waker::noop());
        let mut future = boxed();
        assert!(future.as_mut().poll(&mut context).is_pending());
        assert_eq!(kept().0, 7);
    }
}
