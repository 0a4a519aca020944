//! What a run tells while it goes on, and what it yields. Plain data: nothing here takes a sample.

use crate::interval::{Samples, ratio_interval, time_interval};
use units::{Interval, Nanos};

/// What a run yields.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<Id> {
    /// The smallest step the clock was seen to make; 0 if it stood still.
    pub clock_step: Nanos,
    /// An empty loop's time for one operation, through the same machinery; it is to be shown, not subtracted.
    pub empty_loop: Nanos,
    /// One a contender and phase, in the contenders' order.
    pub series: Vec<Series<Id>>,
    /// Of all results of all operations, so that none could be optimized away. It varies with the batch sizes.
    pub checksum: u64,
}

impl<Id: Copy> Outcome<Id> {
    /// How many rounds were taken.
    #[must_use]
    pub fn rounds(&self) -> usize {
        self.series.first().map_or(0, |series| series.samples.len())
    }

    /// The time of every series.
    #[must_use]
    pub fn estimates(&self) -> Vec<Estimate<Id>> {
        estimates(&self.series, self.clock_step)
    }

    /// Every contender against the first, phase by phase.
    #[must_use]
    pub fn ratios(&self) -> Vec<RatioEstimate<Id>> {
        ratios(&self.series, self.clock_step)
    }
}

/// What was sampled of one contender in one phase.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<Id> {
    /// Who.
    pub id: Id,
    /// Its place among the contenders, from 0.
    pub contender: usize,
    /// What part, from 0.
    pub phase: usize,
    /// Nanoseconds for one operation, one value a round; rounds are paired across contenders.
    pub samples: Vec<f64>,
    /// The fewest operations that a sample spans. Others span up to a sixteenth more: equal batches would fall on the
    /// same few readings of a coarse clock.
    pub batch: u32,
    /// The first call of all.
    pub cold: Cold,
    /// Whether the warm-up reached a steady state, or at least the rounds turned out to be in one.
    pub steady: bool,
    /// Whether the median sample spans less than one step of the clock.
    pub below_clock: bool,
}

impl<Id> Series<Id> {
    /// The samples, for [`time_interval`] and [`ratio_interval`].
    #[must_use]
    pub fn samples(&self, clock_step: Nanos) -> Samples<'_> {
        Samples::new(&self.samples, clock_step, self.batch)
    }
}

/// The first call of a contender, before the engine has optimized anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cold {
    /// It took this long.
    Took(Nanos),
    /// It took less than the clock can tell; this is the clock's step.
    Below(Nanos),
}

/// A time, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate<Id> {
    /// Whose.
    pub id: Id,
    /// Of which phase, from 0.
    pub phase: usize,
    /// Nanoseconds for one operation.
    pub time: Interval,
    /// From how many samples.
    pub samples: usize,
}

/// A ratio of two times, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioEstimate<Id> {
    /// The one above the fraction's line.
    pub of: Id,
    /// The one below it.
    pub to: Id,
    /// In which phase, from 0.
    pub phase: usize,
    /// Time of `of` over time of `to`.
    pub ratio: Interval,
    /// From how many rounds.
    pub samples: usize,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress<'a, Id> {
    /// A first rough figure for two contenders, before any warm-up: provisional.
    Rough {
        /// The one above the fraction's line.
        of: Estimate<Id>,
        /// The one below it.
        to: Estimate<Id>,
        /// Their ratio.
        ratio: RatioEstimate<Id>,
    },
    /// Contenders are called until their times agree.
    WarmingUp {
        /// How many are done with it.
        steady: usize,
        /// Of how many.
        of: usize,
    },
    /// Rounds are taken.
    Sampling {
        /// How much of the run is done, 0 to 1.
        fraction: f64,
        /// The times so far.
        estimates: &'a [Estimate<Id>],
        /// The ratios to the first contender so far.
        ratios: &'a [RatioEstimate<Id>],
    },
}

pub(crate) fn estimates<Id: Copy>(series: &[Series<Id>], clock_step: Nanos) -> Vec<Estimate<Id>> {
    let estimate = |s: &Series<Id>| {
        let time = time_interval(&[s.samples(clock_step)])?;
        Some(Estimate { id: s.id, phase: s.phase, time, samples: s.samples.len() })
    };
    series.iter().filter_map(estimate).collect()
}

pub(crate) fn ratios<Id: Copy>(series: &[Series<Id>], clock_step: Nanos) -> Vec<RatioEstimate<Id>> {
    let against_first = |of: &Series<Id>| {
        let to = series.iter().find(|to| to.contender == 0 && to.phase == of.phase)?;
        let ratio = ratio_interval(&[of.samples(clock_step)], &[to.samples(clock_step)])?;
        Some(RatioEstimate { of: of.id, to: to.id, phase: of.phase, ratio, samples: of.samples.len() })
    };
    series.iter().filter(|series| series.contender != 0).filter_map(against_first).collect()
}
