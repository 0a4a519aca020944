//! What is found out about a lesson beside its content: faults, links to be checked once all lessons are read, ids.

use super::fault::{FileFaults, listed};
use super::piece::Located;
use std::collections::BTreeMap;

/// Collected while one lesson is read.
#[derive(Debug)]
pub(super) struct Findings {
    /// The lesson's faults.
    pub faults: FileFaults,
    /// Links into the site (`lab:arena`) and into the lesson (`#section`), unchecked.
    pub links: Vec<Located<String>>,
    /// Every id of the lesson and the line it was given on.
    ids: BTreeMap<String, u32>,
    /// Those of them that are sections'.
    sections: Vec<String>,
    /// How many questions of earlier lessons the lesson asks, good or not; none if its front matter could not be read.
    pub recalled: Option<usize>,
    /// How many samples the lesson has asked about, good or not: they are numbered, since most ask the same.
    pub compiles: u32,
    /// How far the file was read.
    pub body: Body,
}

/// Whether a lesson's ids are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// The front matter does not end, so nobody knows where the body begins.
    Unread,
    /// All of it was read.
    Read,
}

impl Findings {
    /// Nothing found yet in `file`.
    pub fn new(file: &str) -> Self {
        Self {
            faults: FileFaults::new(file),
            links: Vec::new(),
            ids: BTreeMap::new(),
            sections: Vec::new(),
            recalled: None,
            compiles: 0,
            body: Body::Unread,
        }
    }

    /// Notes a fault.
    pub fn fault(&mut self, line: u32, message: impl Into<String>, what_to_do: impl Into<String>) {
        self.faults.add(line, message, what_to_do);
    }

    /// Takes an id for an element: a fault if it is taken, or cannot stand in an address.
    pub fn take_id(&mut self, id: &str, line: u32) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        if id.is_empty() || !id.chars().all(fits) {
            self.fault(line, format!("`{id}` is no id"), "use lower-case letters, digits, - and _");
        } else if let Some(first) = self.ids.get(id) {
            let message = format!("the id `{id}` is taken: line {first} has it");
            self.fault(line, message, "give it another id; that of a section follows its heading with {#id}");
        } else {
            self.ids.insert(id.to_owned(), line);
        }
    }

    /// Takes an id for a section.
    pub fn take_section_id(&mut self, id: &str, line: u32) {
        self.take_id(id, line);
        self.sections.push(id.to_owned());
    }

    /// Whether a link `#id` leads to anything in this lesson, or may: where the body could not be read, that alone is the fault.
    pub fn may_have_id(&self, id: &str) -> bool {
        self.body == Body::Unread || self.ids.contains_key(id)
    }

    /// The sections' ids, for a message.
    pub fn section_list(&self) -> String {
        listed(self.sections.iter().map(String::as_str))
    }
}
