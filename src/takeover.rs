//! How the app takes a prerendered page over: everything that the page needs is fetched first, then the app's view replaces the static one
//! within one frame. It must never leave the reader with less than what stood there.

use crate::{
    app::{App, Route},
    components::{
        chrome::scroll_to_fragment,
        later::{in_turns, next_task},
    },
    engine::Manifest,
    labs::recordings,
    pieces,
    state::lessons,
};
use course::folder_form;
use leptos::prelude::*;
use protocol::LabId;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The element of an `index.html` that holds what was prerendered.
const STATIC: &str = "prerendered";

/// Starts the app in the page that carries this manifest, or, without one, says what is missing.
pub async fn start(manifest: Option<Manifest>) {
    // The Wasm has just been made ready, in this very task.
    next_task().await;
    let base = manifest.as_ref().map(Manifest::base_path).unwrap_or_default();
    let path = window().location().pathname().unwrap_or_default();
    let at = path.strip_prefix(base.as_str()).and_then(Route::of_path);
    if let (Some(manifest), Some(route)) = (&manifest, &at) {
        fetch_what_it_shows(manifest, route).await;
    }
    let manifest = manifest.map(Arc::new);
    let focused = focused_link();
    let Ok(fresh) = document().create_element("div") else { return };
    let fresh: HtmlElement = fresh.unchecked_into();
    let place = fresh.clone();
    let draw = move || mount_to(place, move || view! { <App manifest base at/> }).forget();
    let (pressed, unseen) = in_turns(draw, || {
        let unseen = Unseen::hide(&fresh);
        (put_in_place(&fresh), unseen)
    })
    .await;
    unseen.lay_out().await;
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-app", "ready");
    }
    if let Some(button) = pressed.and_then(nth_button) {
        button.click();
    }
    if let Some(selector) = focused
        && let Ok(Some(link)) = document().query_selector(&selector)
        && let Ok(link) = link.dyn_into::<HtmlElement>()
    {
        // The reader stays where they were; an element that refuses is no reason to stop.
        let _ = link.focus();
    }
}

/// Puts the drawn page where the static one stood, within one task, and gives back which of its buttons was pressed, if one was.
fn put_in_place(fresh: &HtmlElement) -> Option<u32> {
    let old = document().get_element_by_id(STATIC);
    if let Some(old) = &old {
        old.remove();
    }
    if let Some(body) = document().body() {
        while let Some(child) = fresh.first_child() {
            // Only a node that would hold the body itself is refused.
            let _ = body.append_child(&child);
        }
    }
    let Some(old) = old else {
        // Nothing stood here that the browser could have scrolled to.
        scroll_to_fragment();
        return None;
    };
    old.get_attribute("data-pressed")?.parse().ok()
}

/// The sections of a lesson that the reader does not see. All of a long lesson laid out in one task held a phone up for a tenth of a second; so each of
/// these is laid out in a task of its own, and meanwhile takes the room that its static counterpart took. Nothing shifts, since no margin of a
/// section collapses with another's: each is a `flow-root`.
struct Unseen(Vec<HtmlElement>);

impl Unseen {
    /// Hides them in the drawn page, as long as the static one still tells how tall they are. On a stage, which measures all at once, none is.
    fn hide(fresh: &HtmlElement) -> Self {
        let is_stage = document().document_element().is_some_and(|root| root.has_attribute("data-waiting"));
        let Some(old) = document().get_element_by_id(STATIC).filter(|_| !is_stage) else { return Self(Vec::new()) };
        let window_height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let rects = sections(&old).into_iter().map(|section| section.get_bounding_client_rect());
        let unseen = rects.zip(sections(fresh)).filter(|(rect, _)| rect.top() > window_height || rect.bottom() < 0.0);
        Self(unseen.map(|(rect, section)| hidden(section, rect.height())).collect())
    }

    /// Lays them out, the upper ones first.
    async fn lay_out(self) {
        for section in self.0 {
            next_task().await;
            for property in HIDDEN {
                let _ = section.style().remove_property(property);
            }
            // To be asked for its height, a section must be laid out.
            let _ = section.offset_height();
        }
    }
}

/// What hides a section and keeps its room.
const HIDDEN: [&str; 2] = ["content-visibility", "contain-intrinsic-height"];

/// The section, hidden, with room for so many CSS pixels of height.
fn hidden(section: HtmlElement, height: f64) -> HtmlElement {
    for (property, value) in HIDDEN.into_iter().zip(["hidden".to_owned(), format!("{height}px")]) {
        // A browser that knows no such property lays the section out at once.
        let _ = section.style().set_property(property, &value);
    }
    section
}

fn sections(page: &Element) -> Vec<HtmlElement> {
    let Ok(found) = page.query_selector_all(".lesson > section") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Has at hand what a route shows. What does not arrive the route itself complains about.
async fn fetch_what_it_shows(manifest: &Manifest, route: &Route) {
    let Ok(index) = lessons::index(manifest).await else { return };
    let labs: Vec<LabId> = match route {
        Route::Lab(lab) => vec![*lab],
        Route::Embed { lab, .. } => {
            let _ = pieces::fetch_embed().await;
            next_task().await;
            vec![*lab]
        }
        Route::Lesson { pillar, lesson } => {
            let slug = folder_form(lesson);
            let _ = lessons::lesson(manifest, pillar, &slug).await;
            let entry = index.lesson(pillar, &slug);
            entry.map(|entry| entry.labs.iter().filter_map(|lab| LabId::from_slug(lab)).collect()).unwrap_or_default()
        }
        Route::EmbedBuilder => {
            let _ = pieces::fetch_embed_builder().await;
            Vec::new()
        }
        Route::EmbedClaim(_) | Route::Page(_) | Route::Pillar(_) => {
            let _ = pieces::fetch_guide().await;
            if let Some(guide) = route.guide() {
                guide.fetch(manifest).await;
            }
            Vec::new()
        }
        Route::Home => Vec::new(),
    };
    for lab in labs {
        let _ = pieces::fetch_lab(lab).await;
        // A piece is made ready in the task in which it has come.
        next_task().await;
        recordings::fetch(manifest, lab).await;
    }
}

/// The button that stands where the static page had its `index`-th.
fn nth_button(index: u32) -> Option<HtmlElement> {
    let buttons = document().query_selector_all("button").ok()?;
    buttons.item(index)?.dyn_into().ok()
}

/// A selector of the link that has the focus in the static page, if one has.
fn focused_link() -> Option<String> {
    let active = document().active_element()?;
    let address = active.get_attribute("href")?;
    // Static links are relative; the app's begin with the site's path. Both end alike.
    let end = address.trim_start_matches("../").trim_start_matches("./");
    let safe = !end.is_empty() && end.chars().all(|letter| letter.is_ascii_alphanumeric() || "/#-_".contains(letter));
    safe.then(|| format!("#content a[href$=\"{end}\"], header a[href$=\"{end}\"]"))
}
