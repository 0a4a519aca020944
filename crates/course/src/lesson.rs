//! What a lesson is. Plain data, each type with an archived twin that is read in place.
//!
//! A field called `html`, or whose doc says "inline HTML", was written by this crate's parser: escaped, without scripts, raw HTML, images
//! or inline styles (aligned table cells bear the classes `right` and `centre`); links in it are described in [`crate::Target`]. All other strings are plain text.

use crate::{ArchivedCame, Came, VarianceRow};
use rkyv::{Archive, Deserialize, Serialize};

/// One lesson.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Lesson {
    /// The pillar's slug, as its folder is called: with underscores.
    pub pillar: String,
    /// The lesson's slug, as its folder is called: with underscores. Unique within the pillar.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The question worth answering: one sentence.
    pub question: String,
    /// What the lesson shows, for listings and link previews.
    pub summary: String,
    /// How long it takes to work through, in minutes.
    pub minutes: u16,
    /// Ids of the audited claims that the lesson deals with.
    pub claims: Vec<String>,
    /// Questions that recall an earlier lesson: two, or none in the course's first lesson.
    pub recall: Vec<Quiz>,
    /// The sections, in reading order; at least one.
    pub sections: Vec<Section>,
    /// Where its cited figures and statements come from; at least one.
    pub sources: Vec<Source>,
}

/// A section: one idea.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Section {
    /// The element's id, unique within the lesson.
    pub id: String,
    /// The heading, as plain text.
    pub title: String,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Block {
    /// Prose, as HTML.
    Prose(String),
    /// A lab to run.
    Lab(LabEmbed),
    /// Code that is compiled and run by this repository.
    Code(Code),
    /// A prediction to make before a run.
    Predict(Predict),
    /// A question with one correct answer.
    Quiz(Quiz),
    /// A remark that stands out.
    Callout {
        /// What sort of remark.
        kind: CalloutKind,
        /// The remark, as HTML.
        html: String,
    },
    /// Whether a program compiles.
    Compiles(Compiles),
    /// How types vary in their parameters: a row each.
    Variance(Vec<VarianceRow>),
    /// What a speaker says here, as HTML; readers do not see it.
    Notes(String),
    /// A task for the reader, as HTML.
    Exercise(String),
    /// What a program printed, as plain text.
    Output(String),
}

/// What sort of remark a call-out is.
#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalloutKind {
    /// Worth knowing.
    Note,
    /// Something that goes wrong.
    Warning,
    /// What the technique costs, and when not to use it.
    Cost,
}

/// A lab embedded in a lesson.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct LabEmbed {
    /// The lab's slug, with hyphens.
    pub lab: String,
    /// What it starts with: the permalink's keys and values, by key.
    pub with: Vec<(String, String)>,
    /// A caption, as inline HTML.
    pub caption: Option<String>,
}

/// Code shown in a lesson: all of a file, or what stands between two anchors.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Code {
    /// The file, relative to the repository's root, with `/`.
    pub path: String,
    /// The anchor's name; none if the whole file is shown.
    pub anchor: Option<String>,
    /// The first shown line's number in the file, from 1.
    pub first_line: u32,
    /// A caption, as inline HTML.
    pub caption: Option<String>,
    /// The code as HTML, one line each, for a `<pre>`: spans of the classes that `parse::highlight` lists, no inline colours.
    pub html: String,
    /// The same code as plain text, for copying.
    pub text: String,
    /// What came of it: of code that must not compile always, of a whole program where its `main` is shown. None of other code, which is
    /// compiled and tested.
    pub came: Option<Came>,
}

/// A question whose answer is nowhere typed in: whether the shown code compiles is known by what came of it.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Compiles {
    /// The element's id, unique within the lesson.
    pub id: String,
    /// The question with its number in the lesson, as inline HTML.
    pub question: String,
    /// The code, without a caption. Its path tells the answer, so it must not be shown before.
    pub code: Code,
    /// Why it does or does not, as inline HTML.
    pub why: String,
}

/// A prediction: made before the lab has run, shown beside its result.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Predict {
    /// The element's id, unique within the lesson.
    pub id: String,
    /// The question, as inline HTML.
    pub question: String,
    /// How the reader answers.
    pub guess: Guess,
}

/// How a prediction is made.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Guess {
    /// One of at least two options. At most one is marked correct: none where it depends on the device.
    Choice(Vec<Answer>),
    /// A number.
    Number {
        /// Its unit.
        unit: String,
        /// What the lab will show, as inline HTML.
        answer_note: String,
        /// The smallest number that can be entered; below `high`.
        low: f64,
        /// The largest number that can be entered.
        high: f64,
        /// The distance between neighbouring numbers, above 0; none for a free choice.
        step: Option<f64>,
    },
}

/// A question with one correct answer.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Quiz {
    /// The element's id, unique within the lesson.
    pub id: String,
    /// The question, as inline HTML.
    pub question: String,
    /// At least two answers, exactly one of them correct.
    pub answers: Vec<Answer>,
}

/// An answer one can pick.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Answer {
    /// The answer, as inline HTML.
    pub text: String,
    /// Whether it is the right one.
    pub correct: bool,
    /// Why it is right or wrong, as inline HTML.
    pub why: String,
}

/// A source that a lesson cites.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Where it is: `https:` or `http:`.
    pub url: String,
    /// When it was published or last looked at: `2026-09-30`.
    pub date: String,
}

/// Every lesson of the course, in course order: what listings need, without the lessons themselves.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Index {
    /// Pillar by pillar, as `course.toml` lists them.
    pub lessons: Vec<IndexEntry>,
}

/// What a listing shows of a lesson, and where its archive is.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct IndexEntry {
    /// [`Lesson::pillar`]
    pub pillar: String,
    /// [`Lesson::slug`]
    pub slug: String,
    /// [`Lesson::title`]
    pub title: String,
    /// [`Lesson::question`]
    pub question: String,
    /// [`Lesson::summary`]
    pub summary: String,
    /// [`Lesson::minutes`]
    pub minutes: u16,
    /// Slugs of the labs the lesson embeds, each once, in order of appearance.
    pub labs: Vec<String>,
    /// The archive's file name, in the folder the index is in.
    pub file: String,
}

impl ArchivedCode {
    /// Whether the compiler takes it.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        !matches!(self.came.as_ref(), Some(ArchivedCame::Refused(_)))
    }
}

/// Finding things in a lesson that is read in place.
impl ArchivedLesson {
    /// The section of that id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&ArchivedSection> {
        self.sections.iter().find(|section| section.id == id)
    }
}

/// Finding things in an index that is read in place.
impl ArchivedIndex {
    /// The lesson of that pillar and slug, both in folder form.
    #[must_use]
    pub fn lesson(&self, pillar: &str, slug: &str) -> Option<&ArchivedIndexEntry> {
        self.lessons.iter().find(|entry| entry.pillar == pillar && entry.slug == slug)
    }
}
