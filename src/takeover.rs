//! How the app takes a prerendered page over: everything that the page needs is fetched first, then the app's view replaces the static one
//! within one frame. It must never leave the reader with less than what stood there.

mod at_hand;
mod left;
mod unseen;

use self::{left::Left, unseen::Unseen};
use crate::{
    app::{App, Route},
    components::{
        chrome::scroll_to_fragment,
        later::{in_turns, next_task},
        lazy::ABSENT,
    },
    engine::Manifest,
};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, NodeList};

/// The element of an `index.html` that holds what was prerendered.
const STATIC: &str = "prerendered";

/// Starts the app. Without a manifest in the page it says what is missing.
pub async fn start() {
    // The Wasm has just been made ready, in this very task.
    next_task().await;
    let manifest = Manifest::of_page()
        .inspect_err(|reason| leptos::logging::error!("Ferroscope runs without labs and lessons: {reason}"))
        .ok();
    let base = manifest.as_ref().map(Manifest::base_path).unwrap_or_default();
    let path = window().location().pathname().unwrap_or_default();
    let at = path.strip_prefix(base.as_str()).and_then(Route::of_path);
    if let (Some(manifest), Some(route)) = (&manifest, &at) {
        at_hand::wait(manifest, route).await;
    }
    let manifest = manifest.map(Arc::new);
    let Ok(fresh) = document().create_element("div") else { return };
    let fresh: HtmlElement = fresh.unchecked_into();
    let place = fresh.clone();
    let draw = move || mount_to(place, move || view! { <App manifest base at/> }).forget();
    let Some((unseen, left)) = in_turns(draw, || put_in_place(&fresh)).await else { return };
    unseen.lay_out().await;
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-app", "ready");
    }
    if let (Some(left), Some(body)) = (left, document().body()) {
        left.press(&body);
    }
}

/// Puts the drawn page where the static one stood, within one task. It gives back what is still to be laid out, and what the reader left; nothing if a
/// part of the page is missing in spite of all: then the static one stays, and says so.
fn put_in_place(fresh: &HtmlElement) -> Option<(Unseen, Option<Left>)> {
    let old = document().get_element_by_id(STATIC);
    if let Some(old) = &old
        && fresh.query_selector(&format!(".{ABSENT}")).is_ok_and(|absent| absent.is_some())
    {
        at_hand::tell(old, "reload");
        return None;
    }
    let unseen = Unseen::hide(fresh);
    let left = old.as_ref().map(Left::of);
    if let Some(old) = &old {
        old.remove();
    }
    if let Some(body) = document().body() {
        while let Some(child) = fresh.first_child() {
            // Only a node that would hold the body itself is refused.
            let _ = body.append_child(&child);
        }
        if let Some(left) = &left {
            left.give(&body);
        }
    }
    if old.is_none() {
        // Nothing stood here that the browser could have scrolled to.
        scroll_to_fragment();
    }
    Some((unseen, left))
}

/// What a query found, as elements of a type that they are of.
fn elements<T: JsCast>(found: &NodeList) -> impl Iterator<Item = T> {
    let found = found.clone();
    (0..found.length()).filter_map(move |at| found.item(at)?.dyn_into().ok())
}
