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
        let baseline = contenders.first().map(|&contender| samples_of(&series, contender, phase, clock_step));
        for &contender in &contenders {
            let own = samples_of(&series, contender, phase, clock_step);
            rows.extend(row(&series, contender, phase, &own));
            if let Some((to, baseline)) = contenders.first().copied().zip(baseline.as_ref()).filter(|(to, _)| *to != contender) {
                ratios.extend(ratio_interval(&own, baseline).map(|ratio| RatioRow { of: contender, to, phase, ratio }));
            }
        }
    }
    let mode = match first.effort {
        Effort::Quick => Mode::Quick,
        Effort::Full { .. } => Mode::Full { workers: u16::try_from(runs.len()).unwrap_or(u16::MAX) },
    };
    let RunSamples { input, seed, environment, facts, .. } = first;
    Some(Report { lab, input, seed, mode, environment, rows, ratios, facts, series, notes })
}

fn row(series: &[Series], contender: Contender, phase: Phase, samples: &[Samples<'_>]) -> Option<Row> {
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
