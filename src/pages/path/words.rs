//! The learning path in words: a station's details, and the list of all stations. It says everything that the drawing shows.

use super::Docs;
use crate::{
    app::{Route, href},
    markup::{all, escaped},
    pages::standing::{self, Standing},
    state::progress::Progress,
};
use course::ArchivedStation;
use protocol::{LabId, Pillar};

/// Every station, in the order in which one reaches them.
pub(super) fn list(docs: &Docs, progress: &Progress, start: Option<usize>) -> String {
    let items = all(docs.path.stations.iter().enumerate(), |(index, station)| {
        format!(
            "<li><article id=\"station-{}\" tabindex=\"-1\"><h3>{}</h3>{}</article></li>",
            escaped(&station.id),
            title(station),
            details(docs, progress, index, start)
        )
    });
    format!("<ol class=\"stations\">{items}</ol>")
}

/// A station's title with its id.
pub(super) fn title(station: &ArchivedStation) -> String {
    format!("<span class=\"ordinal\">{}</span> {}", escaped(&station.id), escaped(&station.title))
}

/// What a station takes, where it lies on the path, what serves it, and how far the reader is.
pub(super) fn details(docs: &Docs, progress: &Progress, index: usize, start: Option<usize>) -> String {
    let Some(station) = docs.path.stations.get(index) else { return String::new() };
    let lessons = standing::of_station(&docs.path, &docs.index, progress, index);
    let standing = Standing::in_all(&lessons);
    let here = if start == Some(index) { " <b>You were placed here.</b>" } else { "" };
    let pillar = station
        .pillar
        .as_ref()
        .and_then(|slug| Pillar::from_slug(slug))
        .map(|pillar| format!(" Part of the pillar <a href=\"{}\">{}</a>.", href(&Route::Pillar(pillar)), pillar.title()));
    let served = if lessons.is_empty() {
        String::new()
    } else {
        format!("<ul class=\"served\">{}</ul>", all(&lessons, |lesson| standing::lesson_item(lesson, "")))
    };
    let labs = all(station.labs.iter().filter_map(|lab| LabId::from_slug(lab)), |lab| {
        format!("<li><a href=\"{}\">{}</a> <span class=\"faint\">lab</span></li>", href(&Route::Lab(lab)), lab.title())
    });
    let labs = if labs.is_empty() { labs } else { format!("<ul class=\"served\">{labs}</ul>") };
    format!(
        "<p class=\"{class} standing-words\">{words}.{here}</p><p>{takes}{pillar}</p>{served}{labs}<p class=\"ways-words\">{ways}</p>",
        class = standing.class(),
        words = if lessons.is_empty() { "No lesson serves this station yet".to_owned() } else { sentence(&standing.words()) },
        takes = escaped(&station.takes),
        pillar = pillar.unwrap_or_default(),
        ways = ways(docs, index),
    )
}

/// Where one comes from, and where one goes next.
fn ways(docs: &Docs, index: usize) -> String {
    let name = |other: usize, label: Option<&str>| {
        let Some(station) = docs.path.stations.get(other) else { return String::new() };
        let label = label.map(|label| format!(" ({})", escaped(label))).unwrap_or_default();
        let id = escaped(&station.id);
        format!("<a href=\"#station-{id}\">{id} {}</a>{label}", escaped(&station.title))
    };
    let joined =
        |ways: Vec<String>, word: &str| if ways.is_empty() { String::new() } else { format!("{word} {}. ", ways.join(", ")) };
    let label = |from: usize, to: usize| {
        let way = docs.path.ways.iter().find(|way| usize::from(way.from) == from && usize::from(way.to) == to)?;
        Some(way.label.as_ref()?.as_str())
    };
    let before = docs.path.before(index).map(|other| name(other, None)).collect();
    let next = docs.path.next(index).map(|other| name(other, label(index, other))).collect();
    format!("{}{}", joined(before, "Comes after"), joined(next, "Leads to"))
}

/// With a capital letter.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
