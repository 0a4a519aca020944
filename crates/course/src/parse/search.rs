//! Builds the search index: of lessons, claims and terms by itself, of everything else as its caller tells.

use super::course::Course;
use super::guide::Guide;
use crate::search::words;
use crate::{Block, Claim, Entry, Kind, Lesson, SearchIndex, Section, Target, Term};
use std::collections::BTreeMap;

/// A word in a name.
const NAME: u8 = 24;
/// A word in a sentence that stands under a name.
const CONTEXT: u8 = 6;
/// A word somewhere in a text.
const TEXT: u8 = 2;

/// Collects entries and the words by which they are found.
#[derive(Debug, Default)]
pub struct SearchBuilder {
    entries: Vec<Entry>,
    /// By word: the entries that hold it, in order, and what it weighs there.
    postings: BTreeMap<String, BTreeMap<u16, u8>>,
}

impl SearchBuilder {
    /// An index of the course and its guide.
    #[must_use]
    pub fn of(course: &Course, guide: &Guide) -> Self {
        let mut builder = Self::default();
        for lesson in &course.lessons {
            builder.lesson(lesson);
        }
        for claim in &guide.audit.claims {
            builder.claim(claim);
        }
        for term in &guide.glossary.terms {
            builder.term(term);
        }
        builder
    }

    /// Adds an entry, found by its title, its context and the words of `text`. What would be the 65,536th is left out.
    pub fn add(&mut self, entry: Entry, text: &str) {
        let Ok(at) = u16::try_from(self.entries.len()) else { return };
        self.count(at, &entry.title, NAME);
        self.count(at, &entry.context, CONTEXT);
        self.count(at, text, TEXT);
        self.entries.push(entry);
    }

    /// A word counts as much as the best place where it stands, and a little more the more often it does.
    fn count(&mut self, entry: u16, text: &str, weight: u8) {
        for word in words(text) {
            let there = self.postings.entry(word).or_default().entry(entry).or_insert(0);
            *there = if *there < weight { weight } else { there.saturating_add(1).min(NAME + CONTEXT) };
        }
    }

    /// The index.
    #[must_use]
    pub fn build(self) -> SearchIndex {
        let mut index = SearchIndex { entries: self.entries, ..SearchIndex::default() };
        // 2^32 bytes of words or postings are beyond any course.
        let end = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        for (word, found) in self.postings {
            index.words.push_str(&word);
            index.ends.push(end(index.words.len()));
            for (entry, weight) in found {
                index.found_in.push(entry);
                index.weights.push(weight);
            }
            index.postings.push(end(index.found_in.len()));
        }
        index
    }

    fn lesson(&mut self, lesson: &Lesson) {
        let target = |section| Target::Lesson { pillar: &lesson.pillar, slug: &lesson.slug, section }.to_string();
        let entry = |kind, title: &str, context: &str, target| Entry {
            kind,
            title: title.to_owned(),
            context: context.to_owned(),
            target,
        };
        self.add(entry(Kind::Lesson, &lesson.title, &lesson.summary, target(None)), &lesson.question);
        for section in &lesson.sections {
            let text = section_text(section);
            self.add(entry(Kind::Section, &section.title, &lesson.title, target(Some(&section.id))), &text);
        }
    }

    fn claim(&mut self, claim: &Claim) {
        let entry = Entry {
            kind: Kind::Claim,
            title: claim.claim.clone(),
            context: claim.verdict.label().to_owned(),
            target: Target::Claim(&claim.id).to_string(),
        };
        self.add(entry, &format!("{} {}", claim.why, claim.finding));
    }

    fn term(&mut self, term: &Term) {
        let entry = Entry {
            kind: Kind::Term,
            title: term.term.clone(),
            context: term.definition.clone(),
            target: format!("term:{}", term.id),
        };
        self.add(entry, "");
    }
}

/// What a section says, without the speaker's notes and without code, whose names would drown the prose.
fn section_text(section: &Section) -> String {
    let mut text = String::new();
    for block in &section.blocks {
        let parts: Vec<&str> = match block {
            Block::Prose(html) | Block::Callout { html, .. } | Block::Exercise(html) => vec![html],
            Block::Lab(embed) => embed.caption.as_deref().into_iter().collect(),
            Block::Code(code) => code.caption.as_deref().into_iter().collect(),
            Block::Predict(predict) => vec![&predict.question],
            Block::Quiz(quiz) => vec![&quiz.question],
            Block::Compiles(compiles) => vec![&compiles.why],
            Block::Variance(rows) => rows.iter().flat_map(|row| [&*row.of, &*row.because]).collect(),
            Block::Notes(_) | Block::Output(_) => Vec::new(),
        };
        for part in parts {
            text.push_str(&plain(part));
            text.push(' ');
        }
    }
    text
}

/// HTML of our own parser as text: every tag a space, the five entities that it writes undone.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        // Inline marks stand within words: `zero-<em>copy</em>`.
        if !["em>", "/em>", "strong>", "/strong>", "code>", "/code>"].iter().any(|inline| tag.starts_with(inline)) {
            text.push(' ');
        }
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
