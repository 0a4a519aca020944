//! Which terms are shown, and what is said of it.

/// What the reader typed above the terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    typed: String,
    /// Each must stand somewhere in a term or its definition; in lower case.
    parts: Vec<String>,
}

impl Shown {
    /// What a text asks for.
    #[must_use]
    pub fn of(typed: &str) -> Self {
        Self { typed: typed.trim().to_owned(), parts: typed.to_lowercase().split_whitespace().map(str::to_owned).collect() }
    }

    /// Whether a term with that text is shown.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.parts.iter().all(|part| text.contains(part.as_str()))
    }

    /// What is said when `count` of `total` terms are shown.
    #[must_use]
    pub fn words(&self, count: usize, total: usize) -> String {
        match count {
            _ if self.parts.is_empty() => format!("{total} terms."),
            0 => {
                format!("No term with “{}”. Try fewer letters, or the search above: it looks into the lessons, too.", self.typed)
            }
            1 => format!("1 of {total} terms."),
            _ => format!("{count} of {total} terms."),
        }
    }
}

/// Under which letter a term stands: its own in upper case.
#[must_use]
pub fn initial(term: &str) -> char {
    term.chars().next().and_then(|letter| letter.to_uppercase().next()).unwrap_or('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_must_stand_in_the_term_whatever_the_case() {
        let shown = Shown::of(" BUMP alloc ");
        assert!(shown.fits("bump allocation: adding to a pointer"));
        assert!(!shown.fits("allocator"));
        assert!(Shown::of("").fits("anything"));
    }

    #[test]
    fn the_count_is_told_and_none_says_what_to_try() {
        assert_eq!(Shown::of("").words(3, 3), "3 terms.");
        assert_eq!(Shown::of("x").words(1, 3), "1 of 3 terms.");
        assert!(Shown::of(" zz ").words(0, 3).starts_with("No term with “zz”. Try"));
    }

    #[test]
    fn terms_stand_under_their_letter() {
        assert_eq!((initial("arena"), initial("Box"), initial("no_std"), initial("")), ('A', 'B', 'N', '#'));
    }
}
