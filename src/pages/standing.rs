//! How far the reader is in a lesson, a station or a pillar: the arithmetic of marks, and its words. What cannot be done in a lesson is not missed.

use crate::{
    app::{Route, href},
    markup::{all, escaped},
    state::progress::{Mark, Marks, Progress},
};
use course::{ArchivedIndex, ArchivedLearningPath, ArchivedLessonName, url_form};
use std::collections::VecDeque;

/// A lesson, as far as standing is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonStanding {
    /// `<pillar>/<lesson>` as folders spell them.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether a run can be done in it.
    pub has_lab: bool,
    /// What was done in it.
    pub marks: Marks,
}

impl LessonStanding {
    /// The lesson of that name; none if the index does not know it.
    #[must_use]
    pub fn of(index: &ArchivedIndex, progress: &Progress, pillar: &str, slug: &str) -> Option<Self> {
        let entry = index.lesson(pillar, slug)?;
        let name = format!("{pillar}/{slug}");
        let marks = progress.of(&name);
        Some(Self { name, title: entry.title.as_str().to_owned(), has_lab: !entry.labs.is_empty(), marks })
    }

    /// What can be done in it, each with whether it was.
    pub fn steps(&self) -> impl Iterator<Item = (Mark, bool)> + '_ {
        Mark::ALL.into_iter().filter(|mark| self.has_lab || *mark != Mark::Ran).map(|mark| (mark, self.marks.has(mark)))
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> String {
        address_of(&self.name)
    }
}

/// What a mark says was done.
#[must_use]
pub const fn verb(mark: Mark) -> &'static str {
    match mark {
        Mark::Read => "read",
        Mark::Predicted => "predicted",
        Mark::Ran => "ran",
        Mark::Answered => "answered",
    }
}

/// How much of some lessons is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Marks that were made.
    pub done: usize,
    /// Marks that can be made; none where no lesson is written yet.
    pub of: usize,
}

impl Standing {
    /// The standing in these lessons together.
    #[must_use]
    pub fn in_all<'a>(lessons: impl IntoIterator<Item = &'a LessonStanding>) -> Self {
        lessons
            .into_iter()
            .flat_map(LessonStanding::steps)
            .fold(Self::default(), |sum, (_, done)| Self { done: sum.done + usize::from(done), of: sum.of + 1 })
    }

    /// In words that fit a box.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self { of: 0, .. } => "no lesson yet".to_owned(),
            Self { done: 0, .. } => "not begun".to_owned(),
            Self { done, of } if done == of => "done".to_owned(),
            Self { done, of } => format!("{done} of {of} done"),
        }
    }

    /// What is drawn for it: shapes, so that no colour is needed.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self { of: 0, .. } => "is-unwritten",
            Self { done: 0, .. } => "is-open",
            Self { done, of } if done == of => "is-done",
            _ => "is-begun",
        }
    }
}

/// The lessons that serve a station, those of them that there are.
#[must_use]
pub fn of_station(
    path: &ArchivedLearningPath,
    index: &ArchivedIndex,
    progress: &Progress,
    station: usize,
) -> Vec<LessonStanding> {
    let names = path.stations.get(station).map(|station| station.lessons.iter()).into_iter().flatten();
    names.filter_map(|ArchivedLessonName { pillar, slug }| LessonStanding::of(index, progress, pillar, slug)).collect()
}

/// The nearest station from this one on, itself first, that a lesson serves; none if none does.
#[must_use]
pub fn nearest_with_lesson(path: &ArchivedLearningPath, station: usize) -> Option<usize> {
    let mut waiting = VecDeque::from([station]);
    let mut seen = vec![station];
    while let Some(one) = waiting.pop_front() {
        if path.stations.get(one)?.lessons.iter().next().is_some() {
            return Some(one);
        }
        for next in path.next(one) {
            if !seen.contains(&next) {
                seen.push(next);
                waiting.push_back(next);
            }
        }
    }
    None
}

/// The address of a place in a lesson: `<pillar>/<lesson>` as folders spell them, with `#section` or without.
#[must_use]
pub fn address_of(place: &str) -> String {
    let (name, section) = place.split_once('#').map_or((place, None), |(name, section)| (name, Some(section)));
    let (pillar, slug) = name.split_once('/').unwrap_or((name, ""));
    let lesson = href(&Route::Lesson { pillar: url_form(pillar), lesson: url_form(slug) });
    section.map_or_else(|| lesson.clone(), |section| format!("{lesson}#{section}"))
}

/// The four marks of a lesson as a list: shapes with words.
#[must_use]
pub fn marks_list(lesson: &LessonStanding) -> String {
    let items = all(lesson.steps(), |(mark, done)| {
        let (class, sign, hidden) = if done { ("mark is-made", "●", "done") } else { ("mark", "○", "not yet") };
        format!(
            "<li class=\"{class}\"><span aria-hidden=\"true\">{sign}</span> {}<span class=\"visually-hidden\">: {hidden}</span></li>",
            verb(mark)
        )
    });
    format!("<ul class=\"marks\">{items}</ul>")
}

/// A lesson with its marks, and what stands behind them as HTML, as a list item.
#[must_use]
pub fn lesson_item(lesson: &LessonStanding, behind: &str) -> String {
    format!("<li><a href=\"{}\">{}</a> {}{behind}</li>", lesson.address(), escaped(&lesson.title), marks_list(lesson))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(has_lab: bool, marks: &[Mark]) -> LessonStanding {
        let marks = marks.iter().fold(Marks::default(), |all, mark| all.with(*mark));
        LessonStanding { name: "data/zero_copy".to_owned(), title: String::new(), has_lab, marks }
    }

    #[test]
    fn what_cannot_be_done_in_a_lesson_is_not_missed() {
        let read = [Mark::Read, Mark::Predicted, Mark::Answered];
        assert_eq!(Standing::in_all(&[lesson(false, &read)]).words(), "done");
        assert_eq!(Standing::in_all(&[lesson(true, &read)]).words(), "3 of 4 done");
    }

    #[test]
    fn lessons_add_up_and_every_standing_has_its_own_shape() {
        let some = [lesson(true, &[]), lesson(false, &[Mark::Read])];
        assert_eq!(Standing::in_all(&some), Standing { done: 1, of: 7 });
        let shown = [(0, 0), (0, 4), (1, 4), (4, 4)].map(|(done, of)| Standing { done, of }.class());
        assert_eq!(shown, ["is-unwritten", "is-open", "is-begun", "is-done"]);
        assert_eq!(Standing::default().words(), "no lesson yet");
    }

    #[test]
    fn a_place_is_an_address() {
        assert_eq!(address_of("data/zero_copy#what-it-costs"), "/lessons/data/zero-copy/#what-it-costs");
    }
}
