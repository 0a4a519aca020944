//! The way in: the header's button, the key `/`, and Escape for the cards of terms. It is part of the main piece, so it must stay small.

use crate::{
    app::Site,
    pieces,
    state::settings::{SearchKey, load_search_key},
};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Where typing a letter means that letter.
const FIELDS: &str = "input, select, textarea, [contenteditable]";

/// The place of a term whose card is open.
const OPEN_CARD: &str = ".term-place:is(:hover, :focus-within):not([data-dismissed])";

/// Opens the search.
#[component]
pub fn SearchButton() -> impl IntoView {
    let site = use_context::<Site>();
    let missing = RwSignal::new("Search");
    let open = move || {
        let Some(site) = site.clone() else { return };
        leptos::task::spawn_local(async move {
            missing.set(if pieces::search(site).await.is_ok() { "Search" } else { "Search did not arrive: try again" });
        });
    };
    let press = open.clone();
    Effect::new(move |_| {
        let open = open.clone();
        let listener = window_event_listener(ev::keydown, move |event| match event.key().as_str() {
            "/" if is_asked(&event) => {
                event.prevent_default();
                open();
            }
            "Escape" => dismiss_card(),
            _ => {}
        });
        on_cleanup(move || listener.remove());
    });
    view! { <button type="button" class="quiet" data-action="search" aria-haspopup="dialog" on:click=move |_| press()>{missing}</button> }
}

/// Whether the key was meant for the search: alone, not while something is typed, not on a stage, and not switched off.
fn is_asked(event: &KeyboardEvent) -> bool {
    let is_typing = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.matches(FIELDS).unwrap_or(true));
    // A dialog or a stage that is open keeps its own keys.
    let is_covered =
        || document().query_selector("dialog[open], [data-stage], [data-speaker]").is_ok_and(|found| found.is_some());
    let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    !(event.default_prevented() || has_modifier || is_typing || is_covered()) && load_search_key() == SearchKey::On
}

/// Closes the open card of a term until the pointer or the focus has left the term.
fn dismiss_card() {
    let Some(place) = document().query_selector(OPEN_CARD).ok().flatten().and_then(|place| place.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let mark = "data-dismissed";
    let _ = place.set_attribute(mark, "");
    let left = {
        let place = place.clone();
        Closure::<dyn Fn()>::new(move || {
            let _ = place.remove_attribute(mark);
        })
    };
    // Kept: it may be called by either event, and a term is dismissed now and then at most.
    let left: JsValue = left.into_js_value();
    for event in ["mouseleave", "focusout"] {
        let _ = place.add_event_listener_with_callback(event, left.unchecked_ref());
    }
}
