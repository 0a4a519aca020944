//! A first rough figure for two contenders, on screen within a second even on a 1 ms clock. It must never be mistaken for a result:
//! nothing is warm yet, and its interval is of a handful of pairs.

use crate::interval::{Samples, median_interval, ratio_interval};
use crate::outcome::{Estimate, RatioEstimate};
use crate::sampler::{Sample, Sampler, Span};
use crate::{Clock, Plan, Rough};
use units::{Interval, Nanos};

/// So many pairs are aimed for; two must do where an operation is slow.
const PAIRS: f64 = 3.0;
/// No more pairs than this, however fine the clock.
const MOST_PAIRS: usize = 15;
/// A sample is no shorter than this, so that the engine's compiler has a chance to finish.
const SHORTEST: f64 = 5e6;
/// Batch sizes are found from samples of about so many steps.
const TRIAL_STEPS: f64 = 8.0;

/// Two contenders and their ratio.
pub struct Figure<Id> {
    pub of: Estimate<Id>,
    pub to: Estimate<Id>,
    pub ratio: RatioEstimate<Id>,
}

/// The rough figure; `None` if not even two pairs fit into twice the limit.
pub fn rough<Id: Copy>(
    samplers: &mut [Sampler<'_, Id>],
    rough: Rough,
    plan: &Plan,
    step: Nanos,
    clock: &dyn Clock,
) -> Option<Figure<Id>> {
    let [of, to] = samplers.get_disjoint_mut([rough.of, rough.to]).ok()?;
    let start = clock.now();
    let elapsed = || (clock.now() - start).0;
    // A few steps are enough to find the batch sizes.
    let fair = rough.limit.0 / (2.0 * PAIRS);
    let trial = Span::new(step, 0.0, (step.0 * TRIAL_STEPS).max(SHORTEST).min(fair / 3.0), fair);
    for sampler in [&mut *of, &mut *to] {
        sampler.first_call(clock);
        sampler.calibrate(trial, clock);
    }
    // What is left is divided among the samples: 60 steps each if they fit, fewer if not.
    let fair = ((rough.limit.0 - elapsed()) / (2.0 * PAIRS)).max(step.0) * 0.9;
    let wanted = (step.0 * plan.steps).max(SHORTEST).min(fair);
    let span = Span::new(step, 0.0, wanted, fair);
    for sampler in [&mut *of, &mut *to] {
        let sample = sampler.take(sampler.operations(), clock);
        sampler.note(&sample);
        sampler.fit(span);
    }
    let mut pairs: Vec<(Sample, Sample)> = Vec::new();
    let sampling = clock.now();
    while pairs.len() < MOST_PAIRS {
        let pair = if pairs.is_empty() { 0.0 } else { (clock.now() - sampling).0 / pairs.len() as f64 };
        let limit = if pairs.len() < 2 { 2.0 * rough.limit.0 } else { rough.limit.0 };
        if elapsed() + pair > limit {
            break;
        }
        pairs.push((of.take(of.operations(), clock), to.take(to.operations(), clock)));
    }
    let times = |side: fn(&(Sample, Sample)) -> &Sample| -> (Vec<f64>, f64) {
        let times = pairs.iter().map(|pair| side(pair).per_operation(rough.phase)).collect();
        let span = pairs.iter().filter_map(|pair| side(pair).spans.get(rough.phase)).copied().fold(f64::INFINITY, f64::min);
        (times, step.0 / span)
    };
    let ((of_times, of_step), (to_times, to_step)) = (times(|pair| &pair.0), times(|pair| &pair.1));
    // The clock's step is added to the intervals below, so the samples need no dither.
    let exact = |values| Samples { values, resolution: 0.0 };
    let estimate = |id, times: &[f64], step| {
        Some(Estimate { id, phase: rough.phase, time: widen(median_interval(times)?, step)?, samples: times.len() })
    };
    Some(Figure {
        of: estimate(of.contender.id, &of_times, of_step)?,
        to: estimate(to.contender.id, &to_times, to_step)?,
        ratio: RatioEstimate {
            of: of.contender.id,
            to: to.contender.id,
            phase: rough.phase,
            ratio: widen(ratio_interval(&[exact(&of_times)], &[exact(&to_times)])?, of_step + to_step)?,
            samples: of_times.len(),
        },
    })
}

/// Wider by what the clock cannot tell: `share` of a sample is one step. A handful of samples can agree by chance of the step alone.
fn widen(interval: Interval, share: f64) -> Option<Interval> {
    (share < 1.0).then_some(Interval { low: interval.low * (1.0 - share), high: interval.high * (1.0 + share), ..interval })
}
