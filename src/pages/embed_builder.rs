//! The embed builder: what to paste, for the place one writes in, and how it will look. All it knows is in [`BuilderState`]; it fetches nothing
//! but the lab's recorded runs, for the picture and its words.

mod controls;
mod output;

use super::set_title;
use crate::{
    app::{Route, manifest},
    components::{later::turn, lazy::lazy},
    embed::{builder::BuilderState, choice::SiteAddress, picture::PictureData},
    labs::{
        picture_of,
        recordings::{Recordings, recordings},
    },
    markup::{dynamic, html},
    pieces,
    state::address::IN_BROWSER,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use protocol::LabId;
use wasm_bindgen::JsValue;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Shared {
    state: RwSignal<BuilderState>,
    /// Where the site stands now.
    here: Signal<SiteAddress>,
    /// Where readers know it, which may be elsewhere.
    known: Signal<SiteAddress>,
    /// The picture of what the frame shows first, once it is known.
    picture: Memo<Option<PictureData>>,
}

/// `/embed/`, fetched on need.
#[component]
pub fn EmbedBuilderPage() -> impl IntoView {
    set_title("Embed a lab");
    lazy(|| async {
        turn().await;
        pieces::embed_builder().await
    })
}

/// The page itself.
#[component]
pub fn EmbedBuilder() -> impl IntoView {
    let location = use_location();
    // No server is ever told what stands behind `#`, and the router complains to whoever prerenders and asks.
    let hash = move || if IN_BROWSER { location.hash.get() } else { String::new() };
    let read = move || BuilderState::of_address(&location.search.get(), &hash());
    let (start, damage) = match untrack(read) {
        Ok(start) => (start, None),
        Err((start, damage)) => (*start, Some(damage)),
    };
    let state = RwSignal::new(start);
    // Another link to this page, or the way back: a new state. The first one is in place already.
    Effect::new(move |before: Option<()>| {
        let now = read().unwrap_or_else(|(state, _)| *state);
        if before.is_some() {
            state.set(now);
        }
    });
    Effect::new(move |_| state.with(show_in_address));
    let lab = Memo::new(move |_| state.with(|state| state.choice.lab));
    let recorded = recorded_of(lab);
    let (here, known) = (site_here(), site_known());
    let picture = Memo::new(move |_| {
        state.with(|state| {
            let site = state.public_site(&known.get()).ok()?;
            recorded.with(|recorded| picture_of(state.choice.lab, &state.choice.shown_state(), recorded, site.printed()))
        })
    });
    let shared = Shared { state, here, known, picture };
    let note = damage.map(|_| {
        html(
            "link-note",
            "<p role=\"status\">The lab’s state in this address is damaged; this is the lab as it starts.</p>".to_owned(),
        )
    });
    view! {
        <div class="embed-builder">
            <p class="eyebrow">"Embed a lab"</p>
            <h1>"Put a lab into your own page"</h1>
            <p class="lead">"A lab runs inside a frame on your reader’s own machine. It needs no account and asks no other host for anything."</p>
            {note}
            {controls::controls(shared)}
            {output::paste(shared)}
            {output::previews(shared)}
        </div>
    }
}

/// The recorded runs of the chosen lab.
fn recorded_of(lab: Memo<LabId>) -> Signal<Recordings> {
    let current = RwSignal::new(None);
    Effect::new(move |_| current.set(Some(recordings(lab.get()))));
    Signal::derive(move || current.get().and_then(|found: ReadSignal<Recordings>| found.try_get()).unwrap_or_default())
}

/// Where the site stands: its root's address, as the page's own module tells it.
fn site_here() -> Signal<SiteAddress> {
    let root = manifest().map(|manifest| manifest.address("")).unwrap_or_default();
    Signal::stored(SiteAddress::parse(&root).unwrap_or_default())
}

/// Where readers know the site: as the speaker set it, else as the build was told, else where it stands.
fn site_known() -> Signal<SiteAddress> {
    let root = manifest().map(|manifest| manifest.public_address(&Route::Home)).unwrap_or_default();
    Signal::stored(SiteAddress::parse(&root).unwrap_or_default())
}

/// Puts the state into the address, without a new entry in the history.
fn show_in_address(state: &BuilderState) {
    let (query, fragment) = state.to_address();
    let mut address = window().location().pathname().unwrap_or_default();
    for (mark, part) in [('?', query), ('#', fragment)] {
        if !part.is_empty() {
            address.push(mark);
            address.push_str(&part);
        }
    }
    // In a sandboxed frame the history is denied; the page works on without it.
    let _ = window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
}

/// A part of the page under its heading.
fn section(id: &'static str, title: &'static str, content: AnyView) -> AnyView {
    view! { <section aria-labelledby=id><h2 id=id>{title}</h2>{content}</section> }.into_any()
}

/// A view that is drawn anew, with its closure's type erased.
fn drawn(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    dynamic(view).into_any()
}
