//! What surrounds every page: its head and its foot.

use crate::{
    app::{Route, href, manifest},
    markup::{dynamic, escaped, html},
    state::settings::{Theme, apply_theme, load_theme},
};
use leptos::prelude::*;
use protocol::LabId;

/// The site's name, its four places, and the theme.
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
    let places = format!(
        "<a class=\"wordmark\" href=\"{home}\">Ferroscope</a><nav aria-label=\"Site\"><a href=\"{home}#pillars\">Lessons</a>\
         <a href=\"{home}#labs\">Labs</a><a href=\"{budget}\">Budget</a></nav>"
    );
    view! {
        <header class="site-header">
            {html("places", places)}
            <button type="button" class="quiet theme" on:click=move |_| theme.update(|theme| *theme = theme.next())>{label}</button>
        </header>
    }
}

/// Who made it and which build it is.
#[component]
pub fn Footer() -> impl IntoView {
    let build = manifest().map(|manifest| format!("Build {}. MIT or Apache-2.0.", manifest.build_text()));
    let words = format!(
        "<p>Ferroscope measures in your browser. It has no server, no account, no cookies and asks no third party for anything.</p><p>{}</p>",
        escaped(&build.unwrap_or_default()),
    );
    view! { <footer class="site-footer">{html("words", words)}</footer> }
}
