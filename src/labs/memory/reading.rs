//! Where a reader is in a program that is gone through line by line, and what was guessed of its lines, as plain data. It must never take a guess
//! of a line that was seen.

use super::stepper::{Ask, Line};
use std::collections::BTreeMap;

/// Where the reader is, and what was guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// The present line.
    at: usize,
    /// The furthest line that was seen.
    seen: usize,
    /// Which answer was guessed of a line.
    guesses: BTreeMap<usize, usize>,
}

impl Reading {
    /// The present line.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// A line back.
    pub(super) const fn back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// A line on, if there is one.
    pub(super) fn on(&mut self, lines: &[Line]) {
        if self.at + 1 < lines.len() {
            self.at += 1;
            self.seen = self.seen.max(self.at);
        }
    }

    /// What may be guessed of the next line; none of one that was seen, or of which nothing is asked.
    pub(super) fn asked(&self, lines: &[Line]) -> Option<Ask> {
        let next = self.at + 1;
        lines.get(next).filter(|_| next > self.seen)?.ask
    }

    /// Takes a guess of the next line, and goes on to it.
    pub(super) fn guess(&mut self, lines: &[Line], answer: usize) {
        if self.asked(lines).is_some_and(|ask| answer < ask.answers.len()) {
            self.guesses.insert(self.at + 1, answer);
            self.on(lines);
        }
    }

    /// What became of the guess of the present line, with how many were right so far; empty where none was made.
    pub(super) fn judged(&self, lines: &[Line]) -> String {
        let ask = |at: &usize| lines.get(*at).and_then(|line| line.ask);
        let Some((ask_here, guess)) = ask(&self.at).zip(self.guesses.get(&self.at)) else { return String::new() };
        let right = self.guesses.iter().filter(|(at, guess)| ask(at).is_some_and(|ask| ask.right == **guess)).count();
        let verdict = if ask_here.right == *guess { "right" } else { "not so" };
        let said = ask_here.answers.get(*guess).copied().unwrap_or_default();
        format!("You said: {said}; {verdict}. {right} of {} guessed right. ", self.guesses.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: Option<Ask> = Some(Ask { about: "it is", answers: &["free", "lent"], right: 0 });
    const LENT: Option<Ask> = Some(Ask { about: "it is", answers: &["free", "lent"], right: 1 });

    fn lines(asks: &[Option<Ask>]) -> Vec<Line> {
        let line = |ask: &Option<Ask>| Line { code: String::new(), words: String::new(), picture: String::new(), ask: *ask };
        asks.iter().map(line).collect()
    }

    #[test]
    fn a_guess_goes_on_and_is_counted() {
        let lines = lines(&[None, FREE, LENT, None, LENT]);
        let mut reading = Reading::default();
        assert_eq!((reading.asked(&lines), reading.judged(&lines)), (FREE, String::new()));
        reading.guess(&lines, 0);
        assert_eq!((reading.at(), &*reading.judged(&lines)), (1, "You said: free; right. 1 of 1 guessed right. "));
        reading.guess(&lines, 0);
        assert_eq!(reading.judged(&lines), "You said: free; not so. 1 of 2 guessed right. ");
        // Nothing is asked of the fourth line, so nothing is guessed of it.
        reading.guess(&lines, 0);
        assert_eq!((reading.at(), reading.asked(&lines)), (2, None));
        reading.on(&lines);
        assert_eq!(reading.judged(&lines), "");
        reading.guess(&lines, 2);
        assert_eq!(reading.at(), 3, "there is no third answer");
        reading.guess(&lines, 1);
        assert_eq!(reading.judged(&lines), "You said: lent; right. 2 of 3 guessed right. ");
        reading.on(&lines);
        assert_eq!((reading.at(), reading.asked(&lines)), (4, None), "the last line");
    }

    #[test]
    fn what_was_seen_is_not_guessed_any_more_and_keeps_its_guess() {
        let lines = lines(&[None, FREE, LENT]);
        let mut reading = Reading::default();
        reading.guess(&lines, 1);
        reading.on(&lines);
        reading.back();
        reading.back();
        assert_eq!((reading.at(), reading.asked(&lines)), (0, None));
        reading.guess(&lines, 0);
        assert_eq!(reading.at(), 0);
        reading.on(&lines);
        assert_eq!(reading.judged(&lines), "You said: lent; not so. 0 of 1 guessed right. ");
        // While another program is on its way, there are no lines, and nothing moves.
        let before = reading.clone();
        reading.on(&[]);
        reading.guess(&[], 0);
        assert_eq!(reading, before);
        let mut none = Reading::default();
        none.on(&[]);
        none.back();
        assert_eq!(none, Reading::default());
    }
}
