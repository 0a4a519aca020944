//! Whether the site works without a network, in words, at the foot of every page; and the button where there is something to decide.

use crate::{
    app::manifest,
    engine::{Keeper, Offer, Offline},
    markup::dynamic,
};
use leptos::prelude::*;
use std::rc::Rc;

/// The state and its button. What it says stands in `data-offline` as well, for tests.
#[component]
pub fn OfflineState() -> impl IntoView {
    let state = RwSignal::new(Offline::default());
    let keeper = StoredValue::new_local(None::<Rc<Keeper>>);
    let manifest = manifest();
    // In the browser alone: the page is also drawn where there is none.
    Effect::new(move |_| match &manifest {
        Some(manifest) => keeper.set_value(Keeper::start(manifest, state)),
        None => state.set(Offline::Unsupported),
    });
    let slug = dynamic(move || state.with(Offline::slug));
    // Only what asks for a decision is announced; that files come in is nobody's interruption.
    let announced =
        Signal::derive(move || state.with(|state| if state.offer().is_some() { state.words() } else { String::new() }));
    let quiet = Signal::derive(move || state.with(|state| if state.offer().is_some() { String::new() } else { state.words() }));
    let label = dynamic(move || state.with(|state| state.offer().map(Offer::label)));
    let hidden = dynamic(move || state.with(|state| state.offer().is_none()));
    let press = move |_| {
        keeper.with_value(|keeper| {
            if let Some(keeper) = keeper {
                keeper.press();
            }
        });
    };
    view! {
        <p class="offline" data-offline=slug>
            <span>{quiet}</span>
            <span role="status">{announced}</span>
            <button type="button" class="quiet" data-action="offline" hidden=hidden on:click=press>{label}</button>
        </p>
    }
}
