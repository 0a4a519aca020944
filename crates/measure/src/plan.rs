//! How a run is to be taken. It holds choices and no state.

use units::Nanos;

/// How a run is to be taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Fixes batch sizes and the order within rounds.
    pub seed: u64,
    /// How long sampling may take, after the warm-up. What the warm-up may take follows from it.
    pub budget: Nanos,
    /// Which two contenders to compare before anything else.
    pub rough: Option<Rough>,
    /// So many rounds are taken even if that overruns the budget.
    pub min_rounds: usize,
    /// No more rounds than this are taken: where more would fit, samples are made longer instead.
    pub max_rounds: usize,
    /// How many of the clock's steps a sample spans at least.
    pub steps: f64,
    /// Whether the loop around the operations is measured by itself.
    pub empty_loop: EmptyLoop,
}

/// Whether the loop around the operations is measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyLoop {
    /// It is: three samples, after the warm-up.
    Measured,
    /// It is not, and is reported as 0: for a fake clock, which an empty loop does not move.
    Skipped,
}

impl Plan {
    /// 5 to 200 rounds within `budget`, no rough figure; a sample spans 60 steps, so that a reading is wrong by 1.7 % at most.
    #[must_use]
    pub const fn quick(seed: u64, budget: Nanos) -> Self {
        Self { seed, budget, rough: None, min_rounds: 5, max_rounds: 200, steps: 60.0, empty_loop: EmptyLoop::Measured }
    }

    /// The same, with a rough figure first.
    #[must_use]
    pub const fn with_rough(self, rough: Rough) -> Self {
        Self { rough: Some(rough), ..self }
    }
}

/// A first figure for two contenders, from a few pairs of samples before any warm-up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rough {
    /// The index of the contender above the fraction's line.
    pub of: usize,
    /// The index of the one below it.
    pub to: usize,
    /// Which phase is compared.
    pub phase: usize,
    /// How long it may take. It is overrun only where two calls of each take longer.
    pub limit: Nanos,
}

impl Rough {
    /// Phase 0 of `of` over `to`, in 350 ms.
    #[must_use]
    pub const fn new(of: usize, to: usize) -> Self {
        Self { of, to, phase: 0, limit: Nanos::from_millis(350.0) }
    }
}
