//! Where to go on: where the reader left off, else where they were placed, else the questions that place them.

use super::{
    path::Docs,
    standing::{self, LessonStanding, address_of},
};
use crate::{
    app::{Route, href},
    markup::escaped,
    state::progress::{Mark, Progress},
};
use protocol::Page;

/// Buttons that lead on from the learning path.
pub(super) fn from_path(docs: &Docs, progress: &Progress) -> String {
    words(docs, progress, Page::Progress)
}

/// The same from the progress.
pub(super) fn from_progress(docs: &Docs, progress: &Progress) -> String {
    words(docs, progress, Page::Path)
}

fn words(docs: &Docs, progress: &Progress, other: Page) -> String {
    let first = on(docs, progress).unwrap_or_default();
    let (start, other, title) = (href(&Route::Page(Page::Start)), href(&Route::Page(other)), other.title());
    let ask = if progress.placed.is_some() { "Place me again" } else { "Where do I start?" };
    let class = if first.is_empty() { "button primary" } else { "button" };
    format!(
        "<p class=\"row\">{first}<a class=\"{class}\" href=\"{start}\">{ask}</a><a class=\"button\" href=\"{other}\">{title}</a></p>"
    )
}

/// The one link that leads on, where there is one.
fn on(docs: &Docs, progress: &Progress) -> Option<String> {
    let of = |name: &str| {
        let (pillar, slug) = name.split_once('/')?;
        LessonStanding::of(&docs.index, progress, pillar, slug)
    };
    let link = |address: &str, words: &str, title: &str| {
        Some(format!("<a class=\"button primary\" data-action=\"resume\" href=\"{address}\">{words}: {}</a>", escaped(title)))
    };
    // A lesson that was read to its end is not gone on with.
    let last = progress.last.as_deref().and_then(|last| Some((last, of(last.split('#').next()?)?)));
    if let Some((last, lesson)) = last.filter(|(_, lesson)| !lesson.marks.has(Mark::Read)) {
        return link(&address_of(last), "Continue where I left off", &lesson.title);
    }
    let from = docs.start(progress).unwrap_or_default();
    let station = standing::nearest_with_lesson(&docs.path, from)?;
    let served = standing::of_station(&docs.path, &docs.index, progress, station);
    let lesson = served.iter().find(|lesson| !lesson.marks.has(Mark::Read))?;
    (progress.placed.is_some() || progress.last.is_some()).then_some(())?;
    link(&lesson.address(), "Next", &lesson.title)
}
