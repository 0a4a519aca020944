//! A pillar's page: what it holds, its lessons and its labs.

use super::{Listed, lab_links, lesson_links, lessons_of, listed_lessons, not_found::NotFound, set_title};
use crate::{
    app::{Route, href},
    markup::Html,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::{LabId, Pillar};

/// The page.
#[component]
pub fn PillarPage() -> impl IntoView {
    let params = use_params_map();
    let lessons = listed_lessons();
    move || {
        let pillar = params.with(|params| params.get("pillar")).and_then(|slug| Pillar::from_slug(&slug));
        let Some(pillar) = pillar else { return NotFound().into_any() };
        set_title(pillar.title());
        let words = Signal::derive(move || lessons.with(|lessons| draw(pillar, lessons)));
        view! { <Html class="pillar" html=words/> }.into_any()
    }
}

fn draw(pillar: Pillar, lessons: &[Listed]) -> String {
    let own = lessons_of(pillar, lessons);
    let own = if own.is_empty() {
        "<p>The lessons of this pillar are still to come.</p>".to_owned()
    } else {
        format!("<ol class=\"lab-list\">{}</ol>", lesson_links(own))
    };
    let labs = lab_links(LabId::ALL.into_iter().filter(|lab| lab.pillar() == Some(pillar)));
    let labs = if labs.is_empty() { labs } else { format!("<h2>Labs</h2><ul class=\"lab-list\">{labs}</ul>") };
    format!(
        "<h1>{}</h1><p class=\"lead\">{}</p><h2>Lessons</h2>{own}{labs}<p><a href=\"{}#pillars\">All seven pillars</a></p>",
        pillar.title(),
        pillar.summary(),
        href(&Route::Home),
    )
}
