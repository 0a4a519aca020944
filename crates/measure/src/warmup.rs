//! Calls each contender until its times agree: engines compile a function twice, the second time while it already runs.

use crate::sampler::{Sampler, Span};
use crate::statistics::median;
use crate::{Clock, Plan, Progress};
use units::Nanos;

/// A window lasts about this long, so that three of them outlast a compilation in the background.
const WINDOW: Nanos = Nanos::from_millis(20.0);
/// A window's median is of at most so many samples.
const SAMPLES: f64 = 15.0;
/// So many windows must agree ...
const WINDOWS: usize = 3;
/// ... within this share of their median; added to it is one step of the clock, by which two windows can differ without a cause.
const AGREEMENT: f64 = 0.02;
/// The share of the budget that all contenders' warm-up may take together.
const SHARE: f64 = 0.5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Heating,
    Steady,
    GivenUp,
}

struct Heat {
    state: State,
    /// Each window's median time for one operation, all phases together.
    windows: Vec<f64>,
    /// How long this contender's windows have taken, in nanoseconds.
    spent: f64,
}

/// Whether each contender became steady. One window of every contender that has not settled is taken in turn, so that the engine compiles
/// one while another runs.
pub fn warm_up<Id: Copy>(
    samplers: &mut [Sampler<'_, Id>],
    plan: &Plan,
    step: Nanos,
    clock: &dyn Clock,
    observe: &mut dyn FnMut(Progress<'_, Id>),
) -> Vec<bool> {
    let of = samplers.len();
    let share = plan.budget.0 * SHARE / of.max(1) as f64;
    let span = Span::new(step, plan.steps, WINDOW.0 / SAMPLES, WINDOW.0);
    let mut heats: Vec<Heat> = samplers.iter().map(|_| Heat { state: State::Heating, windows: Vec::new(), spent: 0.0 }).collect();
    observe(Progress::WarmingUp { steady: 0, of });
    while heats.iter().any(|heat| heat.state == State::Heating) {
        for (sampler, heat) in samplers.iter_mut().zip(&mut heats).filter(|(_, heat)| heat.state == State::Heating) {
            let start = clock.now();
            let tolerance = window(sampler, heat, span, clock);
            heat.spent += (clock.now() - start).0;
            let full = heat.windows.len() >= WINDOWS;
            if full && agree(&heat.windows[heat.windows.len() - WINDOWS..], tolerance) {
                heat.state = State::Steady;
            } else if (full && heat.spent >= share) || heat.spent >= share * WINDOWS as f64 {
                heat.state = State::GivenUp;
            }
        }
        observe(Progress::WarmingUp { steady: heats.iter().filter(|heat| heat.state != State::Heating).count(), of });
    }
    heats.iter().map(|heat| heat.state == State::Steady).collect()
}

/// Takes one window; the tolerance that its clock and span call for.
fn window<Id: Copy>(sampler: &mut Sampler<'_, Id>, heat: &mut Heat, span: Span, clock: &dyn Clock) -> f64 {
    if heat.windows.is_empty() {
        sampler.calibrate(span, clock);
    }
    let mut totals = Vec::new();
    let mut time = 0.0;
    loop {
        let sample = sampler.take(sampler.operations(), clock);
        sampler.note(&sample);
        time += sample.total();
        totals.push(sample.total() / f64::from(sample.operations));
        // A sample that would end outside the window is not begun.
        let next = time / totals.len() as f64;
        if totals.len() as f64 >= SAMPLES || time + next / 2.0 > WINDOW.0 {
            sampler.fit(span);
            let tolerance = AGREEMENT + if sample.total() > 0.0 { span.step / sample.total() } else { 0.0 };
            heat.windows.extend(median(&totals));
            return tolerance;
        }
    }
}

/// Whether rounds that were taken all the same turn out steady: their three thirds, each by its median, agree as warm-up windows must.
/// `times` is of one operation, in the order of rounds; a step of the clock is `resolution` in it.
pub fn settled(times: &[f64], resolution: f64) -> bool {
    let thirds: Vec<f64> = times.chunks(times.len().div_ceil(WINDOWS).max(1)).filter_map(median).collect();
    let tolerance = AGREEMENT + resolution / median(times).unwrap_or(0.0).max(f64::MIN_POSITIVE);
    thirds.len() == WINDOWS && agree(&thirds, tolerance)
}

/// Whether the largest and the smallest differ by at most `tolerance` of the middle one.
fn agree(windows: &[f64], tolerance: f64) -> bool {
    let (low, high) = windows.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), time| (low.min(*time), high.max(*time)));
    median(windows).is_some_and(|middle| high - low <= tolerance * middle)
}
