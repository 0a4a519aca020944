//! A host's orders, as they wait and are answered: plain data, one turn a frame, so that a flood of valid orders costs no more than one.
//!
//! Every order with an id is answered exactly once. It must never touch the browser, never start two runs where one will do, nor more than one in
//! each [`REST`].

use super::{
    message::{HostMessage, Id},
    query::Scale,
};
use crate::state::settings::Theme;
use protocol::RunId;

/// How long it is at least from one run that a host's order starts to the next, whatever became of the first, in milliseconds.
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
    /// What is embedded has nothing that could be run.
    NothingToRun,
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
            Self::NothingToRun => "nothing-to-run",
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
            Self::NothingToRun => "no measurement decides this claim: there is nothing to run",
            Self::Cancelled => "the run was stopped before it had a result",
            Self::Superseded => "a later order to run took its place",
            Self::Busy => "too many questions at once: ask again",
        }
    }
}

/// An answer that needs nothing of the lab: why, and to which request.
pub type Refused = (Refusal, Id);

/// What stands in the way of a host's orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hindrance {
    /// In that of all but looks: they need nothing of what is embedded.
    pub all: Option<Refusal>,
    /// In that of runs, before anything else.
    pub runs: Option<Refusal>,
}

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
    /// Nothing yet: the last run has begun too short a time ago.
    Later,
}

/// How what was run last stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Stands {
    /// Nothing was run, or what was is forgotten.
    Nothing,
    /// It goes on.
    Going,
    /// It has ended; the id tells two runs with the same end apart.
    Ended(Option<RunId>, End),
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// With a result.
    Done,
    /// Without one: the failure's short name, and a sentence.
    Failed(&'static str, String),
    /// It was stopped.
    Cancelled,
}

/// What a host is to be told of a run's end.
#[derive(Clone, Debug, PartialEq)]
pub enum Tell {
    /// The result, and the order that it answers, if there is one.
    Result(Option<Id>),
    /// A failure: its short name, a sentence, and the order's id.
    Failure(&'static str, String, Id),
    /// Why the order has no result.
    Refused(Refused),
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
    /// Takes an order in, and gives back what can be answered at once.
    pub fn take_in(&mut self, order: HostMessage, Hindrance { all, runs }: Hindrance) -> Vec<Refused> {
        let refused = match order {
            HostMessage::Run(id) => match runs.or(all) {
                Some(why) => Some((why, id)),
                None => self.run(id),
            },
            HostMessage::GetState(id) => self.ask(Question::State, id, all),
            HostMessage::GetResult(id) => self.ask(Question::Result, id, all),
            HostMessage::Set { theme, scale, preset } => {
                let why = all.filter(|_| preset.is_some());
                self.set(theme, scale, preset.filter(|_| why.is_none()));
                why.map(|why| (why, None))
            }
            HostMessage::Cancel => return self.cancel(),
            HostMessage::Reset => return self.reset(),
        };
        refused.into_iter().collect()
    }

    /// Takes in an order to run; the one that waits is superseded.
    fn run(&mut self, id: Id) -> Option<Refused> {
        self.waiting.replace(id).map(superseded)
    }

    /// Everything that was to run is taken back.
    fn cancel(&mut self) -> Vec<Refused> {
        let taken = [self.asked.take(), self.waiting.take()];
        taken.into_iter().flatten().map(|id| (Refusal::Cancelled, id)).collect()
    }

    /// Takes in a reset: what was ordered before it counts no more.
    fn reset(&mut self) -> Vec<Refused> {
        // The looks are no part of the lab.
        let Changes { theme, scale, .. } = self.changes.clone();
        self.changes = Changes { reset: Some(Reset), theme, scale, preset: None };
        self.cancel()
    }

    /// Takes in changes; each goes before an earlier one of its kind.
    fn set(&mut self, theme: Option<Theme>, scale: Option<Scale>, preset: Option<String>) {
        let changes = &mut self.changes;
        changes.theme = theme.or(changes.theme);
        changes.scale = scale.or(changes.scale);
        changes.preset = preset.or_else(|| changes.preset.take());
    }

    /// Takes in a question, unless something stands in its way.
    fn ask(&mut self, question: Question, id: Id, hindered: Option<Refusal>) -> Option<Refused> {
        if let Some(why) = hindered {
            return Some((why, id));
        }
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
        // Not only while that run goes on: a host that stops each run at once would have them all begin.
        let is_young = self.started.is_some_and(|started| now - started < REST);
        if self.waiting.is_some() && going != Going::Same && is_young {
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

    /// What is to be told once what was run stands so. An order whose run the reader has reset is answered here; the host's own reset has
    /// answered it before.
    pub fn ended(&mut self, stands: Stands) -> Option<Tell> {
        match stands {
            Stands::Going => None,
            Stands::Ended(_, End::Done) => Some(Tell::Result(self.asked.take())),
            Stands::Ended(_, End::Failed(code, words)) => Some(Tell::Failure(code, words, self.asked.take().flatten())),
            // Who has ordered nothing is told by the state.
            Stands::Ended(_, End::Cancelled) | Stands::Nothing => Some(Tell::Refused((Refusal::Cancelled, self.asked.take()?))),
        }
    }
}

const fn superseded(id: Id) -> Refused {
    (Refusal::Superseded, id)
}

#[cfg(test)]
#[path = "orders_tests.rs"]
mod tests;
