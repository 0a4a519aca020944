//! Views that take turns: while the app takes a prerendered page over, each part is drawn in a task of its own, so that the browser can answer
//! the reader in between. At any other time a part is drawn at once. Nothing here may wait for a clock: a tab in the background waits too long.

use super::lazy::{lazy, moved, one_moves};
use crate::state::address::IN_BROWSER;
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, wasm_bindgen::JsValue};

thread_local! {
    /// Who waits, in order; none where nothing is being taken over.
    static WAITING: RefCell<Option<VecDeque<Rc<Place>>>> = const { RefCell::new(None) };
    /// What is done once the page stands.
    static IN_PLACE: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// A part of a view that is drawn when its turn has come.
pub fn later(draw: impl Fn() -> AnyView + 'static) -> AnyView {
    let draw = Rc::new(draw);
    lazy(move || {
        let draw = Rc::clone(&draw);
        async move {
            turn().await;
            Ok(draw())
        }
    })
}

/// Waits for a task of its own; ready at once where nothing is being taken over.
pub fn turn() -> impl Future<Output = ()> {
    let place = WAITING.with_borrow_mut(|waiting| {
        let waiting = waiting.as_mut()?;
        let place = Rc::new(Place::default());
        waiting.push_back(Rc::clone(&place));
        Some(place)
    });
    // Whoever gives turns may be waiting for somebody to ask for one.
    moved();
    Turn(place)
}

/// Runs `then` once what is drawn stands in the document: at once where nothing is being taken over. Whoever looks something up in the
/// document while it is drawn would find the prerendered page.
pub fn once_in_place(then: impl FnOnce() + 'static) {
    // Natively there is no document to stand in.
    if !IN_BROWSER {
        return;
    }
    if WAITING.with_borrow(Option::is_none) {
        return then();
    }
    let owner = Owner::current().unwrap_or_default();
    IN_PLACE.with_borrow_mut(|all| all.push(Box::new(move || owner.with(then))));
}

/// Whether a page is being taken over.
pub fn is_taking_over() -> bool {
    WAITING.with_borrow(Option::is_some)
}

/// Draws a page whose parts take turns, and puts it into the document when the last has had its own.
pub async fn in_turns<T>(draw: impl FnOnce(), put: impl FnOnce() -> T) -> T {
    WAITING.set(Some(VecDeque::new()));
    next_task().await;
    draw();
    loop {
        // What was called last is drawn by now: it ran before this task could.
        next_task().await;
        match WAITING.with_borrow_mut(|waiting| waiting.as_mut()?.pop_front()) {
            Some(place) => place.call(),
            // Nobody waits for a turn, but a part may still be on its way, fetched or not: without it, less would stand there than before.
            None => match one_moves() {
                Some(moves) => moves.await,
                None => break,
            },
        }
    }
    let put = put();
    WAITING.set(None);
    for then in IN_PLACE.take() {
        // The browser has just been given a whole page to lay out.
        next_task().await;
        then();
    }
    put
}

/// A place in the queue.
#[derive(Default)]
struct Place {
    called: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Place {
    fn call(&self) {
        self.called.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

struct Turn(Option<Rc<Place>>);

impl Future for Turn {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match &self.0 {
            Some(place) if !place.called.get() => {
                place.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    }
}

/// Lets this task end, and goes on in the next: a message to oneself is not held back as a timer would be.
pub async fn next_task() {
    let Ok(channel) = MessageChannel::new() else { return };
    let promise = js_sys::Promise::new(&mut |arrived, _| {
        channel.port1().set_onmessage(Some(&arrived));
        // A message that cannot be sent would keep the page waiting for ever.
        if channel.port2().post_message(&JsValue::NULL).is_err() {
            let _ = arrived.call0(&JsValue::NULL);
        }
    });
    // The promise is never refused.
    let _ = JsFuture::from(promise).await;
    channel.port1().close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_where_nothing_is_taken_over() {
        let mut turn = std::pin::pin!(turn());
        assert!(turn.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
    }

    #[test]
    fn whoever_waits_is_called_in_order_and_only_once_called() {
        WAITING.set(Some(VecDeque::new()));
        let (mut first, mut second) = (std::pin::pin!(turn()), std::pin::pin!(turn()));
        let mut context = Context::from_waker(Waker::noop());
        assert!(first.as_mut().poll(&mut context).is_pending() && second.as_mut().poll(&mut context).is_pending());
        let call = || WAITING.with_borrow_mut(|waiting| waiting.as_mut().unwrap().pop_front()).unwrap().call();
        call();
        assert!(first.as_mut().poll(&mut context).is_ready() && second.as_mut().poll(&mut context).is_pending());
        call();
        assert!(second.as_mut().poll(&mut context).is_ready());
        WAITING.set(None);
    }
}
