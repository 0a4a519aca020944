//! Searching lessons, labs, claims and terms: an index that is built with the site, read in place, and asked by a pure function.
//!
//! It must never panic, whatever the index holds: a damaged one finds less. How words are cut is [`words`], for the index and the query alike.

use rkyv::{Archive, Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many hits a query gives at most.
pub const MOST_HITS: usize = 20;

/// The longest word that counts, in bytes; the rest of a longer one is cut off.
const LONGEST_WORD: usize = 32;

/// What can be found, and by which words.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct SearchIndex {
    /// What can be found.
    pub entries: Vec<Entry>,
    /// All words, sorted, one after the other without anything between.
    pub words: String,
    /// For each word, where it ends in `words`.
    pub ends: Vec<u32>,
    /// For each word, where its postings end in the two lists below.
    pub postings: Vec<u32>,
    /// Postings: the entry that holds the word.
    pub found_in: Vec<u16>,
    /// Postings: how much the word weighs there.
    pub weights: Vec<u8>,
}

/// Something that can be found.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// What stands under the name: the lesson of a section, a sentence about a lab or a claim.
    pub context: String,
    /// Where it is, as [`crate::Target`] writes it, or `term:<id>`, or `pillar:<slug>`.
    pub target: String,
}

/// What a hit is.
#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[rkyv(derive(Clone, Copy, Debug, PartialEq, Eq))]
pub enum Kind {
    /// A lesson.
    Lesson,
    /// A section of a lesson.
    Section,
    /// A lab.
    Lab,
    /// An audited claim.
    Claim,
    /// A term of the glossary.
    Term,
    /// A page of the site, such as a pillar's.
    Page,
}

impl ArchivedKind {
    /// The kind itself.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Lesson => Kind::Lesson,
            Self::Section => Kind::Section,
            Self::Lab => Kind::Lab,
            Self::Claim => Kind::Claim,
            Self::Term => Kind::Term,
            Self::Page => Kind::Page,
        }
    }
}

/// What a query found.
#[derive(Clone, Copy)]
pub struct Hit<'a> {
    /// What was found.
    pub entry: &'a ArchivedEntry,
    /// How well it fits: larger is better; only to be compared within one answer.
    pub score: u32,
}

/// The words of a text, in lower case: runs of letters and digits. A name with underscores gives itself and its parts.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let runs = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    runs.flat_map(|run| {
        let run = run.trim_matches('_');
        let parts = run.contains('_').then(|| run.split('_')).into_iter().flatten();
        std::iter::once(run).chain(parts)
    })
    .filter(|word| !word.is_empty())
    .map(|word| shortened(&word.to_lowercase()).to_owned())
}

/// The answer to a query, best first: entries that hold every word of it, the last of which may be unfinished, and each of which may be the
/// beginning of a longer one.
#[must_use]
pub fn search<'a>(index: &'a ArchivedSearchIndex, query: &str) -> Vec<Hit<'a>> {
    let mut asked: Vec<String> = words(query).collect();
    asked.sort_unstable();
    asked.dedup();
    let mut scores: Option<BTreeMap<u16, u32>> = None;
    for word in &asked {
        let found = index.entries_with(word);
        scores = Some(match scores {
            None => found,
            Some(before) => before.into_iter().filter_map(|(entry, score)| Some((entry, score + found.get(&entry)?))).collect(),
        });
    }
    let hits = scores.unwrap_or_default().into_iter();
    let mut hits: Vec<Hit<'a>> =
        hits.filter_map(|(entry, score)| Some(Hit { entry: index.entries.get(usize::from(entry))?, score })).collect();
    // Stable: entries of one score keep the index's order, which is the course's.
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
    hits.truncate(MOST_HITS);
    hits
}

impl ArchivedSearchIndex {
    /// Every entry that holds a word which begins with `prefix`, with the best of their scores.
    fn entries_with(&self, prefix: &str) -> BTreeMap<u16, u32> {
        let mut found = BTreeMap::new();
        let first = self.first_not_below(prefix);
        for at in first..self.ends.len() {
            let Some(word) = self.word(at).filter(|word| word.starts_with(prefix)) else { break };
            // A whole word counts four times what the beginning of a much longer one does.
            let closeness = if word.len() == prefix.len() { 8 } else { 2 + 4 * prefix.len() / word.len() };
            for (entry, weight) in self.postings_of(at) {
                let score = u32::from(weight) * u32::try_from(closeness).unwrap_or(2);
                let best = found.entry(entry).or_insert(0);
                *best = score.max(*best);
            }
        }
        found
    }

    /// The first word that is not smaller than `wanted`.
    fn first_not_below(&self, wanted: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.word(middle).is_some_and(|word| word < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn word(&self, at: usize) -> Option<&str> {
        let end = usize::try_from(self.ends.get(at)?.to_native()).ok()?;
        let start = match at.checked_sub(1) {
            None => 0,
            Some(before) => usize::try_from(self.ends.get(before)?.to_native()).ok()?,
        };
        self.words.get(start..end)
    }

    fn postings_of(&self, at: usize) -> impl Iterator<Item = (u16, u8)> + '_ {
        let bound = |at: usize| self.postings.get(at).and_then(|end| usize::try_from(end.to_native()).ok()).unwrap_or(0);
        let range = at.checked_sub(1).map_or(0, bound)..bound(at);
        let entries = self.found_in.get(range.clone()).unwrap_or_default();
        let weights = self.weights.get(range).unwrap_or_default();
        entries.iter().zip(weights).map(|(entry, weight)| (entry.to_native(), *weight))
    }
}

/// The first [`LONGEST_WORD`] bytes, cut between letters.
fn shortened(word: &str) -> &str {
    let mut end = word.len().min(LONGEST_WORD);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    word.get(..end).unwrap_or(word)
}
