//! The learning path, drawn, and as a list. The drawing leads through by keys; the list says the same without scripts.

mod graph;
pub(super) mod walk;
mod words;
mod zoom;

use self::{
    walk::{Drawn, Step},
    zoom::Zoom,
};
use super::{awaited::awaited, guide::Guide, resume};
use crate::{
    engine::Manifest,
    markup::{Html, html},
    state::{documents, progress},
};
use course::{IndexArchive, PathArchive};
use leptos::{ev, prelude::*};
use protocol::Page;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgElement};

/// What the page is drawn from.
pub(super) struct Docs {
    pub path: PathArchive,
    pub index: IndexArchive,
}

impl Docs {
    /// The documents, if both are at hand.
    pub fn at_hand(manifest: &Manifest) -> Option<Self> {
        Some(Self { path: documents::at_hand(manifest)?, index: documents::at_hand(manifest)? })
    }

    /// The station where the reader was placed, if they were.
    pub fn start(&self, progress: &progress::Progress) -> Option<usize> {
        self.path.station(progress.placed.as_deref()?.split(' ').next()?)
    }
}

/// The page.
#[component]
pub fn Path() -> impl IntoView {
    awaited(Guide::Page(Page::Path), |manifest| Some(draw(Arc::new(Docs::at_hand(manifest)?))))
}

fn draw(docs: Arc<Docs>) -> AnyView {
    let zoom = RwSignal::new(Zoom::default());
    let start = Docs::start(&docs, &progress::now()).unwrap_or_default();
    let chosen = RwSignal::new(start);
    // What the Tab key reaches: where the arrows were last.
    let reached = StoredValue::new(start);
    let page = Page::Path;
    let head = format!("<h1>{}</h1><p class=\"lead\">{}</p>", page.title(), page.summary());
    let drawing = |drawn: Drawn| {
        let docs = Arc::clone(&docs);
        Signal::derive(move || {
            let progress = progress::now();
            let start = docs.start(&progress);
            graph::draw(&docs, &progress, drawn, zoom.get(), reached.get_value(), start)
        })
    };
    let [down, across] = Drawn::ALL.map(drawing);
    let list = derived(&docs, |docs, progress| words::list(docs, progress, docs.start(progress)));
    let resume = derived(&docs, resume::from_path);
    let of_panel = Arc::clone(&docs);
    let panel = Signal::derive(move || {
        let (progress, index) = (progress::now(), chosen.get());
        let title = of_panel.path.stations.get(index).map(words::title).unwrap_or_default();
        format!("<h2 id=\"station-title\">{title}</h2>{}", words::details(&of_panel, &progress, index, of_panel.start(&progress)))
    });
    let open = move |index: usize| {
        chosen.set(index);
        focus("station-panel");
    };
    let pressed = move |event: ev::MouseEvent| {
        if let Some((index, _)) = station_of(&event) {
            event.prevent_default();
            open(index);
        }
    };
    let of_keys = Arc::clone(&docs);
    let key = move |event: ev::KeyboardEvent| {
        let Some((from, drawn)) = station_of(&event) else { return };
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let Some(step) = Step::of_key(&event.key(), drawn) else { return };
        event.prevent_default();
        if let Some(to) = walk::step(&of_keys.path, drawn, from, step) {
            reached.set_value(to);
            move_focus(&of_keys, drawn, to);
        }
    };
    let leave = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            focus_station(&docs, chosen.get_untracked());
        }
    };
    let larger = move |_| zoom.update(|zoom| *zoom = zoom.larger().unwrap_or(*zoom));
    let smaller = move |_| zoom.update(|zoom| *zoom = zoom.smaller().unwrap_or(*zoom));
    view! {
        <div class="path-page">
            {html("path-head", head)}
            <Html class="resume" html=resume/>
            <section aria-labelledby="drawing-title">
                <h2 id="drawing-title" class="visually-hidden">"The path, drawn"</h2>
                <div class="path-tools">
                    <p class="faint">"The arrow keys go along the ways, Enter opens a station, Escape goes back to the drawing."</p>
                    <div class="row" role="group" aria-label="Size of the drawing">
                        <button type="button" data-action="zoom-out" disabled=move || zoom.get().smaller().is_none() on:click=smaller>"Smaller"</button>
                        <button type="button" data-action="zoom-in" disabled=move || zoom.get().larger().is_none() on:click=larger>"Larger"</button>
                        <span class="zoom-words" role="status">{move || zoom.get().words()}</span>
                    </div>
                </div>
                <div class="path-view" on:click=pressed on:keydown=key>
                    <Html class="drawing-down" html=down/>
                    <Html class="drawing-across" html=across/>
                </div>
                <section id="station-panel" class="station-panel" tabindex="-1" aria-labelledby="station-title" on:keydown=leave>
                    <Html class="station-words" html=panel/>
                </section>
            </section>
            <section aria-labelledby="list-title">
                <h2 id="list-title">"The same as a list"</h2>
                <Html class="station-list" html=list/>
            </section>
        </div>
    }
    .into_any()
}

/// A text of the documents and the progress, written anew when the progress changes.
fn derived(docs: &Arc<Docs>, words: fn(&Docs, &progress::Progress) -> String) -> Signal<String> {
    let docs = Arc::clone(docs);
    Signal::derive(move || words(&docs, &progress::now()))
}

/// The station that an event happened on, and in which drawing.
fn station_of(event: &ev::Event) -> Option<(usize, Drawn)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let station = target.closest("[data-station]").ok()??;
    let drawn = Drawn::ALL.into_iter().find(|drawn| station.id().starts_with(drawn.slug()))?;
    Some((station.get_attribute("data-station")?.parse().ok()?, drawn))
}

/// Makes a station of a drawing the one that has the focus and that the Tab key reaches.
fn move_focus(docs: &Docs, drawn: Drawn, to: usize) {
    for (index, station) in docs.path.stations.iter().enumerate() {
        let Some(element) = document().get_element_by_id(&format!("{}-{}", drawn.slug(), station.id)) else { continue };
        let _ = element.set_attribute("tabindex", if index == to { "0" } else { "-1" });
        if index == to
            && let Ok(element) = element.dyn_into::<SvgElement>()
        {
            // An element that refuses the focus is no reason to stop.
            let _ = element.focus();
        }
    }
}

/// The same in the drawing that is shown; the other has no box on the screen and refuses.
fn focus_station(docs: &Docs, to: usize) {
    for drawn in Drawn::ALL {
        move_focus(docs, drawn, to);
    }
}

fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
