//! What an answer of the index says to the reader: its hits by kind, how many there are, and what to try when there are none.

use super::marked::marked;
use crate::markup::{all, escaped};
use course::{ArchivedSearchIndex, Kind, MOST_HITS, Target, search, words};

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The query as typed, without what surrounds it.
    pub query: String,
    /// Hits by kind; the kind of the best hit first, and each kind's best hit first.
    pub groups: Vec<(Kind, Vec<Hit>)>,
}

/// A hit as the reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its name.
    pub title: String,
    /// What stands under the name.
    pub context: String,
    /// Where it is, as [`Target`] writes it.
    pub target: String,
}

impl Found {
    /// The answer to a query.
    #[must_use]
    pub fn of(index: &ArchivedSearchIndex, query: &str) -> Self {
        let mut groups: Vec<(Kind, Vec<Hit>)> = Vec::new();
        for hit in search(index, query) {
            let entry = hit.entry;
            let shown = Hit {
                title: entry.title.as_str().into(),
                context: entry.context.as_str().into(),
                target: entry.target.as_str().into(),
            };
            let kind = entry.kind.kind();
            match groups.iter_mut().find(|(other, _)| *other == kind) {
                Some((_, hits)) => hits.push(shown),
                None => groups.push((kind, vec![shown])),
            }
        }
        Self { query: query.trim().to_owned(), groups }
    }

    /// How many hits there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.groups.iter().map(|(_, hits)| hits.len()).sum()
    }

    /// What is said of the answer, once.
    #[must_use]
    pub fn summary(&self) -> String {
        match self.count() {
            _ if words(&self.query).next().is_none() => String::new(),
            0 => format!("Nothing found for “{}”.", self.query),
            1 => "1 result.".to_owned(),
            count if count >= MOST_HITS => format!("The best {count} results; another word narrows them."),
            count => format!("{count} results."),
        }
    }

    /// The answer as HTML; `address` says where a target is. Nothing for an empty query.
    #[must_use]
    pub fn html(&self, address: impl Fn(Target<'_>) -> String) -> String {
        let asked: Vec<String> = words(&self.query).collect();
        if asked.is_empty() {
            return String::new();
        }
        if self.groups.is_empty() {
            return NOTHING.to_owned();
        }
        all(&self.groups, |(kind, hits)| {
            let items = all(hits, |hit| {
                // The index is written with the site; a target of another build is no link.
                let Ok(target) = Target::parse(&hit.target) else { return String::new() };
                format!(
                    "<li><a href=\"{}\"><b>{}</b> <span>{}</span></a></li>",
                    escaped(&address(target)),
                    marked(&hit.title, &asked),
                    marked(&hit.context, &asked),
                )
            });
            format!("<section><h3>{}</h3><ul>{items}</ul></section>", plural(*kind))
        })
    }
}

const NOTHING: &str = "<p>Every word has to be there. Try fewer words, or the beginning of one: “alloc” finds “allocator”. \
                       Names of code are found as they are written: “RefCell”.</p>";

/// What a group of hits is called.
const fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Lesson => "Lessons",
        Kind::Section => "Sections",
        Kind::Lab => "Labs",
        Kind::Claim => "Claims of the audit",
        Kind::Term => "Terms",
        Kind::Page => "Pages",
    }
}

#[cfg(test)]
#[path = "found_tests.rs"]
mod tests;
