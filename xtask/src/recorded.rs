//! Figures of the recorded runs, for what names a lab, an input and a measure: the ledger's rules in the tests, and the roadmap's tables. It must
//! never give a figure that no recording holds.

use crate::record;
use anyhow::{Context, Result, ensure};
use course::{Figure, Measure, Measured, RecordedFigure};
use protocol::{Contender, LabId, LabInput, Recording};
use units::Interval;

/// What the browser's recorded run of an input gave for a measure, with that run; none where none is recorded, or the run lacks it.
///
/// # Errors
/// The lab, the input or the measure's names are unknown, or the lab's recordings are damaged.
pub fn figure(lab: &str, input: &[(String, String)], measure: &Measure) -> Result<Option<(Interval, Recording)>> {
    let lab = LabId::from_slug(lab).with_context(|| format!("there is no lab `{lab}`"))?;
    let input = LabInput::of_pairs(lab, input.iter().map(|(key, value)| (&**key, &**value)))
        .ok()
        .with_context(|| format!("{}: {input:?} is no input of it", lab.slug()))?;
    let recordings = record::of_lab(lab)?;
    let run = recordings.into_iter().find(|one| one.shows(&input));
    let Some(run) = run else { return Ok(None) };
    Ok(of_run(lab, &run, measure)?.map(|figure| (figure, run)))
}

fn of_run(lab: LabId, run: &Recording, measure: &Measure) -> Result<Figure> {
    Ok(match measure {
        Measure::Ratio { of, to, phase } => {
            let first = lab.contenders().first().map(|one| one.slug());
            ensure!(first == Some(to.as_str()), "{}: results hold ratios to {first:?}, not to `{to}`", lab.slug());
            let phase = lab.compared().find(|one| one.label() == phase);
            let phase = phase.with_context(|| format!("{}: no such phase", lab.slug()))?;
            run.result.relative(Contender::from_slug(of).with_context(|| format!("no contender `{of}`"))?, phase)
        }
        Measure::Fact { of, kind } => {
            let fact = run.result.facts.iter().find(|fact| fact.name == *of && fact.kind == *kind);
            fact.map(|fact| Interval::exact(fact.value))
        }
    })
}

/// The same for a row of a table, with machine and date.
///
/// # Errors
/// As [`figure`].
pub fn of_row(row: &Measured) -> Result<Option<RecordedFigure>> {
    let found = figure(&row.lab, &row.input, &row.measure)?;
    Ok(found.map(|(Interval { median, low, high }, run)| RecordedFigure {
        median,
        low,
        high,
        place: format!("{}, {}", run.machine, run.date),
    }))
}
