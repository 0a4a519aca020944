//! From the simulation's answer to what is drawn and said: words, figure and tables, tested natively.

use super::ask::{Asked, Behind};
use crate::{
    components::table::TableData,
    instruments::load::{LoadFigure, LoadedDesign, rate_text},
};
use protocol::{
    Contender,
    load::{Arriving, CoresNeeded, DesignUnderLoad, LoadAnswer, Point},
};
use units::{Nanos, significant};

/// The designs that the sentence sets against each other: today's, and what a careful service would use.
const TODAY: Contender = Contender::SerdeJson;
const NEW: Contender = Contender::RkyvValidated;

/// The figure of an answer.
#[must_use]
pub fn figure(asked: &Asked, answer: &LoadAnswer) -> LoadFigure {
    let designs = answer.designs.iter().map(|design| LoadedDesign {
        contender: design.contender,
        alone: design.alone,
        at_rate: design.at_rate.map(|at| [at.p50, at.p99, at.p999]),
        curve: design.curve.iter().map(|point| (point.rate, point.p99)).collect(),
        knee: design.knee.map(|knee| (knee.rate, knee.p99)),
        note: note(design),
    });
    LoadFigure { rate: asked.question.rate, deadline: asked.question.deadline, designs: designs.collect() }
}

/// What stands beside a design's row.
fn note(design: &DesignUnderLoad) -> String {
    let busy = design.at_rate.map_or_else(
        || "more work than the cores can do: the queue grows without end".to_owned(),
        |at| format!("cores {} % busy", percent(at.busy)),
    );
    format!("alone {}; {busy}", Nanos(design.alone))
}

fn percent(share: f64) -> String {
    significant((share * 1000.0).round() / 10.0)
}

/// The result as one sentence: what each of two designs carries within the deadline.
#[must_use]
pub fn finding(asked: &Asked, answer: &LoadAnswer) -> String {
    let of = |contender| answer.designs.iter().find(|design| design.contender == contender);
    let (Some(today), Some(new)) = (of(TODAY), of(NEW)) else { return String::new() };
    let cores = match asked.question.cores {
        1 => "one core".to_owned(),
        cores => format!("{cores} cores"),
    };
    let deadline = Nanos(asked.question.deadline);
    match (today.sustained, new.sustained) {
        (Some(before), Some(after)) => format!(
            "With 99 of 100 requests within {deadline}, {cores} carry {} requests a second with {} and {} with {}: {}.",
            rate_text(before),
            TODAY.label(),
            rate_text(after),
            NEW.label(),
            times(after / before),
        ),
        (None, Some(after)) => format!(
            "With {}, no rate keeps 99 of 100 requests within {deadline}; with {}, {cores} carry {} requests a second.",
            TODAY.label(),
            NEW.label(),
            rate_text(after)
        ),
        (Some(before), None) => format!(
            "With {}, no rate keeps 99 of 100 requests within {deadline}; with {}, {cores} carry {} requests a second.",
            NEW.label(),
            TODAY.label(),
            rate_text(before)
        ),
        (None, None) => format!("No rate keeps 99 of 100 requests within {deadline}, whichever way the payload is read."),
    }
}

/// How many times as many; a twentieth either way is within what the simulation itself scatters.
fn times(ratio: f64) -> String {
    if (ratio - 1.0).abs() < 0.05 { "as good as no difference".to_owned() } else { format!("{} × as many", significant(ratio)) }
}

/// What is measured in this, what is modelled, and how.
#[must_use]
pub fn method(asked: &Asked) -> String {
    let behind = match asked.behind {
        Behind::Samples(count) => format!(
            "Reading times are the run’s samples, at least {count} a design; a sample is the mean of a batch, so single readings vary more than that."
        ),
        Behind::Medians => {
            "Reading times are a run’s medians, since its samples were not kept: press Run for your own samples.".to_owned()
        }
    };
    let part = asked
        .part
        .map(|part| format!(" The request is given in parts; one part is {}, so that JSON’s reading takes its 30.", Nanos(part)))
        .unwrap_or_default();
    let arriving = match asked.question.arriving {
        Arriving::Poisson => "Requests arrive independently of each other (Poisson).".to_owned(),
        Arriving::Bursts => {
            format!(
                "Requests arrive in bursts of {} on average (geometric), the bursts independently of each other.",
                Arriving::BURST
            )
        }
    };
    format!(
        "Modelled: a simulation of 40,000 requests at your rate and 20,000 a point of the curves, seed {}. {behind}{part} {arriving} CPU stages hold a core until they end, first come, \
         first served; waiting stages hold none and are never queued for. The knee is where rate over p99 is greatest.",
        asked.question.seed.0
    )
}

/// The designs at the reader's rate and deadline.
#[must_use]
pub fn table(asked: &Asked, answer: &LoadAnswer) -> TableData {
    let rate = rate_text(asked.question.rate);
    let head = [
        "design".to_owned(),
        "one request alone".to_owned(),
        "p50".to_owned(),
        "p90".to_owned(),
        "p99".to_owned(),
        "p99, 95 % interval".to_owned(),
        "p99.9".to_owned(),
        "cores busy".to_owned(),
        "knee, requests/s".to_owned(),
        "most requests/s within the deadline".to_owned(),
        format!("cores for {rate} requests/s"),
    ];
    let rows = answer.designs.iter().map(|design| {
        let at = |figure: fn(&Point) -> f64| {
            design.at_rate.as_ref().map_or_else(|| "∞".to_owned(), |at| Nanos(figure(at)).to_string())
        };
        let between = design
            .at_rate
            .map_or_else(|| "–".to_owned(), |at| format!("{}–{}", Nanos(at.p99_between.0), Nanos(at.p99_between.1)));
        vec![
            design.contender.label().to_owned(),
            Nanos(design.alone).to_string(),
            at(|at| at.p50),
            at(|at| at.p90),
            at(|at| at.p99),
            between,
            at(|at| at.p999),
            design.at_rate.map_or_else(|| "all, always".to_owned(), |at| format!("{} %", percent(at.busy))),
            design.knee.map_or_else(|| "–".to_owned(), |knee| rate_text(knee.rate)),
            design.sustained.map_or_else(|| "none".to_owned(), rate_text),
            cores_text(design.cores_needed),
        ]
    });
    let caption = format!(
        "Modelled latency at {rate} requests a second on {} cores, the p99 to keep being {}",
        asked.question.cores,
        Nanos(asked.question.deadline)
    );
    TableData { caption, head: head.into(), rows: rows.collect() }
}

fn cores_text(needed: CoresNeeded) -> String {
    match needed {
        CoresNeeded::Exactly(cores) => cores.to_string(),
        CoresNeeded::MoreThan(cores) => format!("more than {cores}"),
        CoresNeeded::NoneWillDo => "no number will do".to_owned(),
    }
}

/// The curves' points.
#[must_use]
pub fn curve_table(answer: &LoadAnswer) -> TableData {
    let rows = answer.designs.iter().flat_map(|design| {
        design.curve.iter().map(|point| {
            vec![
                design.contender.label().to_owned(),
                rate_text(point.rate),
                format!("{} %", percent(point.busy)),
                Nanos(point.p50).to_string(),
                Nanos(point.p99).to_string(),
                Nanos(point.p999).to_string(),
            ]
        })
    });
    TableData {
        caption: "The curves’ points (modelled)".to_owned(),
        head: ["design", "requests/s", "cores busy", "p50", "p99", "p99.9"].map(str::to_owned).into(),
        rows: rows.collect(),
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
