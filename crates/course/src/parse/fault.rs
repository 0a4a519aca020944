//! What an author is told: every fault of every lesson at once, each with its place and what to do about it.

use std::fmt;

/// Something wrong in what an author wrote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct Fault {
    /// The file, relative to the repository's root, with `/`.
    pub file: String,
    /// The line in it, from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub what_to_do: String,
}

/// `lessons/data/zero_copy/lesson.md:42: what is wrong`, and what to do on a line of its own.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n    {}", self.file, self.line, self.message, self.what_to_do)
    }
}

/// Collects the faults of one file.
#[derive(Debug)]
pub(super) struct FileFaults {
    file: String,
    faults: Vec<Fault>,
}

impl FileFaults {
    /// None yet. `file` is relative to the repository's root.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), faults: Vec::new() }
    }

    /// Notes a fault in this file.
    pub fn add(&mut self, line: u32, message: impl Into<String>, what_to_do: impl Into<String>) {
        self.faults.push(Fault { file: self.file.clone(), line, message: message.into(), what_to_do: what_to_do.into() });
    }

    /// The faults, in the order found.
    pub fn into_inner(self) -> Vec<Fault> {
        self.faults
    }
}

/// `items` as a list for a message: `a, b, c`; "none" if there are none.
pub(super) fn listed<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<&str> = items.into_iter().collect();
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}
