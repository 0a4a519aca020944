//! The whole course: every lesson read, everything wrong with any of them reported at once.

use super::document;
use super::fault::Fault;
use super::findings::Findings;
use super::known::Known;
use super::order;
use super::samples;
use super::sources::Sources;
use super::validate::{self, Draft};
use crate::{Block, Index, IndexEntry, Lesson};
use std::fs;
use std::path::Path;

/// Every lesson, in course order, validated.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Pillar by pillar, as `course.toml` lists them.
    pub lessons: Vec<Lesson>,
}

/// Reads and validates the course under `root`, the repository's root.
///
/// # Errors
/// Every fault of every lesson, of `course.toml` and of the shown sources, sorted by file and line.
pub fn load(root: &Path, known: &Known) -> Result<Course, Vec<Fault>> {
    let mut sources = Sources::new(root);
    let (places, mut faults) = order::read(root, known);
    let mut drafts: Vec<Draft> = Vec::new();
    for place in places {
        let file = place.file();
        let mut findings = Findings::new(&file);
        let lesson = match fs::read_to_string(root.join(&file)) {
            Ok(text) => {
                let text = text.replace("\r\n", "\n");
                document::read(&place.pillar, &place.slug, &text, known, &mut sources, &mut findings)
            }
            Err(error) => {
                findings.fault(1, format!("the lesson cannot be read: {error}"), "make it readable UTF-8");
                None
            }
        };
        drafts.push(Draft { place, lesson, findings });
    }
    for draft in &drafts {
        faults.append(&mut samples::check(root, &draft.place.folder(), &mut sources));
    }
    validate::check(&mut drafts, known);
    let mut lessons = Vec::new();
    for draft in drafts {
        faults.append(&mut draft.findings.faults.into_inner());
        lessons.extend(draft.lesson);
    }
    faults.append(&mut sources.into_faults());
    faults.sort();
    if faults.is_empty() { Ok(Course { lessons }) } else { Err(faults) }
}

impl Course {
    /// The course's index. `file` says in which file a lesson's archive is.
    pub fn index(&self, mut file: impl FnMut(&Lesson) -> String) -> Index {
        let entry = |lesson: &Lesson| IndexEntry {
            pillar: lesson.pillar.clone(),
            slug: lesson.slug.clone(),
            title: lesson.title.clone(),
            question: lesson.question.clone(),
            summary: lesson.summary.clone(),
            minutes: lesson.minutes,
            labs: lesson.labs(),
            file: file(lesson),
        };
        Index { lessons: self.lessons.iter().map(entry).collect() }
    }
}

impl Lesson {
    /// Slugs of the labs that it embeds, each once, in order of appearance.
    #[must_use]
    pub fn labs(&self) -> Vec<String> {
        let mut labs = Vec::new();
        for block in self.sections.iter().flat_map(|section| &section.blocks) {
            if let Block::Lab(embed) = block
                && !labs.contains(&embed.lab)
            {
                labs.push(embed.lab.clone());
            }
        }
        labs
    }
}
