//! An assignment: lessons in an order, a seed, and whether a guess comes before a run. It lives in a link and nowhere else.

use crate::app::{Route, href};
use course::url_form;

/// How many lessons an assignment holds at most.
const MOST: usize = 24;

/// What a class is asked to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// `<pillar>/<lesson>` as addresses spell them, each once, in order.
    pub lessons: Vec<String>,
    /// The seed of every lab, so that all work on the same data; none for the labs' own.
    pub seed: Option<u64>,
    /// Whether a lab waits for its guess.
    pub guess: GuessRule,
}

/// Whether a lab waits for its guess.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GuessRule {
    /// It runs when asked to.
    #[default]
    Free,
    /// It does not run before the guesses that stand above it are made.
    Required,
}

impl Assignment {
    /// What a query asks for, with or without its question mark; none where it names no lesson. What it says wrongly counts as left out.
    #[must_use]
    pub fn of_query(query: &str) -> Option<Self> {
        let mut assignment = Self::default();
        for (key, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*key {
                "lessons" => value.split(',').for_each(|lesson| assignment.add(lesson)),
                "seed" => assignment.seed = value.parse().ok(),
                "guess" if value == "required" => assignment.guess = GuessRule::Required,
                _ => {}
            }
        }
        (!assignment.lessons.is_empty()).then_some(assignment)
    }

    /// The query, without its question mark. Slugs need no escaping, so it stays legible.
    #[must_use]
    pub fn to_query(&self) -> String {
        let guess = if self.guess == GuessRule::Required { "guess=required&" } else { "" };
        let seed = self.seed.map(|seed| format!("seed={seed}&")).unwrap_or_default();
        format!("{guess}{seed}lessons={}", self.lessons.join(","))
    }

    /// Its first lesson.
    #[must_use]
    pub fn start(&self) -> Route {
        let (pillar, lesson) = self.lessons.first().and_then(|first| first.split_once('/')).unwrap_or_default();
        Route::Lesson { pillar: pillar.to_owned(), lesson: lesson.to_owned() }
    }

    /// Where it begins, with all that it asks.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}?{}", href(&self.start()), self.to_query())
    }

    /// Adds a lesson at the end; what cannot be one, or is there, or would be one too many, is left out.
    pub fn add(&mut self, lesson: &str) {
        let is_slug = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || b"-_".contains(&letter))
        };
        let lesson = url_form(lesson);
        let is_name = lesson.split_once('/').is_some_and(|(pillar, slug)| is_slug(pillar) && is_slug(slug));
        if is_name && !self.lessons.contains(&lesson) && self.lessons.len() < MOST {
            self.lessons.push(lesson);
        }
    }

    /// Takes a lesson out.
    pub fn remove(&mut self, lesson: &str) {
        self.lessons.retain(|other| other != lesson);
    }

    /// Where a path below the site's root stands among the lessons.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<usize> {
        let mut parts = path.rsplit('/').filter(|part| !part.is_empty() && *part != "index.html");
        let (slug, pillar) = (parts.next()?, parts.next()?);
        self.lessons.iter().position(|lesson| lesson.split_once('/') == Some((pillar, slug)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_link_says_what_is_asked() {
        let query = "guess=required&seed=7&lessons=memory/arenas,data/zero-copy";
        let assignment = Assignment::of_query(query).unwrap();
        assert_eq!(assignment.lessons, ["memory/arenas", "data/zero-copy"]);
        assert_eq!((assignment.seed, assignment.guess), (Some(7), GuessRule::Required));
        assert_eq!(assignment.to_query(), query);
        assert_eq!(assignment.at("/a/b/lessons/data/zero-copy/"), Some(1));
        assert_eq!(assignment.at("/lessons/data/zero-copy/index.html"), Some(1));
        assert_eq!(assignment.at("/class/"), None);
    }

    #[test]
    fn what_is_wrong_counts_as_left_out() {
        let assignment =
            Assignment::of_query("?lessons=memory%2Farenas,<b>,x,memory/arenas,a/b/c&seed=no&guess=maybe&stage=1").unwrap();
        assert_eq!(assignment, Assignment { lessons: vec!["memory/arenas".into()], seed: None, guess: GuessRule::Free });
        assert_eq!(Assignment::of_query("?seed=7&guess=required"), None);
    }

    proptest! {
        #[test]
        fn no_query_panics_and_what_is_read_is_written_again(query in "(lessons=|seed=|guess=required|[a-z/,-]{1,9}|&|[0-9]{1,25}|\\PC){0,12}") {
            if let Some(assignment) = Assignment::of_query(&query) {
                prop_assert_eq!(Assignment::of_query(&assignment.to_query()), Some(assignment));
            }
        }
    }
}
