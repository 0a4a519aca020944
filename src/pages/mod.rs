//! One file a page.

pub mod home;
pub mod lab;
pub mod lesson;
pub mod not_found;
pub mod pillar;

use crate::{app::manifest, state::lessons};
use course::{IndexArchive, url_form};
use leptos::prelude::*;
use std::rc::Rc;

/// What a listing shows of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    pillar: String,
    /// As addresses spell it.
    slug: String,
    title: String,
    question: String,
    minutes: u16,
}

/// Every lesson of the course, in course order; empty until the index has come.
fn listed_lessons() -> ReadSignal<Vec<Listed>> {
    let (listed, set_listed) = signal(Vec::new());
    if let Some(manifest) = manifest() {
        leptos::task::spawn_local(async move {
            // A page without its listing still leads everywhere by the menus; the lesson's own page says what went wrong.
            if let Ok(index) = lessons::index(&manifest).await {
                let _ = set_listed.try_set(list(&index));
            }
        });
    }
    listed
}

fn list(index: &Rc<IndexArchive>) -> Vec<Listed> {
    let entries = index.lessons.iter().map(|entry| Listed {
        pillar: entry.pillar.as_str().to_owned(),
        slug: url_form(&entry.slug),
        title: entry.title.as_str().to_owned(),
        question: entry.question.as_str().to_owned(),
        minutes: entry.minutes.to_native(),
    });
    entries.collect()
}

/// Sets the document's title.
fn set_title(title: &str) {
    document().set_title(&format!("{title} · Ferroscope"));
}
