//! A reader's answers to the placement, and the line they are kept as. Plain data: who is placed where is the course's rule.

use course::{ArchivedPlacement, Placed};

/// The answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The station that was found; empty before.
    pub station: String,
    /// The picked answer of each question that has one, by the question's id, and whether it is right.
    picks: Vec<(String, usize, bool)>,
    /// The first station of the branch that is wished for; empty if none is.
    pub wish: String,
}

impl Sheet {
    /// Picks an answer, in place of an earlier one.
    pub fn pick(&mut self, question: &str, answer: usize, is_right: bool) {
        self.picks.retain(|(id, ..)| id != question);
        self.picks.push((question.to_owned(), answer, is_right));
    }

    /// The answer that is picked.
    #[must_use]
    pub fn picked(&self, question: &str) -> Option<usize> {
        self.picks.iter().find(|(id, ..)| id == question).map(|(_, answer, _)| *answer)
    }

    /// Where the answers place the reader.
    #[must_use]
    pub fn place(&self, placement: &ArchivedPlacement) -> Placed {
        let is_right = |question: &str| self.picks.iter().any(|(id, _, is_right)| id == question && *is_right);
        placement.place(is_right, Some(self.wish.as_str()).filter(|wish| !wish.is_empty()))
    }

    /// The line it is kept as: the station, the questions that were right, the wish.
    #[must_use]
    pub fn to_text(&self) -> String {
        let right: Vec<&str> = self.picks.iter().filter(|pick| pick.2).map(|pick| pick.0.as_str()).collect();
        format!("{} {} {}", self.station, right.join(","), self.wish).trim_end().to_owned()
    }

    /// The answers of a kept line; none if it is damaged. Which wrong answers were picked is not kept.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let is_word = |word: &str| word.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'_');
        let mut parts = text.split(' ');
        let (station, right, wish) = (parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if parts.next().is_some() || station.is_empty() || !is_word(station) || !is_word(wish) || !right.split(',').all(is_word) {
            return None;
        }
        let ids = right.split(',').filter(|id| !id.is_empty());
        let picks = ids.map(|id| (id.to_owned(), usize::MAX, true)).collect();
        Some(Self { station: station.to_owned(), picks, wish: wish.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pick_takes_the_place_of_an_earlier_one() {
        let mut sheet = Sheet { station: "B".to_owned(), wish: "F".to_owned(), ..Sheet::default() };
        sheet.pick("moved", 0, true);
        sheet.pick("held", 1, true);
        sheet.pick("moved", 2, false);
        assert_eq!((sheet.picked("moved"), sheet.picked("none")), (Some(2), None));
        assert_eq!(sheet.to_text(), "B held F");
    }

    #[test]
    fn what_is_kept_comes_back_and_damage_is_none() {
        for text in ["A", "B moved,held", "F moved,held F", "A  D"] {
            assert_eq!(Sheet::of_text(text).map(|sheet| sheet.to_text()).as_deref(), Some(text));
        }
        for text in ["", " moved", "A b c d", "A <b>", "Ä"] {
            assert_eq!(Sheet::of_text(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}") {
            if let Some(sheet) = Sheet::of_text(&text) {
                prop_assert_eq!(Sheet::of_text(&sheet.to_text()), Some(sheet));
            }
        }
    }
}
