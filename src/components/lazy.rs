//! A view that is fetched on need: drawn at once where it is in memory, else when it has come. It must never leave an empty place without a word.

use crate::markup::html;
use leptos::{prelude::*, reactive::computed::ScopedFuture};
use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

/// A piece of the page that did not arrive.
pub use leptos::wasm_split::SplitLoaderError as NotArrived;

/// A class of whatever stands for a part of the page that is missing: still on its way, or lost. No page is taken over by one that has it.
pub const ABSENT: &str = "absent";

type Drawn = Result<AnyView, NotArrived>;
type Coming = Pin<Box<dyn Future<Output = Drawn>>>;

thread_local! {
    /// How many views are on their way.
    static COMING: Cell<u32> = const { Cell::new(0) };
    /// How often one of them moved on.
    static MOVED: Cell<u64> = const { Cell::new(0) };
    /// Who waits for that.
    static WAITS: RefCell<Option<Waker>> = const { RefCell::new(None) };
}

/// One view on its way, for as long as this lives.
struct OnItsWay;

impl OnItsWay {
    fn new() -> Self {
        COMING.set(COMING.get() + 1);
        Self
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        COMING.set(COMING.get().saturating_sub(1));
        moved();
    }
}

/// Tells who waits that a view has ended, or waits for something else now.
pub(super) fn moved() {
    MOVED.set(MOVED.get() + 1);
    if let Some(waker) = WAITS.take() {
        waker.wake();
    }
}

/// Waits until a view that is on its way has moved on; none if there is none.
pub(super) fn one_moves() -> Option<impl Future<Output = ()>> {
    let before = MOVED.get();
    (COMING.get() > 0).then(|| {
        std::future::poll_fn(move |context| {
            if MOVED.get() != before {
                return Poll::Ready(());
            }
            WAITS.replace(Some(context.waker().clone()));
            Poll::Pending
        })
    })
}

/// Where a view stands on its way.
enum Shown {
    Coming,
    Failed,
    /// A view can be placed once: whoever shows it takes it out.
    Here(RefCell<Option<AnyView>>),
}

/// Shows what `draw` gives, which may have to be fetched first. Where it does not arrive, the reader may try again.
pub fn lazy<F>(draw: impl Fn() -> F + 'static) -> AnyView
where
    F: Future<Output = Drawn> + 'static,
{
    let start = move || -> Coming { Box::pin(ScopedFuture::new_untracked(draw())) };
    let mut first = start();
    // When pages are prerendered, and wherever the piece has come before, there is nothing to wait for.
    match first.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => view,
        Poll::Ready(Err(_)) => wait(Box::new(start), None),
        Poll::Pending => wait(Box::new(start), Some(first)),
    }
}

fn wait(start: Box<dyn Fn() -> Coming>, first: Option<Coming>) -> AnyView {
    let (shown, set_shown) = signal_local(Rc::new(Shown::Failed));
    let follow = move |coming: Coming| {
        set_shown.set(Rc::new(Shown::Coming));
        let on_its_way = OnItsWay::new();
        leptos::task::spawn_local(async move {
            let shown = coming.await.map_or(Shown::Failed, |view| Shown::Here(RefCell::new(Some(view))));
            // The reader may have gone elsewhere meanwhile.
            let _ = set_shown.try_set(Rc::new(shown));
            drop(on_its_way);
        });
    };
    if let Some(first) = first {
        follow(first);
    }
    let owner = Owner::current().unwrap_or_default();
    let start = StoredValue::new_local(start);
    let retry = move |_| owner.with(|| start.with_value(|start| follow(start())));
    let failed = move || {
        let retry = retry.clone();
        view! {
            <div class="failure absent" role="alert">
                <p>"This part of the page did not arrive. Check the connection."</p>
                <button type="button" on:click=retry>"Try again"</button>
            </div>
        }
        .into_any()
    };
    (move || match &*shown.get() {
        Shown::Coming => html("loading absent", "<p role=\"status\">Fetching this part of the page.</p>".to_owned()),
        Shown::Failed => failed(),
        Shown::Here(view) => view.borrow_mut().take().into_any(),
    })
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_hears_of_the_next_view_that_moves_on() {
        let mut context = Context::from_waker(Waker::noop());
        assert!(one_moves().is_none());
        let one = OnItsWay::new();
        let mut waits = std::pin::pin!(one_moves().unwrap());
        assert!(waits.as_mut().poll(&mut context).is_pending());
        // It ends, and what it drew waits in its place: as many are on their way as before.
        drop(one);
        let other = OnItsWay::new();
        assert!(waits.poll(&mut context).is_ready());
        let mut waits = std::pin::pin!(one_moves().unwrap());
        assert!(waits.as_mut().poll(&mut context).is_pending());
        moved();
        assert!(waits.poll(&mut context).is_ready());
        drop(other);
        assert!(one_moves().is_none());
    }
}
