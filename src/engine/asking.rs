//! Questions as the page sees them: one worker answers them one after another, and only the newest counts. Plain data, tested natively.
//!
//! It must never touch the browser: it returns [`Command`]s, and the asker carries them out.

use super::{
    RunFailure,
    machine::{Command, Incoming},
};
use protocol::{Answer, BuildId, Event, Failure, Message, Progress, Question, Request, RequestBody, RunId};
use std::sync::Arc;
use units::{Bytes, Nanos};

/// Where the newest question stands.
#[derive(Clone, Debug, PartialEq)]
pub enum AskStage {
    /// Nothing was asked, or what was asked was taken back.
    Idle,
    /// The bundle is on its way.
    Loading {
        /// Arrived so far.
        received: Bytes,
        /// Of how many; 0 before that is known.
        total: Bytes,
    },
    /// The worker has it, or an earlier one that it must finish first.
    Answering {
        /// How much of the answer is there, 0 to 1.
        fraction: f64,
    },
    /// It is answered.
    Answered,
    /// It is not, and this is why.
    Failed(RunFailure),
}

/// The questions of one view.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// Where the newest question stands.
    pub stage: AskStage,
    /// The latest answer that was not superseded; while a newer question is open, or has failed, it is one of an earlier question.
    pub answer: Option<Arc<Answer>>,
    build: BuildId,
    deadline: Nanos,
    worker: Option<At>,
    /// In the worker's hands.
    asked: Option<RunId>,
    /// The newest question, while the worker is at an earlier one.
    waiting: Option<(RunId, Question)>,
}

/// The worker that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// On its way, known by the question that it was started for.
    Starting(RunId),
    /// At work.
    Ready(RunId),
}

impl Asking {
    /// Nothing asked yet. An answer may take `deadline`, the loading of the bundle not counted.
    #[must_use]
    pub const fn new(build: BuildId, deadline: Nanos) -> Self {
        Self { stage: AskStage::Idle, answer: None, build, deadline, worker: None, asked: None, waiting: None }
    }

    /// Whether a question is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, AskStage::Loading { .. } | AskStage::Answering { .. })
    }

    /// The answer to the newest question.
    #[must_use]
    pub fn current(&self) -> Option<&Answer> {
        self.answer.as_deref().filter(|_| self.stage == AskStage::Answered)
    }

    /// The lab element's `data-state`, with the words of a run: `stale` while the answer that is shown is an earlier question's.
    #[must_use]
    pub const fn data_state(&self) -> &'static str {
        match self.stage {
            AskStage::Idle => "idle",
            AskStage::Loading { .. } | AskStage::Answering { .. } => {
                if self.answer.is_some() {
                    "stale"
                } else {
                    "loading"
                }
            }
            AskStage::Answered => "done",
            AskStage::Failed(_) => "failed",
        }
    }

    /// Which worker there is, so that one that was given up is not listened to.
    #[must_use]
    pub const fn worker(&self) -> Option<RunId> {
        match self.worker {
            Some(At::Starting(id) | At::Ready(id)) => Some(id),
            None => None,
        }
    }

    /// What goes on: a deadline is for each of these anew, and for nothing else.
    pub(super) const fn leg(&self) -> (Option<At>, Option<RunId>) {
        (self.worker, self.asked)
    }

    /// How long what goes on may take; none while nothing goes on.
    #[must_use]
    pub const fn deadline(&self) -> Option<Nanos> {
        match (self.worker, self.asked) {
            (Some(At::Starting(_)), _) => Some(super::RunRequest::LOADING_DEADLINE),
            (Some(At::Ready(_)), Some(_)) => Some(self.deadline),
            _ => None,
        }
    }

    /// Asks. All questions of one view go to one bundle.
    pub fn ask(&mut self, question: Question, id: RunId) -> Option<Command> {
        self.waiting = Some((id, question));
        if !self.is_open() {
            self.stage = match self.worker {
                Some(At::Ready(_)) => AskStage::Answering { fraction: 0.0 },
                _ => AskStage::Loading { received: Bytes(0), total: Bytes(0) },
            };
        }
        self.send_newest()
    }

    /// Takes back what is open and stops the worker.
    pub fn cancel(&mut self) -> Command {
        (self.worker, self.asked, self.waiting) = (None, None, None);
        self.stage = AskStage::Idle;
        Command::Terminate
    }

    /// Takes in what happened to the worker `of`; what must be done now.
    pub fn take(&mut self, of: RunId, incoming: Incoming) -> Option<Command> {
        if self.worker() != Some(of) {
            return None;
        }
        match incoming {
            Incoming::Loading(received, total) => {
                self.stage = AskStage::Loading { received, total };
                None
            }
            Incoming::Loaded => {
                self.worker = Some(At::Ready(of));
                self.stage = AskStage::Answering { fraction: 0.0 };
                None
            }
            Incoming::Message(message) => self.take_message(*message),
            Incoming::Damaged => self.stop(RunFailure::Damaged),
            Incoming::OutOfMemory(size) => self.stop(Failure::OutOfMemory(size).into()),
            Incoming::Rejected(reason) => self.stop(Failure::RejectedPromise(reason).into()),
            Incoming::Crashed(reason) => self.stop(RunFailure::Crashed(reason)),
            Incoming::NoBundle(reason) => self.stop(RunFailure::Bundle(reason)),
            Incoming::NoWorker(reason) => self.stop(RunFailure::NoWorker(reason)),
            Incoming::DeadlinePassed => self.stop(RunFailure::Deadline(self.deadline().unwrap_or(self.deadline))),
            Incoming::Cancel => Some(self.cancel()),
            // Nothing is timed: a hidden tab spoils nothing.
            Incoming::Hidden => None,
        }
    }

    fn take_message(&mut self, message: Message) -> Option<Command> {
        if message.build != self.build || Some(message.run) != self.asked {
            return None;
        }
        let end = match message.event {
            Event::Progress(Progress::Answering { fraction }) => {
                if self.waiting.is_none() {
                    self.stage = AskStage::Answering { fraction: fraction.clamp(0.0, 1.0) };
                }
                return None;
            }
            Event::Answered(answer) => Ok(answer),
            Event::Failed(failure @ (Failure::Lab(_) | Failure::BadRequest)) => Err(failure),
            Event::Failed(failure) => return self.stop(failure.into()),
            Event::Progress(_) | Event::Sampled(_) | Event::Reported(_) => return None,
        };
        self.asked = None;
        // What was superseded is not shown, neither its answer nor its refusal.
        if self.waiting.is_some() {
            return self.send_newest();
        }
        self.stage = match end {
            Ok(answer) => {
                self.answer = Some(Arc::from(answer));
                AskStage::Answered
            }
            Err(failure) => AskStage::Failed(failure.into()),
        };
        None
    }

    /// Gives the newest question to the worker, if that is free, or to a new one, if there is none.
    fn send_newest(&mut self) -> Option<Command> {
        if self.asked.is_some() {
            return None;
        }
        let (id, question) = self.waiting.take()?;
        let bundle = question.bundle();
        let request = Box::new(Request { run: id, build: self.build, body: RequestBody::Ask(question) });
        self.asked = Some(id);
        if self.worker.is_some() {
            self.stage = AskStage::Answering { fraction: 0.0 };
            return Some(Command::Send(request));
        }
        self.worker = Some(At::Starting(id));
        Some(Command::Start(bundle, request))
    }

    /// The worker is of no more use. The question that it failed at is not asked again; a newer one is, of a fresh worker.
    fn stop(&mut self, failure: RunFailure) -> Option<Command> {
        (self.worker, self.asked) = (None, None);
        self.send_newest().or_else(|| {
            self.stage = AskStage::Failed(failure);
            Some(Command::Terminate)
        })
    }
}

#[cfg(test)]
#[path = "asking_tests.rs"]
mod tests;
