//! A host's orders, as they wait and are answered: plain data, one turn a frame, so that a flood of valid orders costs no more than one.
//!
//! Every order with an id is answered exactly once. It must never touch the browser, and never start two runs where one will do.

use super::{message::Id, query::Scale};
use crate::state::settings::Theme;

/// How long a run that a host has started goes on at least before another order of the same host may start it anew, in milliseconds.
pub const REST: f64 = 500.0;

/// The most questions of a kind that are answered in one turn: a result may hold thousands of samples.
const MOST: usize = 16;

/// Why an order has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The lab does not stand yet.
    NotReady,
    /// The frame's address says that nothing runs.
    RunOff,
    /// The run was stopped, or the lab reset.
    Cancelled,
    /// Another order took its place.
    Superseded,
    /// Too many questions at once.
    Busy,
}

impl Refusal {
    /// Its name in messages, which never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotReady => "not-ready",
            Self::RunOff => "run-off",
            Self::Cancelled => "cancelled",
            Self::Superseded => "superseded",
            Self::Busy => "busy",
        }
    }

    /// A sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotReady => "the lab does not stand yet: wait for “ready”",
            Self::RunOff => "this frame’s address says that nothing runs here",
            Self::Cancelled => "the run was stopped before it had a result",
            Self::Superseded => "a later order to run took its place",
            Self::Busy => "too many questions at once: ask again",
        }
    }
}

/// An answer that needs nothing of the lab: why, and to which request.
pub type Refused = (Refusal, Id);

/// What a host may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The state.
    State,
    /// The result.
    Result,
}

/// What a turn changes before it answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The lab as the frame started, first of all.
    pub reset: Option<Reset>,
    /// The colours.
    pub theme: Option<Theme>,
    /// The size.
    pub scale: Option<Scale>,
    /// A preset's slug.
    pub preset: Option<String>,
}

/// The lab as the frame started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reset;

/// What goes on in the lab when an order to run comes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    /// No run.
    Nothing,
    /// A run of what is asked for.
    Same,
    /// A run of something else.
    Other,
}

/// What comes of an order to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// There is none, or the run that goes on answers it.
    Nothing,
    /// A run.
    Run,
    /// Nothing yet: the present run is too young to be dropped.
    Later,
}

/// What a host has ordered and was not answered yet.
#[derive(Debug, Default)]
pub struct Orders {
    changes: Changes,
    questions: Vec<(Question, Id)>,
    /// The order to run that waits for its turn.
    waiting: Option<Id>,
    /// The order that the present run answers.
    asked: Option<Id>,
    /// When a host's order started a run last, in milliseconds.
    started: Option<f64>,
}

impl Orders {
    /// Takes in an order to run; the one that waits is superseded.
    pub fn run(&mut self, id: Id) -> Option<Refused> {
        self.waiting.replace(id).map(superseded)
    }

    /// Everything that was to run is taken back.
    pub fn cancel(&mut self) -> Vec<Refused> {
        let taken = [self.asked.take(), self.waiting.take()];
        taken.into_iter().flatten().map(|id| (Refusal::Cancelled, id)).collect()
    }

    /// Takes in a reset: what was ordered before it counts no more.
    pub fn reset(&mut self) -> Vec<Refused> {
        // The looks are no part of the lab.
        let Changes { theme, scale, .. } = self.changes.clone();
        self.changes = Changes { reset: Some(Reset), theme, scale, preset: None };
        self.cancel()
    }

    /// Takes in changes; each goes before an earlier one of its kind.
    pub fn set(&mut self, theme: Option<Theme>, scale: Option<Scale>, preset: Option<String>) {
        let changes = &mut self.changes;
        changes.theme = theme.or(changes.theme);
        changes.scale = scale.or(changes.scale);
        changes.preset = preset.or_else(|| changes.preset.take());
    }

    /// Takes in a question.
    pub fn ask(&mut self, question: Question, id: Id) -> Option<Refused> {
        if self.questions.iter().filter(|(kind, _)| *kind == question).count() >= MOST {
            return Some((Refusal::Busy, id));
        }
        self.questions.push((question, id));
        None
    }

    /// What this turn changes; then comes [`Self::begin`], then [`Self::questions`].
    pub fn changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }

    /// Whether an order to run waits.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.waiting.is_some()
    }

    /// What comes of the order to run that waits, at `now` in milliseconds.
    pub fn begin(&mut self, going: Going, now: f64) -> (Begins, Option<Refused>) {
        let is_young = self.started.is_some_and(|started| now - started < REST);
        if self.waiting.is_some() && going == Going::Other && is_young {
            return (Begins::Later, None);
        }
        let Some(id) = self.waiting.take() else { return (Begins::Nothing, None) };
        let before = self.asked.replace(id).map(superseded);
        if going == Going::Same {
            return (Begins::Nothing, before);
        }
        self.started = Some(now);
        (Begins::Run, before)
    }

    /// What this turn answers.
    pub fn questions(&mut self) -> Vec<(Question, Id)> {
        std::mem::take(&mut self.questions)
    }

    /// The run has ended, or is gone: the order that it answers, if there is one.
    pub fn ended(&mut self) -> Option<Id> {
        self.asked.take()
    }
}

const fn superseded(id: Id) -> Refused {
    (Refusal::Superseded, id)
}

#[cfg(test)]
mod tests {
    use super::{super::message::Field, *};
    use proptest::prelude::*;

    #[allow(clippy::unnecessary_wraps, reason = "an id is what messages have, or none")]
    fn id(number: u32) -> Id {
        Some(Field::Number(f64::from(number)))
    }

    #[test]
    fn a_second_order_joins_the_run_that_goes_on_and_answers_the_first() {
        let mut orders = Orders::default();
        assert_eq!(orders.run(id(1)), None);
        assert_eq!(orders.begin(Going::Nothing, 0.0), (Begins::Run, None));
        assert_eq!(orders.run(id(2)), None);
        assert_eq!(orders.begin(Going::Same, 1.0), (Begins::Nothing, Some((Refusal::Superseded, id(1)))));
        assert_eq!(orders.ended(), Some(id(2)));
        assert_eq!(orders.ended(), None);
    }

    #[test]
    fn another_input_s_run_waits_until_the_present_one_has_had_its_time() {
        let mut orders = Orders::default();
        orders.run(id(1));
        orders.begin(Going::Nothing, 0.0);
        orders.run(id(2));
        assert_eq!(orders.begin(Going::Other, REST - 1.0), (Begins::Later, None));
        assert!(orders.waits());
        assert_eq!(orders.begin(Going::Other, REST), (Begins::Run, Some((Refusal::Superseded, id(1)))));
    }

    #[test]
    fn a_reset_takes_back_what_was_ordered_and_keeps_the_looks() {
        let mut orders = Orders::default();
        orders.set(Some(Theme::Dark), None, Some("mesh".to_owned()));
        orders.run(id(1));
        assert_eq!(orders.reset(), [(Refusal::Cancelled, id(1))]);
        orders.set(None, Scale::new(2.0), None);
        let wanted = Changes { reset: Some(Reset), theme: Some(Theme::Dark), scale: Scale::new(2.0), preset: None };
        assert_eq!(orders.changes(), wanted);
        assert_eq!(orders.changes(), Changes::default());
    }

    proptest! {
        /// Whatever comes in whatever order: as many answers as requests, and no more runs than time allows.
        #[test]
        fn every_order_is_answered_once(steps in proptest::collection::vec((0..7_u8, 0..3_u8), 0..200)) {
            let (mut orders, mut asked, mut answered, mut runs) = (Orders::default(), 0, 0, 0);
            let mut now = 0.0;
            for (step, going) in steps {
                match step {
                    0 | 1 => {
                        asked += 1;
                        answered += usize::from(orders.run(id(asked)).is_some());
                    }
                    2 => {
                        asked += 1;
                        answered += usize::from(orders.ask(Question::State, id(asked)).is_some());
                    }
                    3 => answered += orders.cancel().len(),
                    4 => answered += orders.reset().len(),
                    5 => answered += usize::from(orders.ended().is_some()),
                    _ => {
                        now += 16.0;
                        let going = [Going::Nothing, Going::Same, Going::Other][usize::from(going)];
                        let (begins, refused) = orders.begin(going, now);
                        runs += usize::from(begins == Begins::Run && going == Going::Other);
                        answered += usize::from(refused.is_some()) + orders.questions().len();
                    }
                }
            }
            answered += orders.cancel().len() + orders.questions().len();
            prop_assert_eq!(answered, usize::try_from(asked).unwrap_or(usize::MAX));
            prop_assert!(runs as f64 <= now / 16.0);
        }
    }
}
