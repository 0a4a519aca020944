//! A pillar's page: what it holds, its lessons and its labs.

use super::{listed_lessons, not_found::NotFound, set_title};
use crate::app::{Route, href};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::{LabId, Pillar};

/// The page.
#[component]
pub fn PillarPage() -> impl IntoView {
    let params = use_params_map();
    let lessons = listed_lessons();
    move || {
        let Some(pillar) = params.with(|params| params.get("pillar")).and_then(|slug| Pillar::from_slug(&slug)) else {
            return view! { <NotFound/> }.into_any();
        };
        set_title(pillar.title());
        let labs: Vec<LabId> = LabId::ALL.into_iter().filter(|lab| lab.pillar() == Some(pillar)).collect();
        let has_labs = !labs.is_empty();
        let labs = labs
            .into_iter()
            .map(|lab| view! { <li><a href=href(&Route::Lab(lab))><b>{lab.title()}</b><span>{lab.summary()}</span></a></li> })
            .collect_view();
        let items = move || {
            let found: Vec<_> = lessons.with(|all| all.iter().filter(|lesson| lesson.pillar == pillar.slug()).cloned().collect());
            if found.is_empty() {
                return view! { <p>"The lessons of this pillar are still to come."</p> }.into_any();
            }
            let items = found.into_iter().map(|lesson| {
                let address = href(&Route::Lesson { pillar: lesson.pillar, lesson: lesson.slug });
                view! { <li><a href=address><b>{lesson.title}</b><span>{lesson.question}" "<span class="faint">{lesson.minutes}" min"</span></span></a></li> }
            });
            view! { <ol class="lab-list">{items.collect_view()}</ol> }.into_any()
        };
        view! {
            <h1>{pillar.title()}</h1>
            <p class="lead">{pillar.summary()}</p>
            <h2>"Lessons"</h2>
            {items}
            {has_labs.then(|| view! { <h2>"Labs"</h2><ul class="lab-list">{labs}</ul> })}
            <p><a href=format!("{}#pillars", href(&Route::Home))>"All seven pillars"</a></p>
        }
        .into_any()
    }
}
