//! A run: what the page asks of a worker, and what the worker answers while it goes on and at its end.

use crate::{Answer, Attachment, LabInput, LiveRow, Question, RatioRow, Report, RunSamples};
use serde::{Deserialize, Serialize};
use units::Nanos;

/// Page to worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Repeated in every answer.
    pub run: RunId,
    /// The page's build, repeated in every answer too: a stale page's answers are not taken for this one's.
    pub build: BuildId,
    /// What is asked.
    pub body: RequestBody,
}

/// What the page can ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RequestBody {
    /// Run a lab.
    Run(LabInput, RunPlan),
    /// Make one report of the samples that one or more workers took of the same lab and input.
    Analyse(Vec<RunSamples>),
    /// Run a lab on a document that the reader brought.
    RunOn(LabInput, RunPlan, Attachment),
    /// Compute something that is not measured.
    Ask(Question),
}

/// Worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The request's.
    pub run: RunId,
    /// The request's.
    pub build: BuildId,
    /// What happened.
    pub event: Event,
}

/// What a worker tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The run goes on.
    Progress(Progress),
    /// The samples of a `Run`; the page hands them back with `Analyse`, alone or with other workers'.
    Sampled(Box<RunSamples>),
    /// The answer to `Analyse`.
    Reported(Box<Report>),
    /// The answer to `Ask`; a refusal is a [`Failure::Lab`].
    Answered(Box<Answer>),
    /// The run ended without a result.
    Failed(Failure),
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Progress {
    /// The lab makes its data.
    Preparing,
    /// A first rough figure for two contenders, before any warm-up: provisional.
    Rough {
        /// What was seen of the two.
        rows: Vec<LiveRow>,
        /// Their ratio.
        ratio: RatioRow,
    },
    /// Contenders are called until their times agree.
    WarmingUp {
        /// How many have become steady.
        steady: u16,
        /// Of how many.
        of: u16,
    },
    /// Rounds are taken.
    Sampling {
        /// How much of the time budget is used, 0 to 1.
        fraction: f64,
        /// The intervals so far.
        rows: Vec<LiveRow>,
        /// The ratios so far.
        ratios: Vec<RatioRow>,
    },
    /// A question is being answered.
    Answering {
        /// How much of the answer is there, 0 to 1.
        fraction: f64,
    },
}

/// Why a run ended without a result, as the worker knows it. The engine adds what only the page can see (a deadline, a crash).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    /// Rust panicked: the message, with file and line.
    #[error("the lab panicked: {0}")]
    Panic(String),
    /// An allocation of this many bytes failed.
    #[error("the lab ran out of memory, asking for {0} more bytes")]
    OutOfMemory(u64),
    /// A promise was rejected and nobody handled it.
    #[error("a promise was rejected: {0}")]
    RejectedPromise(String),
    /// The worker got bytes that it cannot read.
    #[error("the worker could not read the request")]
    BadRequest,
    /// The lab refused its input.
    #[error("the lab refused its input: {0}")]
    Lab(String),
}

/// How a run is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunPlan {
    /// Fixes data, order and scheduling; only timings vary.
    pub seed: Seed,
    /// Which part of which effort this worker does.
    pub effort: Effort,
    /// How long sampling may take, after the warm-up.
    pub budget: Nanos,
}

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effort {
    /// One worker.
    Quick,
    /// One of several fresh workers, which run one after another.
    Full {
        /// Which one, from 0.
        instance: u16,
        /// Of how many.
        of: u16,
    },
}

/// What fixes everything but the timings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seed(pub u64);

impl Default for Seed {
    /// The state that `rust_serialization_benchmark` starts its generator with, so that `log` and `mesh` are its data.
    fn default() -> Self {
        Self(3_141_592_653)
    }
}

/// Tells the messages of one run from those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RunId(pub u32);

/// The build a page or worker comes from: the first 64 bits of a hash over the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BuildId(pub u64);
