//! From what `measure` says to what crosses to the page. No figure is changed on the way.

use measure::{Estimate, Outcome, RatioEstimate};
use protocol::{Cold, Contender, Effort, LabInput, LiveRow, Note, Phase, Progress, RatioRow, Series};

/// Which worker of a run this is, from 0.
pub(crate) const fn instance(effort: Effort) -> u16 {
    match effort {
        Effort::Quick => 0,
        Effort::Full { instance, .. } => instance,
    }
}

pub(crate) fn progress(input: &LabInput, progress: measure::Progress<'_, Contender>) -> Progress {
    match progress {
        measure::Progress::Rough { of, to, ratio } => {
            Progress::Rough { rows: vec![live_row(input, &to), live_row(input, &of)], ratio: ratio_row(input, &ratio) }
        }
        measure::Progress::WarmingUp { steady, of } => Progress::WarmingUp { steady: small(steady), of: small(of) },
        measure::Progress::Sampling { fraction, estimates, ratios } => Progress::Sampling {
            fraction,
            rows: estimates.iter().map(|estimate| live_row(input, estimate)).collect(),
            ratios: ratios.iter().map(|ratio| ratio_row(input, ratio)).collect(),
        },
    }
}

/// The samples of one worker, and what a reader should know about them.
pub(crate) fn series(
    input: &LabInput,
    instance: u16,
    outcome: &Outcome<Contender>,
    min_rounds: usize,
) -> (Vec<Series>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut note = |note: Note| {
        if !notes.contains(&note) {
            notes.push(note);
        }
    };
    let mut all = Vec::with_capacity(outcome.series.len());
    for series in &outcome.series {
        let phase = phase(input, series.phase);
        if series.below_clock {
            note(Note::BelowClock(series.id, phase));
        } else if measure::is_noisy(&series.samples) {
            note(Note::Noisy(series.id));
        }
        if !series.steady {
            note(Note::NotSteady(series.id));
        }
        let cold = match series.cold {
            measure::Cold::Took(time) => Cold::Took(time),
            measure::Cold::Below(step) => Cold::Below(step),
        };
        let (samples, batch, steady) = (series.samples.clone(), series.batch, series.steady);
        all.push(Series { contender: series.id, phase, instance, samples, batch, cold, steady });
    }
    if outcome.rounds() <= min_rounds {
        note(Note::FewRounds);
    }
    (all, notes)
}

fn live_row(input: &LabInput, estimate: &Estimate<Contender>) -> LiveRow {
    LiveRow {
        contender: estimate.id,
        phase: phase(input, estimate.phase),
        time: estimate.time,
        samples: u32::try_from(estimate.samples).unwrap_or(u32::MAX),
    }
}

fn ratio_row(input: &LabInput, ratio: &RatioEstimate<Contender>) -> RatioRow {
    RatioRow { of: ratio.of, to: ratio.to, phase: phase(input, ratio.phase), ratio: ratio.ratio }
}

fn phase(input: &LabInput, index: usize) -> Phase {
    input.phases().get(index).copied().unwrap_or(Phase::Whole)
}

fn small(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
