//! What a run yields: the samples one worker took, and the report made of one or more workers' samples.

use crate::{Contender, Effort, LabId, LabInput, Phase, Seed};
use serde::{Deserialize, Serialize};
use units::{Interval, Nanos};

/// The result of a lab on one machine, with everything needed to judge it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The lab.
    pub lab: LabId,
    /// What it ran on.
    pub input: LabInput,
    /// The seed of data and order.
    pub seed: Seed,
    /// How much was measured.
    pub mode: Mode,
    /// Where it ran.
    pub environment: Environment,
    /// One a contender and phase, in the lab's order.
    pub rows: Vec<Row>,
    /// Every contender against the first, phase by phase.
    pub ratios: Vec<RatioRow>,
    /// What was counted, not timed.
    pub facts: Vec<Fact>,
    /// Every sample, outliers included.
    pub series: Vec<Series>,
    /// What a reader should know before trusting it.
    pub notes: Vec<Note>,
}

impl Report {
    /// The row of a contender in a phase.
    #[must_use]
    pub fn row(&self, contender: Contender, phase: Phase) -> Option<&Row> {
        self.rows.iter().find(|row| row.contender == contender && row.phase == phase)
    }

    /// How long `contender` takes for `phase`, as a multiple of the lab's first contender; exactly 1 for the first itself.
    #[must_use]
    pub fn relative(&self, contender: Contender, phase: Phase) -> Option<Interval> {
        let found = self.ratios.iter().find(|ratio| ratio.of == contender && ratio.phase == phase);
        found.map(|ratio| ratio.ratio).or_else(|| {
            let is_first = self.rows.first().is_some_and(|row| row.contender == contender);
            is_first.then(|| Interval::exact(1.0))
        })
    }

    /// A counted figure of a contender.
    #[must_use]
    pub fn fact(&self, contender: Contender, kind: FactKind) -> Option<u64> {
        self.facts.iter().find(|fact| fact.contender == contender && fact.kind == kind).map(|fact| fact.value)
    }
}

/// How much was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// One worker: its intervals do not hold the differences between instances.
    Quick,
    /// Several fresh workers.
    Full {
        /// How many.
        workers: u16,
    },
}

/// The time of one contender in one phase.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Who.
    pub contender: Contender,
    /// What part.
    pub phase: Phase,
    /// Nanoseconds for one operation.
    pub time: Interval,
    /// Median absolute deviation of the samples, in nanoseconds.
    pub mad: Nanos,
    /// How many samples.
    pub samples: u32,
    /// The first call of all.
    pub cold: Cold,
    /// Whether the warm-up reached a steady state.
    pub steady: bool,
}

/// The first call of a contender in a fresh worker, before the engine has optimized anything.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cold {
    /// It took this long.
    Took(Nanos),
    /// It took less than the clock can tell; this is the clock's step.
    Below(Nanos),
}

/// One contender against another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatioRow {
    /// The one above the fraction's line.
    pub of: Contender,
    /// The one below it.
    pub to: Contender,
    /// In which phase.
    pub phase: Phase,
    /// Time of `of` over time of `to`.
    pub ratio: Interval,
}

impl RatioRow {
    /// Whether the interval excludes 1, so that a winner may be named.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        !self.ratio.contains(1.0)
    }
}

/// A row while the run still goes on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveRow {
    /// Who.
    pub contender: Contender,
    /// What part.
    pub phase: Phase,
    /// Nanoseconds for one operation, so far.
    pub time: Interval,
    /// From how many samples.
    pub samples: u32,
}

/// What one worker sampled of one contender in one phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Who.
    pub contender: Contender,
    /// What part.
    pub phase: Phase,
    /// Which worker, from 0.
    pub instance: u16,
    /// Nanoseconds for one operation, one value a round; rounds of one instance are paired across contenders.
    pub samples: Vec<f64>,
    /// How many operations each sample spans.
    pub batch: u32,
    /// The first call of all.
    pub cold: Cold,
    /// Whether the warm-up reached a steady state.
    pub steady: bool,
}

/// What one worker sampled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunSamples {
    /// What it ran on.
    pub input: LabInput,
    /// The seed of data and order.
    pub seed: Seed,
    /// Which part of which effort.
    pub effort: Effort,
    /// Where it ran.
    pub environment: Environment,
    /// The samples.
    pub series: Vec<Series>,
    /// What was counted, not timed.
    pub facts: Vec<Fact>,
    /// What a reader should know before trusting it.
    pub notes: Vec<Note>,
}

/// Where and with what a run was taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    /// What the browser calls itself; for a native run, the processor.
    pub user_agent: String,
    /// Whether the page is cross-origin isolated, which gives a finer clock.
    pub isolated: bool,
    /// The smallest step the clock was seen to make.
    pub clock_step: Nanos,
    /// An empty loop's time for one operation; it is shown, not subtracted.
    pub empty_loop: Nanos,
    /// The compiler that built the lab.
    pub rustc: String,
    /// The crates under test, as `name version (features)`.
    pub crates: Vec<String>,
}

/// A figure that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Whose.
    pub contender: Contender,
    /// What.
    pub kind: FactKind,
    /// How many, in the kind's unit.
    pub value: u64,
}

/// What can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FactKind {
    /// Bytes on the wire.
    WireBytes,
    /// Bytes on the wire, deflated at level 6.
    DeflatedBytes,
    /// Bytes on the wire, compressed as zstd at its fastest level.
    ZstdBytes,
    /// Allocations for one operation.
    Allocations,
    /// The most bytes alive at once during one operation.
    PeakBytes,
    /// Bytes that one operation touches; of an operation on many entries, those of the cache lines it touches.
    TouchedBytes,
    /// Bytes that one operation copies.
    CopiedBytes,
    /// Bytes still alive after everything was dropped: a leak, unless 0.
    LiveAfterDropBytes,
    /// Readings across a change of schema that gave what was written.
    Works,
    /// Such readings that fell back to a default.
    Defaults,
    /// Such readings that ended with an error.
    Refusals,
    /// Such readings that gave something else and said nothing.
    SilentlyWrong,
    /// Bytes from the first to the last that an allocator ever used of its memory.
    SpanBytes,
}

/// Something a reader should know before trusting a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Note {
    /// The contender's times still changed when warm-up ended.
    NotSteady(Contender),
    /// Samples scatter so much that the interval may mislead.
    Noisy(Contender),
    /// A phase is shorter than the clock's step even over a whole batch.
    BelowClock(Contender, Phase),
    /// The tab was hidden during the run.
    Hidden,
    /// Fewer rounds than the statistics want fitted into the time.
    FewRounds,
}

/// As a sentence for the reader.
impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotSteady(contender) => write!(f, "{} was still changing when warm-up ended.", contender.label()),
            Self::Noisy(contender) => {
                write!(f, "The samples of {} scatter widely: close other tabs and run again.", contender.label())
            }
            Self::BelowClock(contender, phase) => {
                write!(f, "{}, {}: shorter than this browser’s clock can tell apart.", contender.label(), phase.label())
            }
            Self::Hidden => f.write_str("The tab was hidden during the run, and browsers slow hidden tabs down: run again."),
            Self::FewRounds => {
                f.write_str("Only the fewest rounds fitted into the time: choose a smaller size for a narrower interval.")
            }
        }
    }
}
