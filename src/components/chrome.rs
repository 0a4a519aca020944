//! What surrounds every page: its head and its foot.

use crate::{
    app::{Route, href, manifest},
    components::{later::is_taking_over, offline::OfflineState},
    markup::{all, dynamic, escaped, html},
    search::door::SearchButton,
    state::settings::{Theme, apply_theme, load_theme},
};
use js_sys::{Function, Object, Reflect};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use protocol::{LabId, Page};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The site's name, its places, and the theme.
#[component]
pub fn Header() -> impl IntoView {
    let theme = RwSignal::new(load_theme());
    Effect::new(move |_| apply_theme(theme.get()));
    let label = dynamic(move || match theme.get() {
        Theme::Auto => "Theme: auto",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    });
    let (home, budget) = (href(&Route::Home), href(&Route::Lab(LabId::LatencyBudget)));
    let (path, audit) = (href(&Route::Page(Page::Path)), href(&Route::Page(Page::Audit)));
    let places = format!(
        "<a class=\"wordmark\" href=\"{home}\">Ferroscope</a><nav aria-label=\"Site\"><a href=\"{home}#pillars\">Lessons</a>\
         <a href=\"{home}#labs\">Labs</a><a href=\"{budget}\">Budget</a><a href=\"{path}\">Path</a><a href=\"{audit}\">Audit</a></nav>"
    );
    view! {
        <header class="site-header">
            {html("places", places)}
            <SearchButton/>
            <button type="button" class="quiet theme" on:click=move |_| theme.update(|theme| *theme = theme.next())>{label}</button>
        </header>
    }
}

/// The first thing the Tab key reaches. The router would take a plain link for a change of address, and a lab's state lives there.
#[component]
pub fn SkipLink() -> impl IntoView {
    let skip = |event: ev::MouseEvent| {
        event.prevent_default();
        focus_content();
    };
    view! { <a class="skip" href="#content" on:click=skip>"Skip to the content"</a> }
}

/// Moves the focus to the content when the reader goes to another page, as loading a page would.
#[component]
pub fn FocusOnNavigation() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now)
            && let Some(content) = content()
        {
            // Where to scroll to is the router's business, and the browser's where the reader goes back.
            focus_in_place(&content);
        }
        now
    });
}

fn focus_content() {
    if let Some(content) = content() {
        // An element that cannot be focused is no reason to stop.
        let _ = content.focus();
    }
}

fn content() -> Option<HtmlElement> {
    document().get_element_by_id("content")?.dyn_into().ok()
}

/// Gives an element the focus and scrolls nowhere. An element that refuses is no reason to stop.
pub fn focus_in_place(element: &HtmlElement) {
    // web-sys' own options would be one more type; this is one property.
    let options = Object::new();
    let _ = Reflect::set(&options, &"preventScroll".into(), &true.into());
    if let Ok(focus) = Reflect::get(element, &"focus".into()).and_then(JsCast::dyn_into::<Function>) {
        let _ = focus.call1(element, &options);
    }
}

/// Leads to the place that the address names; where a page is being taken over, the reader has been there and stays where they are.
pub fn lead_to_fragment() {
    if !is_taking_over() {
        Effect::new(|_| scroll_to_fragment());
    }
}

/// Brings the place that the address names into view, once what is drawn now stands in the page.
pub fn scroll_to_fragment() {
    request_animation_frame(|| {
        let fragment = window().location().hash().unwrap_or_default();
        let id = fragment.trim_start_matches('#');
        if let Some(place) = (!id.is_empty()).then(|| document().get_element_by_id(id)).flatten() {
            place.scroll_into_view();
        }
    });
}

/// Who made it and which build it is.
#[component]
pub fn Footer() -> impl IntoView {
    let build = manifest().map(|manifest| format!("Build {}. MIT or Apache-2.0.", manifest.build_text()));
    let words = format!(
        "<p>Ferroscope measures in your browser. It has no server, no account, no cookies and asks no third party for anything. \
         <a href=\"{}\">Put a lab into your own page</a>.</p><p class=\"row\">{}</p><p>{}</p>",
        href(&Route::EmbedBuilder),
        all([Page::Start, Page::Progress, Page::Glossary, Page::Class], |page| {
            format!("<a href=\"{}\">{}</a>", href(&Route::Page(page)), page.title())
        }),
        escaped(&build.unwrap_or_default()),
    );
    view! { <footer class="site-footer">{html("words", words)}<OfflineState/></footer> }
}
