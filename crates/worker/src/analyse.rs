//! One report of the samples that one or more workers took: the page computes no statistics.

use measure::{Samples, mad, ratio_interval, time_interval};
use protocol::{Contender, Effort, Mode, Note, Phase, RatioRow, Report, Row, RunSamples, Series};
use units::Nanos;

/// The report, or none if the samples are of no run, or of different ones.
pub(crate) fn analyse(mut runs: Vec<RunSamples>) -> Option<Report> {
    let first = runs.first()?.clone();
    if runs.iter().any(|run| run.input != first.input || run.seed != first.seed) {
        return None;
    }
    let series: Vec<Series> = runs.iter_mut().flat_map(|run| std::mem::take(&mut run.series)).collect();
    let mut notes: Vec<Note> = Vec::new();
    for note in runs.iter().flat_map(|run| &run.notes) {
        if !notes.contains(note) {
            notes.push(*note);
        }
    }
    let lab = first.input.lab();
    let clock_step = first.environment.clock_step;
    let contenders = in_order(&series);
    let mut rows = Vec::new();
    let mut ratios = Vec::new();
    for &phase in lab.phases() {
        rows.extend(contenders.iter().filter_map(|&contender| row(&series, contender, phase, clock_step)));
        ratios.extend(against_first(&series, &contenders, phase, clock_step));
    }
    for &(sum, parts) in lab.sums() {
        let summed: Vec<Series> = contenders.iter().flat_map(|&contender| added_up(&series, contender, sum, parts)).collect();
        ratios.extend(against_first(&summed, &contenders, sum, clock_step));
    }
    let mode = match first.effort {
        Effort::Quick => Mode::Quick,
        Effort::Full { .. } => Mode::Full { workers: u16::try_from(runs.len()).unwrap_or(u16::MAX) },
    };
    let RunSamples { input, seed, environment, facts, .. } = first;
    Some(Report { lab, input, seed, mode, environment, rows, ratios, facts, series, notes })
}

/// Every contender but the first, over the first.
fn against_first(series: &[Series], contenders: &[Contender], phase: Phase, clock_step: Nanos) -> Vec<RatioRow> {
    let Some((&to, others)) = contenders.split_first() else { return Vec::new() };
    let baseline = samples_of(series, to, phase, clock_step);
    let ratio = |&of: &Contender| {
        let ratio = ratio_interval(&samples_of(series, of, phase, clock_step), &baseline)?;
        Some(RatioRow { of, to, phase, ratio })
    };
    others.iter().filter_map(ratio).collect()
}

/// A contender's samples of some phases, added up: all phases of a round are of the same operations, so the sum is what a round took for
/// these phases together, and rounds stay paired. An instance that lacks one of the phases has no sum.
fn added_up(series: &[Series], contender: Contender, sum: Phase, parts: &[Phase]) -> Vec<Series> {
    let of_first = series.iter().filter(|one| one.contender == contender && parts.first() == Some(&one.phase));
    let add = |first: &Series| {
        let mut whole = Series { phase: sum, ..first.clone() };
        for part in &parts[1..] {
            let same = |one: &&Series| one.contender == contender && one.instance == first.instance && one.phase == *part;
            let more = series.iter().find(same).filter(|one| one.samples.len() == whole.samples.len())?;
            whole.samples.iter_mut().zip(&more.samples).for_each(|(all, more)| *all += more);
        }
        Some(whole)
    };
    of_first.filter_map(add).collect()
}

fn row(series: &[Series], contender: Contender, phase: Phase, clock_step: Nanos) -> Option<Row> {
    let samples = &samples_of(series, contender, phase, clock_step);
    // The cold figure is the first worker's alone: later ones find the engine's caches warm.
    let first = series.iter().find(|one| one.contender == contender && one.phase == phase)?;
    let all: Vec<f64> = samples.iter().flat_map(|one| one.values).copied().collect();
    let steady = series.iter().filter(|one| one.contender == contender && one.phase == phase).all(|one| one.steady);
    Some(Row {
        contender,
        phase,
        time: time_interval(samples)?,
        mad: Nanos(mad(&all)?),
        samples: u32::try_from(all.len()).unwrap_or(u32::MAX),
        cold: first.cold,
        steady,
    })
}

/// The samples of a contender in a phase, an instance each.
fn samples_of(series: &[Series], contender: Contender, phase: Phase, clock_step: Nanos) -> Vec<Samples<'_>> {
    let own = series.iter().filter(|one| one.contender == contender && one.phase == phase);
    own.map(|one| Samples::new(&one.samples, clock_step, one.batch)).collect()
}

/// Every contender once, as the lab listed them.
fn in_order(series: &[Series]) -> Vec<Contender> {
    let mut contenders = Vec::new();
    for one in series {
        if !contenders.contains(&one.contender) {
            contenders.push(one.contender);
        }
    }
    contenders
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Cold, Environment, LabId, LabInput, Seed};

    fn series(contender: Contender, phase: Phase, samples: [f64; 9]) -> Series {
        let cold = Cold::Took(Nanos(samples[0]));
        Series { contender, phase, instance: 0, samples: samples.to_vec(), batch: 1, cold, steady: true }
    }

    fn arena(series: Vec<Series>) -> Report {
        let environment = Environment::default();
        let input = LabInput::default_of(LabId::Arena);
        let (effort, facts, notes) = (Effort::Quick, Vec::new(), Vec::new());
        analyse(vec![RunSamples { input, seed: Seed(1), effort, environment, series, facts, notes }]).unwrap()
    }

    /// Building 300 and tearing down 100 against 200 and 0: half the time together, which no ratio of the parts gives.
    #[test]
    fn a_sum_s_ratio_is_that_of_the_rounds_added_up() {
        let rounds = [1.0, 2.0, 1.5, 1.0, 3.0, 1.0, 2.0, 1.0, 1.2];
        let of = |contender, phase, each: f64| series(contender, phase, rounds.map(|round| round * each));
        let (first, second) = (Contender::RcRefCell, Contender::BumpArenaVec);
        let mut all = vec![
            of(first, Phase::Build, 300.0),
            of(first, Phase::Traverse, 50.0),
            of(first, Phase::TearDown, 100.0),
            of(second, Phase::Build, 200.0),
            of(second, Phase::Traverse, 50.0),
            of(second, Phase::TearDown, 0.0),
        ];
        let report = arena(all.clone());
        let sum = report.relative(second, Phase::BuildAndTearDown).unwrap();
        assert!((sum.median - 0.5).abs() < 1e-9 && (sum.low - 0.5).abs() < 1e-9 && (sum.high - 0.5).abs() < 1e-9, "{sum:?}");
        assert_eq!(report.row(second, Phase::BuildAndTearDown), None, "a sum is compared, not shown as a time");
        // Rounds are paired: two that were slow for one alone widen the interval, and move no other round.
        (all[3].samples[4], all[3].samples[6]) = (6_000.0, 6_000.0);
        let wider = arena(all.clone()).relative(second, Phase::BuildAndTearDown).unwrap();
        assert!((wider.median - 0.5).abs() < 1e-9 && wider.high > 0.5, "{wider:?}");
        // Where a phase was not sampled, nothing is added up.
        all.pop();
        assert_eq!(arena(all).relative(second, Phase::BuildAndTearDown), None);
    }
}
