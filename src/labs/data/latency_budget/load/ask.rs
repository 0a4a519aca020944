//! From choices and readings to what is asked of the simulation: whose reading times, which stages in which order, at what rate.
//!
//! It must never mix figures of two origins, nor ask before the guess is settled: the answer would give it away.

use super::{
    super::{
        figure::{LADDER, Origin, Readings},
        state::{BudgetState, RUNGS},
    },
    state::LoadChoices,
};
use crate::engine::Run;
use budget::{Axis, Work};
use protocol::{
    Phase, Report,
    load::{LoadDesign, LoadQuestion, LoadStage},
};

/// Each design's reading times, nanoseconds, all of one origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// What stands behind the times.
    pub behind: Behind,
    /// JSON's median, which parts of a request are set against.
    pub json_time: f64,
    /// In the ladder's order.
    pub reading: [Vec<f64>; RUNGS],
}

/// What stands behind reading times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// So many measured samples a design.
    Samples(usize),
    /// Medians alone, of a run whose samples were not kept.
    Medians,
}

impl Service {
    /// The reading times behind what is shown: a finished run's own samples, else the medians of the readings.
    /// None while a run goes on, or where a rung is not known.
    #[must_use]
    pub fn of(readings: &Readings, run: Option<&Run>) -> Option<Self> {
        let json_time = readings.json_time.filter(|time| *time > 0.0)?;
        let report = match readings.origin {
            Origin::Provisional => return None,
            Origin::Live | Origin::Stale => run.and_then(Run::report),
            Origin::Recorded { .. } | Origin::Kept { .. } | Origin::Sent => None,
        };
        if let Some(reading) = report.and_then(samples) {
            let fewest = reading.iter().map(Vec::len).min().unwrap_or_default();
            return Some(Self { behind: Behind::Samples(fewest), json_time, reading });
        }
        let [json, postcard, validated, unvalidated] = readings.relative;
        let medians = [json?, postcard?, validated?, unvalidated?].map(|ratio| vec![ratio.median * json_time]);
        Some(Self { behind: Behind::Medians, json_time, reading: medians })
    }

    fn mean(&self, rung: usize) -> f64 {
        self.reading[rung].iter().sum::<f64>() / self.reading[rung].len() as f64
    }
}

/// Every rung's samples, if it has any.
fn samples(report: &Report) -> Option<[Vec<f64>; RUNGS]> {
    let of = |contender| {
        let series = report.series.iter().filter(|series| series.contender == contender && series.phase == Phase::Whole);
        series.flat_map(|series| series.samples.iter().copied()).collect::<Vec<f64>>()
    };
    let reading = LADDER.map(of);
    reading.iter().all(|samples| !samples.is_empty()).then_some(reading)
}

/// A question and what the sliders need to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What is asked of the worker.
    pub question: LoadQuestion,
    /// What stands behind its reading times.
    pub behind: Behind,
    /// Where the rate's slider ends: requests a second.
    pub most_rate: f64,
    /// Where the deadline's slider ends: nanoseconds.
    pub most_deadline: f64,
    /// Nanoseconds of one part, where the request is in parts.
    pub part: Option<f64>,
}

/// What to ask; none while there are no reading times to ask about, or the guess is open.
#[must_use]
pub fn asked(state: &BudgetState, service: Option<&Service>) -> Option<Asked> {
    let service = service.filter(|_| state.guess.is_settled())?;
    let budget = state.choices.budget(Some(service.json_time));
    let part = match budget.axis {
        Axis::Time => None,
        Axis::Parts => Some(service.json_time / budget.json_slice.filter(|slice| *slice > 0.0)?),
    };
    let scale = part.unwrap_or(1.0);
    let mut stages: Vec<LoadStage> = Vec::with_capacity(budget.stages.len() + 1);
    for stage in &budget.stages {
        stages.push(match stage.work {
            Work::Waiting => LoadStage::Wait(stage.time * scale),
            Work::Cpu => LoadStage::Work(stage.time * scale),
        });
    }
    // The payload is read as soon as it is there: behind the first wait, if the request begins with one.
    let place = usize::from(matches!(stages.first(), Some(LoadStage::Wait(_))));
    stages.insert(place, LoadStage::Read);
    let LoadChoices { cores, arriving, rate, deadline } = state.load;
    let (mut alone, mut work) = (0.0, 0.0);
    for stage in &stages {
        let (time, on_core) = match stage {
            LoadStage::Wait(time) => (*time, 0.0),
            LoadStage::Work(time) => (*time, *time),
            LoadStage::Read => (service.json_time, service.mean(0)),
        };
        alone += time;
        work += on_core;
    }
    let fastest = (0..RUNGS).map(|rung| service.mean(rung)).fold(f64::INFINITY, f64::min);
    let capacity = |work: f64| f64::from(cores) * 1e9 / work;
    let (json_capacity, most_capacity) = (capacity(work), capacity(work - service.mean(0) + fastest));
    let designs = LADDER.into_iter().zip(&service.reading);
    let question = LoadQuestion {
        stages,
        designs: designs.map(|(contender, reading)| LoadDesign { contender, reading: reading.clone() }).collect(),
        cores,
        arriving,
        rate: rate.unwrap_or_else(|| rounded(0.8 * json_capacity)),
        deadline: deadline.unwrap_or_else(|| rounded(3.0 * alone)),
        seed: state.choices.seed,
    };
    Some(Asked {
        question,
        behind: service.behind,
        most_rate: rounded(1.2 * most_capacity),
        most_deadline: rounded(30.0 * alone),
        part,
    })
}

/// To two significant digits: where a slider starts or ends is no more exact than that.
fn rounded(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 1.0;
    }
    let unit = 10_f64.powf(value.log10().floor() - 1.0);
    (value / unit).round() * unit
}

#[cfg(test)]
#[path = "ask_tests.rs"]
mod tests;
