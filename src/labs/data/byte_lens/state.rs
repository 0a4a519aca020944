//! What the reader has chosen in the byte lens, as plain data: the record, the damage, the step. It must never touch the browser.

use crate::state::permalink::Permalink;
use protocol::{
    LabId, LabInput,
    lens::{Damage, Format, LensAnswer, LensInput, LensQuestion},
};

/// Everything but the record itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Looking {
    /// Whose bytes are broken, and whose reader is stepped through.
    pub(super) format: Format,
    /// What is broken.
    pub(super) breaking: Breaking,
    /// Where.
    pub(super) at: u32,
    /// The value that is written there.
    pub(super) value: u8,
    /// Which step the reader has come to, from 0.
    pub(super) step: usize,
}

impl Default for Looking {
    fn default() -> Self {
        Self { format: Format::Rkyv, breaking: Breaking::Nothing, at: 0, value: 0xff, step: 0 }
    }
}

/// A step among all of a reader's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct StepPlace {
    /// Which, from 0.
    at: usize,
    /// How many there are.
    steps: usize,
}

impl StepPlace {
    /// Whether there is none before it.
    pub(super) const fn is_first(self) -> bool {
        self.at == 0
    }

    /// Whether there is none behind it.
    pub(super) const fn is_last(self) -> bool {
        self.at + 1 >= self.steps
    }
}

/// How bytes are broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Breaking {
    /// Not at all.
    #[default]
    Nothing,
    /// The lowest bit is turned over.
    Flip,
    /// The byte gets another value.
    Overwrite,
    /// Everything from there on is missing.
    Cut,
}

impl Breaking {
    pub(super) const ALL: [Self; 4] = [Self::Nothing, Self::Flip, Self::Overwrite, Self::Cut];

    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Flip => "flip",
            Self::Overwrite => "overwrite",
            Self::Cut => "cut",
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Flip => "turn over the lowest bit",
            Self::Overwrite => "write another value",
            Self::Cut => "cut off from here on",
        }
    }
}

impl Looking {
    /// What is asked of the worker.
    pub(super) fn question(self, input: LensInput) -> LensQuestion {
        let damage = match self.breaking {
            Breaking::Nothing => None,
            Breaking::Flip => Some(Damage::Flip { at: self.at, bit: 0 }),
            Breaking::Overwrite => Some(Damage::Overwrite { at: self.at, value: self.value }),
            Breaking::Cut => Some(Damage::Cut { to: self.at }),
        };
        LensQuestion { input, damage: damage.map(|damage| (self.format, damage)) }
    }

    /// The step that is shown: the last one, where the chosen reader takes fewer.
    pub(super) fn step_in(self, answer: &LensAnswer) -> usize {
        self.place_in(answer).at
    }

    /// Where that step is among the chosen reader's.
    pub(super) fn place_in(self, answer: &LensAnswer) -> StepPlace {
        let steps = answer.views.iter().find(|view| view.format == self.format).map_or(0, |view| view.steps.len());
        StepPlace { at: self.step.min(steps.saturating_sub(1)), steps }
    }

    /// Turns to another format's reader, at its first step; or at its last, for whoever has seen all of this one's: they compare.
    pub(super) fn read(&mut self, format: Format, answer: Option<&LensAnswer>) {
        let has_seen_all = answer.is_some_and(|answer| self.step > 0 && self.place_in(answer).is_last());
        (self.format, self.step) = (format, if has_seen_all { usize::MAX } else { 0 });
    }
}

/// The record that a link stands for; what it cannot mean is as the lab starts.
pub(super) fn input_of(link: &Permalink) -> LensInput {
    let mut input = LensInput::default();
    for (name, _) in LabInput::ByteLens(input).pairs() {
        let Some(value) = link.get(&name) else { continue };
        let pairs = LabInput::ByteLens(input).pairs();
        let kept = pairs.iter().filter(|(key, _)| **key != name).map(|(key, value)| (&**key, &**value));
        if let Ok(LabInput::ByteLens(set)) = LabInput::of_pairs(LabId::ByteLens, kept.chain([(&*name, value)])) {
            input = set;
        }
    }
    input
}

/// An input as a link: what is as the lab starts is left out.
pub(super) fn link_of(input: LensInput) -> Permalink {
    let mut link = Permalink::default();
    let start = LabInput::ByteLens(LensInput::default()).pairs();
    for (name, value) in LabInput::ByteLens(input).pairs() {
        if start.get(&name) != Some(&value) {
            link.set(name, value);
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::lens::{Field, FormatView, Record, Step, Word};

    #[test]
    fn a_link_holds_the_record_and_a_damaged_part_of_it_changes_nothing() {
        let record = Record { id: 1, symbol: Word::new("a,b%"), fills: [None; 3], ..Record::default() };
        let input = LensInput { record, field: Field::Price };
        let mut link = link_of(input);
        assert_eq!(input_of(&link), input);
        link.set("id", "many");
        assert_eq!(input_of(&link), LensInput { record: Record { id: Record::default().id, ..record }, ..input });
        assert_eq!(link_of(LensInput::default()), Permalink::default());
    }

    #[test]
    fn whoever_has_seen_all_steps_sees_all_of_the_next_reader_s() {
        let view = |format, steps: usize| {
            let step = Step { what: String::new(), start: 0, end: 1, copied: 0, allocations: 0 };
            FormatView { format, bytes: vec![0].into(), spans: Vec::new(), arrows: Vec::new(), steps: vec![step; steps] }
        };
        let answer = LensAnswer { views: vec![view(Format::Rkyv, 3), view(Format::Json, 7)], damaged: None, places: Vec::new() };
        let mut looking = Looking::default();
        looking.read(Format::Json, Some(&answer));
        assert!(looking.place_in(&answer).is_first());
        looking.read(Format::Rkyv, Some(&answer));
        looking.step = 2;
        looking.read(Format::Json, Some(&answer));
        assert_eq!((looking.step_in(&answer), looking.place_in(&answer).is_last()), (6, true));
        looking.read(Format::Rkyv, None);
        assert_eq!(looking.step, 0);
    }

    #[test]
    fn what_is_asked_is_what_was_chosen() {
        let looking = Looking { breaking: Breaking::Cut, at: 9, ..Looking::default() };
        assert_eq!(looking.question(LensInput::default()).damage, Some((Format::Rkyv, Damage::Cut { to: 9 })));
        assert_eq!(Looking::default().question(LensInput::default()).damage, None);
    }
}
