//! How a lab's run stands, as a talk must know it. It must never decide what a press does.

/// How long a run may take before the next step offers a recorded one, in milliseconds.
pub const PATIENCE_MS: f64 = 6_000.0;

/// How a lab's run stands, as its element says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabPhase {
    /// No run was started.
    #[default]
    Idle,
    /// A run goes on.
    Running,
    /// There is a result.
    Done,
    /// There is a result of another input.
    Stale,
    /// The run ended without one.
    Failed,
}

/// Whether a recorded run can be shown in place of the lab's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Replay {
    /// There is none: none is promised.
    #[default]
    None,
    /// There is one.
    Kept,
}

/// What the deck must know of a lab.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LabStatus {
    /// How its run stands.
    pub phase: LabPhase,
    /// How long the run has been going on, in milliseconds.
    pub running_ms: f64,
    /// Whether the result says that it is too noisy.
    pub noisy: bool,
    /// Whether a recorded result is shown in its place.
    pub pinned: bool,
    /// Whether one could be.
    pub replay: Replay,
}

/// What the speaker is told of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Situation {
    /// Nothing to wait for.
    Still,
    /// A run goes on.
    Running,
    /// It takes too long.
    Slow,
    /// It ended, but too noisy to be shown.
    Noisy,
    /// It ended without a result.
    Failed,
    /// A recorded result is shown.
    Recorded,
}

impl Situation {
    /// Of a lab.
    #[must_use]
    pub fn of(lab: LabStatus) -> Self {
        match lab.phase {
            _ if lab.pinned => Self::Recorded,
            LabPhase::Running if lab.running_ms >= PATIENCE_MS => Self::Slow,
            LabPhase::Running => Self::Running,
            LabPhase::Failed => Self::Failed,
            LabPhase::Done | LabPhase::Stale if lab.noisy => Self::Noisy,
            LabPhase::Idle | LabPhase::Done | LabPhase::Stale => Self::Still,
        }
    }

    /// Its name in `data-stage-state`.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Still => "still",
            Self::Running => "running",
            Self::Slow => "slow",
            Self::Noisy => "noisy",
            Self::Failed => "failed",
            Self::Recorded => "recorded",
        }
    }

    /// Whether the next step is a recorded run.
    pub const fn wants_replay(self) -> bool {
        matches!(self, Self::Slow | Self::Noisy | Self::Failed)
    }
}
