//! Why a run ended without a result, in words a reader can act on.

use protocol::Failure;
use units::Nanos;

/// Why a run ended without a result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunFailure {
    /// The worker said why itself.
    #[error("{0}")]
    Worker(#[from] Failure),
    /// The run took longer than it may.
    #[error("the lab did not answer within {0}")]
    Deadline(Nanos),
    /// The worker died without a word of its own.
    #[error("the lab’s worker stopped: {0}")]
    Crashed(String),
    /// The worker sent bytes that are no message.
    #[error("the lab sent a damaged message")]
    Damaged,
    /// The bundle could not be fetched.
    #[error("the lab could not be fetched: {0}")]
    Bundle(String),
    /// The browser refused to start a worker.
    #[error("this page may not start a worker here: {0}")]
    NoWorker(String),
}

impl RunFailure {
    /// Whether there was a worker, and it is gone by what happened in it.
    #[must_use]
    pub const fn ended_a_worker(&self) -> bool {
        matches!(self, Self::Worker(_) | Self::Crashed(_))
    }

    /// What the reader can do next, as a sentence.
    #[must_use]
    pub const fn what_next(&self) -> &'static str {
        match self {
            Self::Worker(Failure::OutOfMemory(_)) => {
                "The worker was stopped and its memory given back. Choose a smaller size and run again."
            }
            Self::Worker(Failure::Lab(_)) => "Change the input and run again.",
            Self::Worker(_) | Self::Crashed(_) | Self::Damaged => {
                "The worker was stopped; the rest of the page is not affected. Run again: a fresh worker starts."
            }
            Self::Deadline(_) => {
                "The worker was stopped. Close what else keeps this device busy, or choose a smaller size, and run again."
            }
            Self::Bundle(_) => "Check the connection and run again.",
            Self::NoWorker(_) => "Open the full lab in a tab of its own.",
        }
    }

    /// The failure's kind, for tests and for hosts that embed the lab.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Worker(Failure::Panic(_)) => "panic",
            Self::Worker(Failure::OutOfMemory(_)) => "out-of-memory",
            Self::Worker(Failure::RejectedPromise(_)) => "rejected-promise",
            Self::Worker(Failure::BadRequest) => "bad-request",
            Self::Worker(Failure::Lab(_)) => "lab",
            Self::Deadline(_) => "deadline",
            Self::Crashed(_) => "crashed",
            Self::Damaged => "damaged-message",
            Self::Bundle(_) => "bundle",
            Self::NoWorker(_) => "no-worker",
        }
    }
}
