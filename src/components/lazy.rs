//! A view that is fetched on need: drawn at once where it is in memory, else when it has come. It must never leave an empty place without a word.

use crate::markup::html;
use leptos::{prelude::*, reactive::computed::ScopedFuture};
use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

/// A piece of the page that did not arrive.
pub use leptos::wasm_split::SplitLoaderError as NotArrived;

type Drawn = Result<AnyView, NotArrived>;
type Coming = Pin<Box<dyn Future<Output = Drawn>>>;

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
        leptos::task::spawn_local(async move {
            let shown = coming.await.map_or(Shown::Failed, |view| Shown::Here(RefCell::new(Some(view))));
            // The reader may have gone elsewhere meanwhile.
            let _ = set_shown.try_set(Rc::new(shown));
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
            <div class="failure" role="alert">
                <p>"This part of the page did not arrive. Check the connection."</p>
                <button type="button" on:click=retry>"Try again"</button>
            </div>
        }
        .into_any()
    };
    (move || match &*shown.get() {
        Shown::Coming => html("loading", "<p role=\"status\">Fetching this part of the page.</p>".to_owned()),
        Shown::Failed => failed(),
        Shown::Here(view) => view.borrow_mut().take().into_any(),
    })
    .into_any()
}
