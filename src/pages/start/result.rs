//! Where the reader was placed, in words: the station, which answers decided it, and the lesson to begin with.

use super::sheet::Sheet;
use crate::{
    app::{Route, href},
    markup::{all, escaped},
    pages::{
        path::Docs,
        standing::{self, Standing},
    },
    state::progress,
};
use course::{ArchivedPlacement, LevelResult, Placed};
use protocol::Page;

/// The result as HTML.
pub(super) fn words(placement: &ArchivedPlacement, docs: &Docs, sheet: &Sheet) -> String {
    let placed = sheet.place(placement);
    let station = docs.path.station(&placed.station);
    let title = station.and_then(|index| docs.path.stations.get(index)).map(|one| one.title.as_str()).unwrap_or_default();
    let last = placed.levels.len().saturating_sub(1);
    let reasons = all(placed.levels.iter().enumerate(), |(index, result)| {
        let decided = if placed.stopped && index == last { " This decided it." } else { "" };
        format!("<li>{}{decided}</li>", level(placement, result))
    });
    format!(
        "<h2 id=\"result-title\">Start at {}: {}</h2><p>Why:</p><ul>{reasons}{}</ul>{}<p><a href=\"{}\">See your place on the learning path</a></p>",
        escaped(&placed.station),
        escaped(title),
        wish(placement, &placed),
        station.map(|station| lead_on(docs, station)).unwrap_or_default(),
        href(&Route::Page(Page::Path)),
    )
}

fn level(placement: &ArchivedPlacement, result: &LevelResult) -> String {
    let Some(level) = placement.levels.get(result.level) else { return String::new() };
    let missed = all(result.missed.iter().enumerate(), |(at, index)| {
        let Some(question) = placement.questions.get(*index) else { return String::new() };
        format!("{}<a href=\"#q-{}\">{}</a>", if at == 0 { "" } else { ", " }, question.id, index + 1)
    });
    let missed = if missed.is_empty() { missed } else { format!(" Not right or left out: {missed}.") };
    let (subject, right, of, enough) = (escaped(&level.subject), result.right, result.of, level.enough);
    format!("On {subject}: {right} of {of} right; {enough} are enough.{missed}")
}

fn wish(placement: &ArchivedPlacement, placed: &Placed) -> String {
    if placed.stopped {
        return String::new();
    }
    let branch = placement.branches.iter().find(|branch| branch.station == placed.station.as_str());
    let Some(branch) = branch else {
        return "<li>You named no wish, so the choice between the three branches is next.</li>".to_owned();
    };
    let known = match placed.branch.first() {
        Some((_, true)) => " You answered its question right: its beginning may go quickly.",
        Some((_, false)) => " Its question you did not answer right: that is what it begins with.",
        None => "",
    };
    format!("<li>You would like to build: {}.{known}</li>", escaped(&branch.wish))
}

/// The lesson to begin with: the station's own, else the nearest further on.
fn lead_on(docs: &Docs, station: usize) -> String {
    let progress = progress::now();
    let Some(nearest) = standing::nearest_with_lesson(&docs.path, station) else {
        return "<p>No lesson serves this station, or one after it, yet.</p>".to_owned();
    };
    let lessons = standing::of_station(&docs.path, &docs.index, &progress, nearest);
    // The first that is not done; where all are, the first.
    let open = lessons.iter().find(|one| {
        let standing = Standing::in_all([*one]);
        standing.done < standing.of
    });
    let Some(lesson) = open.or_else(|| lessons.first()) else { return String::new() };
    let far = if nearest == station {
        String::new()
    } else {
        let to = docs.path.stations.get(nearest).map(|one| format!("{} ({})", one.id, escaped(&one.title))).unwrap_or_default();
        format!("<p>No lesson serves this station itself yet. The nearest one further on is at {to}.</p>")
    };
    format!(
        "{far}<p><a class=\"button primary\" data-action=\"recommended\" href=\"{}\">Begin with: {}</a></p>",
        lesson.address(),
        escaped(&lesson.title)
    )
}
