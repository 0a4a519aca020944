//! What exists outside the lessons: handed in by the caller, since this crate knows no lab and no page.

use super::fault::{FileFaults, listed};
use super::piece::Located;
use crate::slug::url_form;

/// Everything a lesson may refer to besides other lessons.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Slugs of the pillars, in either form.
    pub pillars: Vec<String>,
    /// The labs that a lesson may embed or link to.
    pub labs: Vec<KnownLab>,
    /// Names of the pages that `page:` links may point at.
    pub pages: Vec<String>,
    /// Ids of the audited claims.
    pub claims: Vec<String>,
}

impl Known {
    /// A pillar that there is not is a fault.
    pub(super) fn check_pillar(&self, pillar: &Located<String>, faults: &mut FileFaults) {
        if !self.pillars.iter().any(|other| url_form(other) == url_form(&pillar.value)) {
            let pillars = listed(self.pillars.iter().map(String::as_str));
            faults.add(pillar.line, format!("there is no pillar `{}`", pillar.value), format!("pillars: {pillars}"));
        }
    }
}

/// A lab and what can be set in its permalink.
#[derive(Clone, Debug, Default)]
pub struct KnownLab {
    /// The slug, with hyphens.
    pub slug: String,
    /// The keys that a lesson's `[with]` and a rule's inputs may set.
    pub settings: Vec<Setting>,
    /// Slugs of what the lab sets against each other.
    pub contenders: Vec<String>,
    /// Labels of what is timed apart.
    pub phases: Vec<String>,
    /// Slugs of what is counted.
    pub facts: Vec<String>,
}

/// A key of a lab's permalink.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The key.
    pub key: String,
    /// What it takes.
    pub values: Values,
}

/// What a setting takes.
#[derive(Clone, Debug)]
pub enum Values {
    /// One of these slugs.
    OneOf(Vec<String>),
    /// A whole number from `low` to `high`.
    Whole {
        /// The smallest.
        low: u64,
        /// The largest.
        high: u64,
    },
}

impl Values {
    /// Whether `value` is one of them.
    #[must_use]
    pub fn accept(&self, value: &str) -> bool {
        match self {
            Self::OneOf(slugs) => slugs.iter().any(|slug| slug == value),
            Self::Whole { low, high } => value.parse::<u64>().is_ok_and(|number| (*low..=*high).contains(&number)),
        }
    }
}

/// As an author is told: `log, mesh, order` or `a whole number from 1 to 8`.
impl std::fmt::Display for Values {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OneOf(slugs) => f.write_str(&slugs.join(", ")),
            Self::Whole { low, high } => write!(f, "a whole number from {low} to {high}"),
        }
    }
}
