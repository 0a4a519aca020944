//! The glossary as data: the field's own words, each in one or two plain sentences. Plain data, read in place.

use rkyv::{Archive, Deserialize, Serialize};

/// Every term, by name.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Glossary {
    /// The terms, sorted by name without regard to case.
    pub terms: Vec<Term>,
}

/// A term.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Term {
    /// Its name in addresses and element ids, with hyphens. It never changes once released.
    pub id: String,
    /// The term as the field writes it.
    pub term: String,
    /// What it means: one or two sentences of plain text.
    pub definition: String,
    /// The pillar it belongs to, as its folder is called.
    pub pillar: String,
    /// The ids of terms to see also.
    pub see: Vec<String>,
}

impl ArchivedGlossary {
    /// The term of that id.
    #[must_use]
    pub fn term(&self, id: &str) -> Option<&ArchivedTerm> {
        self.terms.iter().find(|term| term.id == id)
    }
}
