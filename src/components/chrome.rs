//! What surrounds every page: its head and its foot.

use crate::{
    app::{Route, href, manifest},
    state::settings::{Theme, apply_theme, load_theme},
};
use leptos::prelude::*;
use protocol::LabId;

/// The site's name, its four places, and the theme.
#[component]
pub fn Header() -> impl IntoView {
    let theme = RwSignal::new(load_theme());
    Effect::new(move |_| apply_theme(theme.get()));
    let label = move || match theme.get() {
        Theme::Auto => "Theme: as the system",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    };
    view! {
        <header class="site-header">
            <a class="wordmark" href=href(&Route::Home)>"Ferroscope"</a>
            <nav aria-label="Site">
                <a href=format!("{}#pillars", href(&Route::Home))>"Lessons"</a>
                <a href=format!("{}#labs", href(&Route::Home))>"Labs"</a>
                <a href=href(&Route::Lab(LabId::LatencyBudget))>"Budget"</a>
            </nav>
            <button type="button" class="quiet theme" on:click=move |_| theme.update(|theme| *theme = theme.next())>{label}</button>
        </header>
    }
}

/// Who made it and which build it is.
#[component]
pub fn Footer() -> impl IntoView {
    let build = manifest().map(|manifest| manifest.build_text().to_owned());
    view! {
        <footer class="site-footer">
            <p>"Ferroscope measures in your browser. It has no server, no account, no cookies and asks no third party for anything."</p>
            <p class="faint">{build.map(|build| format!("Build {build}. MIT or Apache-2.0."))}</p>
        </footer>
    }
}
