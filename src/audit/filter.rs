//! Which claims are shown: by pillar and verdict, as the page's query says. Whatever the query says wrongly shows all.

use course::Verdict;
use form_urlencoded::Serializer;
use protocol::Pillar;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Claims of this pillar only.
    pub pillar: Option<Pillar>,
    /// Claims of this verdict only.
    pub verdict: Option<Verdict>,
}

impl Filter {
    /// Reads a query, with or without `?`.
    #[must_use]
    pub fn of_query(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*name {
                "pillar" => filter.pillar = Pillar::from_slug(&value),
                "verdict" => filter.verdict = Verdict::from_slug(&value),
                _ => {}
            }
        }
        filter
    }

    /// The query, with `?`; empty where everything is shown.
    #[must_use]
    pub fn to_query(self) -> String {
        let mut query = Serializer::new(String::new());
        if let Some(pillar) = self.pillar {
            query.append_pair("pillar", pillar.slug());
        }
        if let Some(verdict) = self.verdict {
            query.append_pair("verdict", verdict.slug());
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// Whether a claim is shown.
    #[must_use]
    pub fn shows(self, pillar: &str, verdict: Verdict) -> bool {
        self.pillar.is_none_or(|wanted| wanted.slug() == pillar) && self.verdict.is_none_or(|wanted| wanted == verdict)
    }

    /// How many claims are shown, in words.
    #[must_use]
    pub fn words(self, shown: usize, of: usize) -> String {
        if self == Self::default() {
            return format!("All {of} claims are shown.");
        }
        let verdict = self.verdict.map(|verdict| format!(" with the verdict “{}”", verdict.label())).unwrap_or_default();
        let pillar = self.pillar.map(|pillar| format!(" in {}", pillar.title())).unwrap_or_default();
        format!("{shown} of {of} claims{pillar}{verdict}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_choice_comes_back_from_its_query() {
        for pillar in Pillar::ALL.map(Some).into_iter().chain([None]) {
            for verdict in Verdict::ALL.map(Some).into_iter().chain([None]) {
                let filter = Filter { pillar, verdict };
                assert_eq!(Filter::of_query(&filter.to_query()), filter);
            }
        }
        assert_eq!(Filter::default().to_query(), "");
        assert_eq!(Filter::of_query("?pillar=nowhere&verdict=maybe&x=y"), Filter::default());
    }

    #[test]
    fn only_what_is_asked_for_is_shown_and_counted() {
        let filter = Filter { pillar: Some(Pillar::Data), verdict: Some(Verdict::Wrong) };
        assert!(filter.shows("data", Verdict::Wrong) && Filter::default().shows("data", Verdict::Wrong));
        assert!(!filter.shows("data", Verdict::Holds) && !filter.shows("memory", Verdict::Wrong));
        assert_eq!(filter.words(1, 28), "1 of 28 claims in Data engineering with the verdict “wrong”.");
        assert_eq!(Filter::default().words(28, 28), "All 28 claims are shown.");
    }

    proptest! {
        #[test]
        fn no_query_panics(query in ".{0,120}") {
            let _ = Filter::of_query(&query);
        }
    }
}
