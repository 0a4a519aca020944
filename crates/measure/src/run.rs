//! One run in one worker: cold calls, the clock's step, a rough figure, the warm-up, rounds. It must never compare contenders
//! at different times: each round holds every contender once, in a fresh random order.

use crate::outcome::{Cold, Outcome, Progress, Series, estimates, ratios};
use crate::rough::rough;
use crate::sampler::{Sampler, Span};
use crate::statistics::median;
use crate::warmup::{settled, warm_up};
use crate::{Clock, Contender, Plan, detect_step};
use std::hint::black_box;
use units::Nanos;

/// Progress is told about so often while sampling.
const REPORT_EVERY: Nanos = Nanos::from_millis(150.0);
/// So many samples of the empty loop are taken.
const EMPTY_SAMPLES: usize = 3;
/// A sample of the empty loop is at least this long, however fine the clock: reading it takes time too.
const EMPTY_SPAN: Nanos = Nanos::from_millis(1.0);

/// Measures `contenders`, telling `observe` how far it is. Everything but the times follows from the plan's seed.
///
/// The order is: the clock's step; the cold first call of each; the rough figure, if the plan asks for one (its two contenders' cold calls come
/// first of all, so that it is soon on screen); the warm-up; the empty loop; rounds until the budget is used.
pub fn run<Id: Copy>(
    contenders: &mut [Contender<Id>],
    plan: &Plan,
    clock: &dyn Clock,
    observe: &mut dyn FnMut(Progress<'_, Id>),
) -> Outcome<Id> {
    let clock_step = detect_step(clock);
    let mut samplers: Vec<Sampler<'_, Id>> = contenders.iter_mut().map(Sampler::new).collect();
    if let Some(figure) = plan.rough.and_then(|asked| rough(&mut samplers, asked, plan, clock_step, clock)) {
        observe(Progress::Rough { of: figure.of, to: figure.to, ratio: figure.ratio });
    }
    for sampler in &mut samplers {
        sampler.first_call(clock);
    }
    let steady = warm_up(&mut samplers, plan, clock_step, clock, observe);
    let empty_loop = empty_loop(plan, clock_step, clock);
    let mut series = empty_series(&samplers, &steady, clock_step);
    sample(&mut samplers, &mut series, plan, clock_step, clock, observe);
    let checksum = samplers.iter().fold(0_u64, |all, sampler| all.rotate_left(1) ^ sampler.checksum);
    Outcome { clock_step, empty_loop, series, checksum: black_box(checksum) }
}

/// Takes the rounds.
fn sample<Id: Copy>(
    samplers: &mut [Sampler<'_, Id>],
    series: &mut [Series<Id>],
    plan: &Plan,
    step: Nanos,
    clock: &dyn Clock,
    observe: &mut dyn FnMut(Progress<'_, Id>),
) {
    let mut rng = fastrand::Rng::with_seed(plan.seed);
    let span = round_span(plan, step, samplers.len());
    for sampler in &mut *samplers {
        sampler.fit(span);
    }
    for series in &mut *series {
        series.batch = u32::MAX;
    }
    // The least that any phase's samples span, in steps: medians are found at the end.
    let mut spans: Vec<Vec<f64>> = vec![Vec::new(); series.len()];
    let mut order: Vec<usize> = (0..samplers.len()).collect();
    let (start, mut reported) = (clock.now(), clock.now());
    let mut rounds = 0;
    while rounds < plan.max_rounds.max(plan.min_rounds) && !order.is_empty() {
        let elapsed = (clock.now() - start).0;
        let expected = if rounds == 0 { 0.0 } else { elapsed / rounds as f64 };
        // The run ends within half a round of its budget, either way.
        if rounds >= plan.min_rounds && elapsed + expected / 2.0 > plan.budget.0 {
            break;
        }
        rng.shuffle(&mut order);
        for &index in &order {
            let sampler = &mut samplers[index];
            let sample = sampler.take(sampler.batch(&mut rng), clock);
            for (series, spans) in series.iter_mut().zip(&mut spans).filter(|(series, _)| series.contender == index) {
                series.samples.push(sample.per_operation(series.phase));
                series.batch = series.batch.min(sample.operations);
                spans.push(sample.spans[series.phase]);
            }
            sampler.note(&sample);
            sampler.raise(plan.steps, span);
        }
        rounds += 1;
        let now = clock.now();
        if (now - reported).0 >= REPORT_EVERY.0 {
            reported = now;
            let fraction = fraction(plan, rounds, (now - start).0);
            observe(Progress::Sampling { fraction, estimates: &estimates(series, step), ratios: &ratios(series, step) });
        }
    }
    for (series, spans) in series.iter_mut().zip(&spans) {
        series.below_clock = median(spans).is_none_or(|span| span < step.0 || span <= 0.0);
    }
    for contender in 0..samplers.len() {
        let mut phases: Vec<&mut Series<Id>> =
            series.iter_mut().filter(|series| series.contender == contender && !series.steady).collect();
        let times: Vec<f64> = (0..rounds).map(|round| phases.iter().map(|phase| phase.samples[round]).sum()).collect();
        let resolution = phases.first().map_or(0.0, |phase| step.0 / f64::from(phase.batch));
        let steady = settled(&times, resolution);
        for phase in &mut phases {
            phase.steady |= steady;
        }
    }
}

/// Long enough for the clock, longer where `max_rounds` would not fill the budget, and short enough that `min_rounds` fit.
fn round_span(plan: &Plan, step: Nanos, contenders: usize) -> Span {
    let each = plan.budget.0 / contenders.max(1) as f64;
    // Batches are 8 % above the least on average: the headroom, and half of a sixteenth.
    let filling = each / plan.max_rounds.max(1) as f64 / 1.08;
    Span::new(step, plan.steps, filling, each / plan.min_rounds.max(1) as f64)
}

/// How much of the run is done: by time, or by rounds where those run out first or must be waited for.
fn fraction(plan: &Plan, rounds: usize, elapsed: f64) -> f64 {
    let by_rounds = rounds as f64 / plan.max_rounds.max(plan.min_rounds).max(1) as f64;
    let at_most = rounds as f64 / plan.min_rounds.max(1) as f64;
    (elapsed / plan.budget.0.max(1.0)).max(by_rounds).min(at_most).min(1.0)
}

fn empty_series<Id: Copy>(samplers: &[Sampler<'_, Id>], steady: &[bool], step: Nanos) -> Vec<Series<Id>> {
    let phases = |(contender, (sampler, steady)): (usize, (&Sampler<'_, Id>, &bool))| {
        let of_phase = |(phase, cold): (usize, &f64)| Series {
            id: sampler.contender.id,
            contender,
            phase,
            samples: Vec::new(),
            batch: 1,
            cold: if *cold >= step.0 && *cold > 0.0 { Cold::Took(Nanos(*cold)) } else { Cold::Below(step) },
            steady: *steady,
            below_clock: false,
        };
        sampler.cold.iter().enumerate().map(of_phase).collect::<Vec<_>>()
    };
    samplers.iter().zip(steady).enumerate().flat_map(phases).collect()
}

/// What the loop around an operation costs by itself, for one operation.
fn empty_loop(plan: &Plan, step: Nanos, clock: &dyn Clock) -> Nanos {
    if plan.empty_loop == crate::EmptyLoop::Skipped {
        return Nanos(0.0);
    }
    let mut nothing = Contender::new((), || 0);
    let mut sampler = Sampler::new(&mut nothing);
    sampler.calibrate(Span::new(step, plan.steps, EMPTY_SPAN.0, plan.budget.0), clock);
    let times: Vec<f64> = (0..EMPTY_SAMPLES).map(|_| sampler.take(sampler.operations(), clock).per_operation(0)).collect();
    black_box(sampler.checksum);
    Nanos(median(&times).unwrap_or(0.0))
}
