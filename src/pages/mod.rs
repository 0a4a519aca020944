//! One file a page.

pub mod audit;
mod awaited;
pub mod class;
pub mod embed_builder;
pub mod glossary;
pub mod guide;
pub mod home;
pub mod lab;
pub mod lesson;
pub mod not_found;
pub mod path;
pub mod pillar;
pub mod progress;
mod resume;
mod standing;
pub mod start;
pub mod top;

use crate::{
    app::{Route, href, manifest},
    markup::{all, escaped},
    state::{address::IN_BROWSER, lessons},
};
use course::{IndexArchive, url_form};
use leptos::prelude::*;
use protocol::{LabId, Pillar};
use std::rc::Rc;

/// What a listing shows of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    pillar: String,
    /// As addresses spell it.
    slug: String,
    title: String,
    minutes: u16,
}

/// Every lesson of the course, in course order; empty until the index has come.
fn listed_lessons() -> ReadSignal<Vec<Listed>> {
    let at_hand = manifest().and_then(|manifest| lessons::index_at_hand(&manifest)).map(|index| list(&index));
    let (listed, set_listed) = signal(at_hand.unwrap_or_default());
    Effect::new(move |_| {
        let Some(manifest) = manifest().filter(|_| listed.with_untracked(Vec::is_empty)) else { return };
        leptos::task::spawn_local(async move {
            // A page without its listing still leads everywhere by the menus; the lesson's own page says what went wrong.
            if let Ok(index) = lessons::index(&manifest).await {
                let _ = set_listed.try_set(list(&index));
            }
        });
    });
    listed
}

fn list(index: &Rc<IndexArchive>) -> Vec<Listed> {
    let entries = index.lessons.iter().map(|entry| Listed {
        pillar: entry.pillar.as_str().to_owned(),
        slug: url_form(&entry.slug),
        title: entry.title.as_str().to_owned(),
        minutes: entry.minutes.to_native(),
    });
    entries.collect()
}

/// The lessons of a pillar, in course order.
fn lessons_of(pillar: Pillar, lessons: &[Listed]) -> Vec<&Listed> {
    lessons.iter().filter(|lesson| lesson.pillar == pillar.slug()).collect()
}

/// List items that lead to lessons.
fn lesson_links(lessons: Vec<&Listed>) -> String {
    all(lessons, |lesson| {
        let address = href(&Route::Lesson { pillar: lesson.pillar.clone(), lesson: lesson.slug.clone() });
        format!(
            "<li><a href=\"{address}\">{}</a> <span class=\"faint\">{} min</span></li>",
            escaped(&lesson.title),
            lesson.minutes
        )
    })
}

/// List items that lead to labs.
fn lab_links(labs: impl Iterator<Item = LabId>) -> String {
    all(labs, |lab| {
        format!("<li><a href=\"{}\"><b>{}</b><span>{}</span></a></li>", href(&Route::Lab(lab)), lab.title(), lab.summary())
    })
}

/// Sets the document's title.
fn set_title(title: &str) {
    if IN_BROWSER {
        document().set_title(&format!("{title} · Ferroscope"));
    }
}
