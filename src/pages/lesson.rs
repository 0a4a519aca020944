//! A lesson: recall, question, sections with labs and predictions, sources, next.

use super::{Listed, list, set_title};
use crate::{
    app::{Route, href, manifest},
    components::{
        chrome::{lead_to_fragment, scroll_to_fragment},
        later::later,
        lesson_blocks::{draw_blocks, draw_quiz},
        lesson_marks,
    },
    engine::Manifest,
    markup::{all, escaped, html},
    state::lessons::{self, LessonError},
};
use course::{ArchivedLesson, ArchivedSection, LessonArchive, folder_form};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::{rc::Rc, sync::Arc};

/// The page.
#[component]
pub fn LessonPage() -> impl IntoView {
    let params = use_params_map();
    move || {
        let (pillar, slug) =
            params.with(|params| (params.get("pillar").unwrap_or_default(), params.get("lesson").unwrap_or_default()));
        show(pillar, slug)
    }
}

/// A lesson, at once where it is in memory.
fn show(pillar: String, slug: String) -> AnyView {
    if let Some((lesson, listed)) = manifest().and_then(|manifest| at_hand(&manifest, &pillar, &slug)) {
        lead_to_fragment();
        return later(move || draw(&lesson, &listed));
    }
    let (found, set_found) = signal_local(None);
    Effect::new(move |_| {
        let (manifest, pillar, slug) = (manifest(), pillar.clone(), slug.clone());
        leptos::task::spawn_local(async move {
            let _ = set_found.try_set(Some(fetch(manifest, pillar, slug).await));
            scroll_to_fragment();
        });
    });
    (move || match &*found.read() {
        None => html("loading absent", "<p role=\"status\">Fetching the lesson.</p>".to_owned()),
        Some(Err(error)) => html(
            "failed-lesson absent",
            format!(
                "<h1>This lesson cannot be shown</h1><p class=\"failure\">{}</p><p><a href=\"{}\">Go to the start</a></p>",
                escaped(&error.to_string()),
                href(&Route::Home),
            ),
        ),
        Some(Ok((lesson, listed))) => draw(lesson, listed),
    })
    .into_any()
}

fn at_hand(manifest: &Manifest, pillar: &str, slug: &str) -> Option<(Rc<LessonArchive>, Vec<Listed>)> {
    let lesson = lessons::lesson_at_hand(manifest, pillar, &folder_form(slug))?;
    Some((lesson, list(&lessons::index_at_hand(manifest)?)))
}

async fn fetch(
    manifest: Option<Arc<Manifest>>,
    pillar: String,
    slug: String,
) -> Result<(Rc<LessonArchive>, Vec<Listed>), LessonError> {
    let manifest = manifest.ok_or_else(|| LessonError::Fetch("this page carries no manifest".to_owned()))?;
    let lesson = lessons::lesson(&manifest, &pillar, &folder_form(&slug)).await?;
    let all = list(&lessons::index(&manifest).await?);
    Ok((lesson, all))
}

fn draw(lesson: &Rc<LessonArchive>, listed: &[Listed]) -> AnyView {
    set_title(&lesson.title);
    lesson_marks::follow(format!("{}/{}", lesson.pillar, lesson.slug));
    let recall = (!lesson.recall.is_empty()).then(|| {
        let lesson = Rc::clone(lesson);
        later(move || draw_recall(&lesson))
    });
    let sections = (0..lesson.sections.len()).map(|index| {
        let lesson = Rc::clone(lesson);
        later(move || lesson.sections.get(index).map(draw_section).into_any())
    });
    let (last, listed) = (Rc::clone(lesson), listed.to_vec());
    view! {
        <article class="lesson" data-lesson=format!("{}/{}", lesson.pillar, lesson.slug)>
            {html("lesson-head", head(lesson))}
            {recall}
            {sections.collect::<Vec<_>>()}
            {later(move || html("lesson-foot", foot(&last, &listed)))}
        </article>
    }
    .into_any()
}

fn draw_recall(lesson: &ArchivedLesson) -> AnyView {
    view! {
        <details class="recall">
            <summary>"Before you start: two questions from earlier"</summary>
            {lesson.recall.iter().map(|quiz| draw_quiz(quiz, "Recall")).collect::<Vec<_>>()}
        </details>
    }
    .into_any()
}

fn draw_section(section: &ArchivedSection) -> AnyView {
    let id = section.id.as_str().to_owned();
    let title = format!("{id}-title");
    let labelled = title.clone();
    view! {
        <section id=id aria-labelledby=labelled>
            <h2 id=title>{section.title.as_str().to_owned()}</h2>
            {draw_blocks(section.blocks.iter())}
        </section>
    }
    .into_any()
}

fn head(lesson: &ArchivedLesson) -> String {
    let pillar = protocol::Pillar::from_slug(&lesson.pillar);
    let pillar = pillar
        .map(|pillar| format!("<a href=\"{}\">{}</a> · ", href(&Route::Pillar(pillar)), pillar.title()))
        .unwrap_or_default();
    let contents =
        all(lesson.sections.iter(), |section| format!("<li><a href=\"#{}\">{}</a></li>", section.id, escaped(&section.title)));
    format!(
        "<p class=\"eyebrow\">{pillar}{} minutes</p><h1>{}</h1><p class=\"lead\">{}</p><nav class=\"contents\" aria-label=\"In this lesson\"><ol>{contents}</ol></nav>",
        lesson.minutes,
        escaped(&lesson.title),
        escaped(&lesson.question),
    )
}

/// Sources, back and next.
fn foot(lesson: &ArchivedLesson, listed: &[Listed]) -> String {
    let sources = all(lesson.sources.iter(), |source| {
        let (url, title, date) = (escaped(&source.url), escaped(&source.title), escaped(&source.date));
        format!("<li><a href=\"{url}\" rel=\"noopener\">{title}</a>, <time datetime=\"{date}\">{date}</time></li>")
    });
    let at = listed.iter().position(|one| one.pillar == lesson.pillar.as_str() && folder_form(&one.slug) == lesson.slug.as_str());
    let link = |index: Option<usize>, word: &str| {
        let one = index.and_then(|index| listed.get(index))?;
        let address = href(&Route::Lesson { pillar: one.pillar.clone(), lesson: one.slug.clone() });
        Some(format!("<a class=\"button\" href=\"{address}\">{word}: {}</a>", escaped(&one.title)))
    };
    let back = link(at.and_then(|at| at.checked_sub(1)), "Back").unwrap_or_default();
    let next = link(at.map(|at| at + 1), "Next").unwrap_or_default();
    format!(
        "<section class=\"sources\" aria-labelledby=\"sources-title\"><h2 id=\"sources-title\">Sources</h2><ul>{sources}</ul></section>\
         <nav class=\"row neighbours\" aria-label=\"Lessons before and after\">{back}{next}</nav>"
    )
}
