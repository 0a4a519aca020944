//! A run as the page sees it: what can happen to it, and what must be done then. Plain data, tested natively.
//!
//! It must never touch the browser: it returns [`Command`]s, and the runner carries them out.

use super::RunFailure;
use protocol::{
    BuildId, Bundle, Effort, Event, Failure, Fault, LabInput, LiveRow, Message, Note, Progress, RatioRow, Report, Request,
    RequestBody, RunId, RunPlan, RunSamples, Seed,
};
use std::sync::Arc;
use units::{Bytes, Nanos};

/// What the reader asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRequest {
    /// The lab and its input.
    pub input: LabInput,
    /// What fixes data and order.
    pub seed: Seed,
    /// How many fresh workers take part, one after another: 1 for a quick run, at least 5 for a full one.
    pub workers: u16,
    /// How long each worker samples.
    pub budget: Nanos,
    /// The document that the input is of, where it is one of the reader's own.
    pub document: Option<Arc<[u8]>>,
}

impl RunRequest {
    /// How many workers a full run uses: the fewest from which the spread between instances can be told.
    pub const FULL: u16 = 5;

    /// One worker.
    #[must_use]
    pub fn quick(input: LabInput, seed: Seed) -> Self {
        let budget = if matches!(input, LabInput::SelfTest(_)) { Nanos(3e8) } else { Nanos(2.5e9) };
        Self { input, seed, workers: 1, budget, document: None }
    }

    /// Several fresh workers, one after another.
    #[must_use]
    pub fn full(input: LabInput, seed: Seed) -> Self {
        Self { workers: Self::FULL, ..Self::quick(input, seed) }
    }

    /// How long one worker may take in all, its loading not counted. Warm-up and the fewest rounds come before the budget ends a run, and a
    /// full-size payload takes a slow phone a second a call; hence the generous share. The self-test must fail soon.
    #[must_use]
    pub fn deadline(&self) -> Nanos {
        match self.input {
            LabInput::SelfTest(Fault::None | Fault::RejectPromise) => Nanos(10e9),
            LabInput::SelfTest(_) => Nanos(3e9),
            _ => self.budget * 4.0 + Nanos(50e9),
        }
    }

    /// How long a bundle may take to arrive and start.
    pub const LOADING_DEADLINE: Nanos = Nanos(60e9);
}

/// Something that happened to a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    /// So much of the bundle has arrived.
    Loading(Bytes, Bytes),
    /// The worker runs and was given the request.
    Loaded,
    /// The worker sent a message.
    Message(Box<Message>),
    /// The worker sent something that is no message.
    Damaged,
    /// An allocation of this size failed in the worker.
    OutOfMemory(u64),
    /// A promise was rejected in the worker.
    Rejected(String),
    /// The worker's error event fired.
    Crashed(String),
    /// The bundle could not be fetched.
    NoBundle(String),
    /// The worker could not be started.
    NoWorker(String),
    /// The deadline passed.
    DeadlinePassed,
    /// The reader pressed cancel.
    Cancel,
    /// The tab was hidden while the run went on.
    Hidden,
}

/// Something the runner must do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Start a fresh worker of this bundle (dropping the present one) and send it the request.
    Start(Bundle, Box<Request>),
    /// Send the present worker another request.
    Send(Box<Request>),
    /// Stop the present worker at once.
    Terminate,
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// A worker is being started.
    Starting,
    /// The bundle is on its way.
    Loading {
        /// Arrived so far.
        received: Bytes,
        /// Of how many.
        total: Bytes,
    },
    /// The lab makes its data.
    Preparing,
    /// The engine's compiler is being waited for.
    Warming {
        /// How many contenders have become steady.
        steady: u16,
        /// Of how many.
        of: u16,
    },
    /// Samples are taken.
    Sampling {
        /// How much of the whole run's time is used, 0 to 1.
        fraction: f64,
    },
    /// The samples are being made into a report.
    Analysing,
    /// There is a report.
    Done(Box<Report>),
    /// The reader stopped the run.
    Cancelled,
    /// There is none.
    Failed(RunFailure),
}

impl Stage {
    /// Whether the run goes on.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        !matches!(self, Self::Done(_) | Self::Cancelled | Self::Failed(_))
    }
}

/// The figures so far, while a run goes on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    /// Times so far.
    pub rows: Vec<LiveRow>,
    /// Ratios so far.
    pub ratios: Vec<RatioRow>,
}

/// One run, from the press of the button to its report.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What was asked for.
    pub request: RunRequest,
    /// Where it stands.
    pub stage: Stage,
    /// The figures so far.
    pub live: Live,
    /// Which worker is at work, from 0.
    pub instance: u16,
    id: RunId,
    build: BuildId,
    samples: Vec<RunSamples>,
    was_hidden: bool,
}

impl Run {
    /// A run about to start, and the command that starts it.
    #[must_use]
    pub fn start(request: RunRequest, id: RunId, build: BuildId) -> (Self, Command) {
        let run = Self {
            request,
            stage: Stage::Starting,
            live: Live::default(),
            instance: 0,
            id,
            build,
            samples: Vec::new(),
            was_hidden: false,
        };
        let command = run.start_worker();
        (run, command)
    }

    /// Tells this run's messages from another's.
    #[must_use]
    pub const fn id(&self) -> RunId {
        self.id
    }

    /// The report, if there is one.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        match &self.stage {
            Stage::Done(report) => Some(report),
            _ => None,
        }
    }

    /// Takes in what happened; what must be done now. What arrives after the end changes nothing.
    pub fn take(&mut self, incoming: Incoming) -> Option<Command> {
        if !self.stage.is_running() {
            return None;
        }
        match incoming {
            Incoming::Loading(received, total) => {
                self.stage = Stage::Loading { received, total };
                None
            }
            Incoming::Loaded => {
                self.stage = Stage::Preparing;
                None
            }
            Incoming::Message(message) if message.run != self.id || message.build != self.build => None,
            Incoming::Message(message) => self.take_event(message.event),
            Incoming::Damaged => self.fail(RunFailure::Damaged),
            Incoming::OutOfMemory(size) => self.fail(Failure::OutOfMemory(size).into()),
            Incoming::Rejected(reason) => self.fail(Failure::RejectedPromise(reason).into()),
            Incoming::Crashed(reason) => self.fail(RunFailure::Crashed(reason)),
            Incoming::NoBundle(reason) => self.fail(RunFailure::Bundle(reason)),
            Incoming::NoWorker(reason) => self.fail(RunFailure::NoWorker(reason)),
            Incoming::DeadlinePassed => self.fail(RunFailure::Deadline(self.request.deadline())),
            Incoming::Cancel => {
                self.stage = Stage::Cancelled;
                Some(Command::Terminate)
            }
            Incoming::Hidden => {
                self.was_hidden = true;
                None
            }
        }
    }

    fn take_event(&mut self, event: Event) -> Option<Command> {
        match event {
            Event::Progress(progress) => {
                self.take_progress(progress);
                None
            }
            Event::Sampled(mut samples) => {
                if self.was_hidden {
                    samples.notes.push(Note::Hidden);
                }
                self.samples.push(*samples);
                self.instance += 1;
                if self.instance < self.request.workers {
                    self.stage = Stage::Starting;
                    return Some(self.start_worker());
                }
                self.stage = Stage::Analysing;
                let body = RequestBody::Analyse(std::mem::take(&mut self.samples));
                Some(Command::Send(Box::new(Request { run: self.id, build: self.build, body })))
            }
            Event::Reported(report) => {
                self.stage = Stage::Done(report);
                None
            }
            Event::Failed(failure) => self.fail(failure.into()),
            // A run asks nothing.
            Event::Answered(_) => None,
        }
    }

    fn take_progress(&mut self, progress: Progress) {
        match progress {
            Progress::Preparing => self.stage = Stage::Preparing,
            // Only the first worker's rough figure is news: later ones would replace better figures by worse.
            Progress::Rough { rows, ratio } => {
                if self.instance == 0 {
                    self.live = Live { rows, ratios: vec![ratio] };
                }
            }
            Progress::WarmingUp { steady, of } => self.stage = Stage::Warming { steady, of },
            Progress::Sampling { fraction, rows, ratios } => {
                let workers = f64::from(self.request.workers.max(1));
                self.stage = Stage::Sampling { fraction: (f64::from(self.instance) + fraction.clamp(0.0, 1.0)) / workers };
                self.live = Live { rows, ratios };
            }
            Progress::Answering { .. } => {}
        }
    }

    fn start_worker(&self) -> Command {
        let effort = match self.request.workers {
            0 | 1 => Effort::Quick,
            of => Effort::Full { instance: self.instance, of },
        };
        let plan = RunPlan { seed: self.request.seed, effort, budget: self.request.budget };
        let body = match &self.request.document {
            Some(document) => RequestBody::RunOn(self.request.input, plan, document.to_vec().into()),
            None => RequestBody::Run(self.request.input, plan),
        };
        let request = Request { run: self.id, build: self.build, body };
        Command::Start(self.request.input.lab().bundle(), Box::new(request))
    }

    #[allow(clippy::unnecessary_wraps, reason = "every arm of `take` yields what must be done now")]
    fn fail(&mut self, failure: RunFailure) -> Option<Command> {
        self.stage = Stage::Failed(failure);
        Some(Command::Terminate)
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
