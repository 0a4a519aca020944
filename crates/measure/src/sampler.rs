//! Takes one sample of one contender, and finds how many operations a sample needs. It must never decide when a run ends.

use crate::statistics::median;
use crate::{Clock, Contender};
use std::collections::VecDeque;
use units::Nanos;

/// Batches are aimed this much above the least span, so that noise does not bring samples below it.
const HEADROOM: f64 = 1.05;
/// No operation takes less than this many nanoseconds: a clock that says so does not see the work (a fake one, or one that stands still).
const LEAST_OPERATION: f64 = 0.05;
/// If so many times the operations take the very same time, the clock does not see the work either: it moves when it is read.
const BLIND_GROWTH: f64 = 256.0;
/// Batches follow the median of so many samples.
const RECENT: usize = 5;

/// A phase that takes less than this share of its operation does not set the batch. Freeing an arena takes a few hundred nanoseconds beside the
/// milliseconds of filling it: batches long enough for that phase would leave time for the fewest rounds only, and the other phases would pay.
const NEGLIGIBLE: f64 = 0.02;

/// How long a sample should be, in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Its shortest phase that counts takes at least this long, ...
    pub shortest: f64,
    /// ... unless all of its phases together would take longer than this.
    pub most: f64,
    /// The clock's step.
    pub step: f64,
}

impl Span {
    /// A span of `steps` steps for the shortest phase, and of `wanted` where that is longer; altogether no more than `most`, unless
    /// `most` itself is less than a single phase needs.
    pub fn new(step: Nanos, steps: f64, wanted: f64, most: f64) -> Self {
        let shortest = (step.0 * steps * HEADROOM).max(wanted);
        Self { shortest, most: most.max(shortest), step: step.0 }
    }
}

/// So many operations and what each phase of them took altogether, in nanoseconds.
pub struct Sample {
    pub operations: u32,
    pub spans: Vec<f64>,
}

impl Sample {
    pub fn total(&self) -> f64 {
        self.spans.iter().sum()
    }

    pub fn shortest(&self) -> f64 {
        shortest_that_counts(&self.spans)
    }

    /// Nanoseconds for one operation's `phase`.
    pub fn per_operation(&self, phase: usize) -> f64 {
        self.spans.get(phase).map_or(0.0, |span| span / f64::from(self.operations))
    }
}

/// A contender, and how many operations its samples need.
pub struct Sampler<'c, Id> {
    pub contender: &'c mut Contender<Id>,
    /// What each phase of the very first call took, once it was made.
    pub cold: Vec<f64>,
    /// Of all results so far.
    pub checksum: u64,
    /// The fewest operations that a sample spans.
    operations: u32,
    /// The last few samples' times for one operation, phase by phase: batches follow their median, since any one may be an outlier.
    recent: VecDeque<Vec<f64>>,
    /// Whether the clock sees the work.
    sight: Sight,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    Sees,
    Blind,
}

impl<'c, Id: Copy> Sampler<'c, Id> {
    pub fn new(contender: &'c mut Contender<Id>) -> Self {
        Self { contender, cold: Vec::new(), checksum: 0, operations: 1, recent: VecDeque::new(), sight: Sight::Sees }
    }

    /// The first call of all, once.
    pub fn first_call(&mut self, clock: &dyn Clock) {
        if self.cold.is_empty() {
            self.cold = self.take(1, clock).spans;
        }
    }

    /// The fewest operations that a sample spans, and at random up to a sixteenth more. Equal batches would make all samples multiples of the same
    /// step over the same count: on a coarse clock their median sits on such a multiple, however many there are.
    pub fn batch(&self, rng: &mut fastrand::Rng) -> u32 {
        self.operations.saturating_add(rng.u32(0..=self.operations / 16))
    }

    /// Does `operations` operations, at most the contender's `max_batch` at a time, and adds up their times.
    pub fn take(&mut self, operations: u32, clock: &dyn Clock) -> Sample {
        let operations = operations.max(1);
        let passes = operations.div_ceil(self.contender.max_batch());
        let (each, more) = (operations / passes, operations % passes);
        let mut spans = vec![0.0; self.contender.phases()];
        for pass in 0..passes {
            let (times, checksum) = self.contender.time(each + u32::from(pass < more), clock);
            self.checksum = self.checksum.rotate_left(1) ^ checksum;
            for (span, time) in spans.iter_mut().zip(times) {
                *span += time.0.max(0.0);
            }
        }
        Sample { operations, spans }
    }

    /// Grows the batch from a single operation until a sample can be told by the clock, then fits it to `span`.
    pub fn calibrate(&mut self, span: Span, clock: &dyn Clock) {
        if span.step <= 0.0 {
            self.sight = Sight::Blind;
        }
        let mut seen: Option<(f64, f64)> = None;
        while self.sight == Sight::Sees {
            let sample = self.take(self.operations, clock);
            let (shortest, total, operations) = (sample.shortest(), sample.total(), f64::from(sample.operations));
            if shortest >= span.shortest / 2.0 || total >= span.most / 2.0 || sample.operations == u32::MAX {
                self.note(&sample);
                self.fit(span);
                return;
            }
            let impossible = total + 2.0 * span.step < operations * LEAST_OPERATION;
            let unmoved = seen.is_some_and(|(then, time)| operations >= BLIND_GROWTH * then && (total / time - 1.0).abs() < 1e-6);
            if impossible || unmoved {
                self.sight = Sight::Blind;
            }
            if total > 0.0 && seen.is_none() {
                seen = Some((operations, total));
            }
            let wanted = if shortest > 0.0 { (span.shortest / shortest).clamp(2.0, 8.0) } else { 8.0 };
            let allowed = if total > 0.0 { span.most / total } else { 8.0 };
            self.operations = at_least_one(operations * wanted.min(allowed));
        }
        // A clock that does not see the work gives no reason for more than one operation at a time.
        self.operations = 1;
    }

    /// Takes note of what one operation costs, for the batches to come.
    pub fn note(&mut self, sample: &Sample) {
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back((0..sample.spans.len()).map(|phase| sample.per_operation(phase)).collect());
    }

    /// Sets the batch so that samples have the wanted `span`, by the last samples noted.
    pub fn fit(&mut self, span: Span) {
        let typical = self.typical();
        let (shortest, total) = (shortest_that_counts(&typical), typical.iter().sum::<f64>());
        if self.sight == Sight::Sees && total > 0.0 {
            self.operations = at_least_one((span.shortest / shortest).min(span.most / total).ceil());
        }
    }

    /// Raises the batch for the next rounds if samples turn out to span fewer of the clock's steps than they should.
    pub fn raise(&mut self, steps: f64, span: Span) {
        let before = self.operations;
        let shortest = shortest_that_counts(&self.typical());
        if shortest * f64::from(before) < steps * span.step {
            self.fit(span);
            self.operations = self.operations.clamp(before, before.saturating_mul(2));
        }
    }

    /// The median of the last samples' times for one operation, phase by phase.
    fn typical(&self) -> Vec<f64> {
        let phase = |phase| median(&self.recent.iter().map(|times: &Vec<f64>| times[phase]).collect::<Vec<_>>()).unwrap_or(0.0);
        (0..self.contender.phases()).map(phase).collect()
    }

    /// The fewest operations that a sample spans.
    pub fn operations(&self) -> u32 {
        self.operations
    }
}

/// The shortest of the phases that set the batch.
fn shortest_that_counts(phases: &[f64]) -> f64 {
    let least = phases.iter().sum::<f64>() * NEGLIGIBLE;
    phases.iter().copied().filter(|time| *time >= least).fold(f64::INFINITY, f64::min)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from float saturates, which is what is wanted"
)]
fn at_least_one(operations: f64) -> u32 {
    (operations as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negligible_phase_does_not_set_the_batch() {
        assert!((shortest_that_counts(&[1e6, 5e5, 200.0]) - 5e5).abs() < 1e-9);
        assert!((shortest_that_counts(&[1e6, 5e5, 1e5]) - 1e5).abs() < 1e-9);
        assert!(shortest_that_counts(&[0.0]).abs() < 1e-9);
    }
}
