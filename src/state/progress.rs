//! What the reader has done: four marks a lesson, where they were last, and where the placement put them. Kept on this device where storage exists,
//! else for as long as the page stands. It never leaves the device by itself, and nothing of the site depends on it.
//!
//! This module is part of every page, so it stays small; what only the progress page needs is in `pages::progress`.

use super::settings::storage;
use leptos::prelude::*;
use std::fmt::{self, Write as _};

/// What one can have done in a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Its end has been on the screen.
    Read,
    /// A guess was made in it.
    Predicted,
    /// A run in it ended with a report.
    Ran,
    /// Every question of it has an answer picked, right or wrong.
    Answered,
}

impl Mark {
    /// Every mark, in the order in which a lesson gives occasion for them.
    pub const ALL: [Self; 4] = [Self::Read, Self::Predicted, Self::Ran, Self::Answered];

    /// Its letter in the stored text. It never changes once released.
    const fn letter(self) -> char {
        match self {
            Self::Read => 'r',
            Self::Predicted => 'p',
            Self::Ran => 'x',
            Self::Answered => 'q',
        }
    }
}

/// The marks of a lesson.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Whether this was done.
    #[must_use]
    pub const fn has(self, mark: Mark) -> bool {
        self.0 & 1 << mark as u8 != 0
    }

    /// The same with this done too.
    #[must_use]
    pub const fn with(self, mark: Mark) -> Self {
        Self(self.0 | 1 << mark as u8)
    }

    /// What is marked here or there.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// How many of the four are there.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// What the reader has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Lessons with a mark, `<pillar>/<lesson>` as folders spell them, in the order in which they were first marked.
    pub lessons: Vec<(String, Marks)>,
    /// Where the reader was last: a lesson's name, with `#section` where one is known.
    pub last: Option<String>,
    /// What the placement found, as `pages::start` writes it: one line.
    pub placed: Option<String>,
}

/// A text that is no stored progress, or is of a version that this page does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no progress that this page can read")]
pub struct Unreadable;

/// The first line of the stored text: what it is, and the version of its shape.
const FIRST_LINE: &str = "ferroscope-progress 1";

impl Progress {
    /// The marks of a lesson.
    #[must_use]
    pub fn of(&self, lesson: &str) -> Marks {
        self.lessons.iter().find(|(name, _)| name == lesson).map(|(_, marks)| *marks).unwrap_or_default()
    }

    /// Adds marks to a lesson. A text that cannot be a lesson's name is ignored.
    pub fn add(&mut self, lesson: &str, marks: Marks) {
        if let Some((_, there)) = self.lessons.iter_mut().find(|(name, _)| name == lesson) {
            *there = there.or(marks);
        } else if is_name(lesson) {
            self.lessons.push((lesson.to_owned(), marks));
        }
    }

    /// Forgets what was done in a lesson.
    pub fn forget(&mut self, lesson: &str) {
        self.lessons.retain(|(name, _)| name != lesson);
        if self.last.as_deref().is_some_and(|last| last.split('#').next() == Some(lesson)) {
            self.last = None;
        }
    }

    /// Reads the stored text.
    ///
    /// # Errors
    /// It is damaged, or of another version.
    pub fn of_text(text: &str) -> Result<Self, Unreadable> {
        let mut lines = text.lines();
        if lines.next() != Some(FIRST_LINE) {
            return Err(Unreadable);
        }
        let mut progress = Self::default();
        for line in lines {
            let (name, value) = line.split_once(' ').ok_or(Unreadable)?;
            match name {
                "at" if is_place(value) => progress.last = Some(value.to_owned()),
                "placed" => progress.placed = Some(value.to_owned()),
                lesson if is_name(lesson) => {
                    let of = |letter| Mark::ALL.into_iter().find(|mark| mark.letter() == letter).ok_or(Unreadable);
                    let marks = value.chars().try_fold(Marks::default(), |marks, letter| Ok(marks.with(of(letter)?)))?;
                    progress.add(lesson, marks);
                }
                _ => return Err(Unreadable),
            }
        }
        Ok(progress)
    }
}

/// The stored text.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FIRST_LINE)?;
        for (word, value) in [("at", &self.last), ("placed", &self.placed)] {
            if let Some(value) = value {
                write!(f, "\n{word} {value}")?;
            }
        }
        for (lesson, marks) in &self.lessons {
            write!(f, "\n{lesson} ")?;
            Mark::ALL.into_iter().filter(|mark| marks.has(*mark)).try_for_each(|mark| f.write_char(mark.letter()))?;
        }
        Ok(())
    }
}

/// Whether this can be a lesson's name: `<pillar>/<lesson>` as folders spell them.
#[must_use]
pub fn is_name(text: &str) -> bool {
    text.split_once('/').is_some_and(|(pillar, lesson)| is_slug(pillar) && is_slug(lesson))
}

/// Whether this can be a place in a lesson: its name, alone or with `#section`.
#[must_use]
pub fn is_place(text: &str) -> bool {
    let (lesson, section) = text.split_once('#').unwrap_or((text, "x"));
    is_name(lesson) && is_slug(section)
}

fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"_-".contains(&letter))
}

/// Where the progress is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// On this device.
    OnDevice,
    /// In this page alone: it is gone with it.
    InPage,
}

const KEY: &str = "ferroscope.progress";

thread_local! {
    /// The progress as views see it.
    static SHOWN: ArcRwSignal<Progress> = ArcRwSignal::new(stored().unwrap_or_default());
}

/// What is stored, if anything is and can be read: another tab may have added to it.
fn stored() -> Option<Progress> {
    Progress::of_text(&storage()?.get_item(KEY).ok()??).ok()
}

fn shown() -> ArcRwSignal<Progress> {
    SHOWN.with(ArcRwSignal::clone)
}

/// The progress as it stands; a view that asks is drawn anew when it changes. Natively there is none.
#[must_use]
pub fn now() -> Progress {
    shown().get()
}

/// The marks of a lesson, `<pillar>/<lesson>` as folders spell them; a view that asks is drawn anew when they change.
#[must_use]
pub fn of(lesson: &str) -> Marks {
    shown().with(|progress| progress.of(lesson))
}

/// Marks a lesson, `<pillar>/<lesson>` as folders spell them.
pub fn mark(lesson: &str, mark: Mark) {
    change(&mut |progress| progress.add(lesson, Marks::default().with(mark)));
}

/// Notes where the reader is: a lesson's name, with `#section` where one is known.
pub fn be_at(place: &str) {
    change(&mut |progress| progress.last = is_place(place).then(|| place.to_owned()));
}

/// Changes the progress, on top of what other tabs have stored meanwhile, and keeps it where that is possible.
pub fn change(how: &mut dyn FnMut(&mut Progress)) {
    let signal = shown();
    let before = signal.get_untracked();
    let mut progress = stored().unwrap_or_else(|| before.clone());
    how(&mut progress);
    if progress != before {
        keep(&progress);
        signal.set(progress);
    }
}

/// Where the progress is kept, which is found out by keeping it.
#[must_use]
pub fn kept() -> Kept {
    keep(&shown().get_untracked())
}

fn keep(progress: &Progress) -> Kept {
    let is_kept = storage().is_some_and(|storage| storage.set_item(KEY, &progress.to_string()).is_ok());
    if is_kept { Kept::OnDevice } else { Kept::InPage }
}

#[cfg(test)]
#[path = "progress_tests.rs"]
mod tests;
