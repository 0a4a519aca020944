//! A lesson: recall, question, sections with labs and predictions, sources, next.

use super::{Listed, list, set_title};
use crate::{
    app::{Route, href, manifest},
    components::lesson_blocks::{draw_block, draw_quiz},
    state::lessons::{self, LessonError},
};
use course::{ArchivedLesson, LessonArchive, folder_form};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::rc::Rc;

/// The page.
#[component]
pub fn LessonPage() -> impl IntoView {
    let params = use_params_map();
    let found = LocalResource::new(move || {
        let (pillar, slug) =
            params.with(|params| (params.get("pillar").unwrap_or_default(), params.get("lesson").unwrap_or_default()));
        fetch(pillar, slug)
    });
    move || match found.get() {
        None => view! { <p class="loading" role="status">"Fetching the lesson."</p> }.into_any(),
        Some(Err(error)) => view! {
            <h1>"This lesson cannot be shown"</h1>
            <p class="failure">{error.to_string()}</p>
            <p><a href=href(&Route::Home)>"Go to the start"</a></p>
        }
        .into_any(),
        Some(Ok((lesson, all))) => draw(&lesson, &all).into_any(),
    }
}

async fn fetch(pillar: String, slug: String) -> Result<(Rc<LessonArchive>, Vec<Listed>), LessonError> {
    let manifest = manifest().ok_or_else(|| LessonError::Fetch("this page carries no manifest".to_owned()))?;
    let lesson = lessons::lesson(&manifest, &pillar, &folder_form(&slug)).await?;
    let all = list(&lessons::index(&manifest).await?);
    Ok((lesson, all))
}

fn draw(lesson: &ArchivedLesson, all: &[Listed]) -> impl IntoView + use<> {
    set_title(&lesson.title);
    let pillar = protocol::Pillar::from_slug(&lesson.pillar);
    let contents = lesson.sections.iter().map(|section| {
        view! { <li><a href=format!("#{}", section.id)>{section.title.as_str().to_owned()}</a></li> }
    });
    let sections = lesson.sections.iter().map(|section| {
        let id = section.id.as_str().to_owned();
        view! {
            <section id=id.clone() aria-labelledby=format!("{id}-title")>
                <h2 id=format!("{id}-title")>{section.title.as_str().to_owned()}</h2>
                {section.blocks.iter().map(draw_block).collect_view()}
            </section>
        }
    });
    let recall = (!lesson.recall.is_empty()).then(|| {
        view! {
            <details class="recall">
                <summary>"Before you start: two questions from earlier"</summary>
                {lesson.recall.iter().map(|quiz| draw_quiz(quiz, "Recall")).collect_view()}
            </details>
        }
    });
    let sources = lesson.sources.iter().map(|source| {
        view! { <li><a href=source.url.as_str().to_owned() rel="noopener">{source.title.as_str().to_owned()}</a>", "<time datetime=source.date.as_str().to_owned()>{source.date.as_str().to_owned()}</time></li> }
    });
    view! {
        <article class="lesson" data-lesson=format!("{}/{}", lesson.pillar, lesson.slug)>
            <p class="eyebrow">
                {pillar.map(|pillar| view! { <a href=href(&Route::Pillar(pillar))>{pillar.title()}</a> })}
                " · "{lesson.minutes.to_native()}" minutes"
            </p>
            <h1>{lesson.title.as_str().to_owned()}</h1>
            <p class="lead">{lesson.question.as_str().to_owned()}</p>
            <nav class="contents" aria-label="In this lesson"><ol>{contents.collect_view()}</ol></nav>
            {recall}
            {sections.collect_view()}
            <section class="sources" aria-labelledby="sources-title">
                <h2 id="sources-title">"Sources"</h2>
                <ul>{sources.collect_view()}</ul>
            </section>
            {neighbours(lesson, all)}
        </article>
    }
}

/// Back and next, in course order.
fn neighbours(lesson: &ArchivedLesson, all: &[Listed]) -> impl IntoView + use<> {
    let at = all.iter().position(|one| one.pillar == lesson.pillar.as_str() && folder_form(&one.slug) == lesson.slug.as_str());
    let link = |index: Option<usize>, word: &'static str| {
        let one = all.get(index?)?;
        let address = href(&Route::Lesson { pillar: one.pillar.clone(), lesson: one.slug.clone() });
        Some(view! { <a class="button" href=address>{word}": "{one.title.clone()}</a> })
    };
    view! {
        <nav class="row neighbours" aria-label="Lessons before and after">
            {link(at.and_then(|at| at.checked_sub(1)), "Back")}
            {link(at.map(|at| at + 1), "Next")}
        </nav>
    }
}
