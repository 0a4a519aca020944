//! From choices and readings to what is drawn: pure arithmetic and words, tested natively. It must never mix readings of two origins.

use super::state::{BudgetState, Guess, RUNGS, Sent};
use crate::{
    engine::Run,
    instruments::budget::{Bar, BarState, BudgetFigure, Mark, MarkKind, Segment, length_text},
    labs::backstage::{Pin, Place},
};
use budget::{Axis, Ladder, Preset, Step, TODAY};
use protocol::{Contender, DataInput, LabInput, Phase, Recording};
use units::{Interval, Nanos};

/// The designs, in the ladder's order.
pub const LADDER: [Contender; RUNGS] =
    [Contender::SerdeJson, Contender::Postcard, Contender::RkyvValidated, Contender::RkyvUnvalidated];

/// The rung whose length is the finding: what a careful service would use.
pub const FOCUS: usize = 2;

/// The roadmap's own figure for the new request: 70 that no format touches, and 2.
const ROADMAP_LENGTH: f64 = 72.0;

/// What is known about each rung, all of one origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    /// Where it comes from.
    pub origin: Origin,
    /// What it was measured on.
    pub input: DataInput,
    /// JSON's time in nanoseconds.
    pub json_time: Option<f64>,
    /// Each rung's time over JSON's, as far as it is known.
    pub relative: [Option<Interval>; RUNGS],
}

/// Where readings come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// This device, a finished run.
    Live,
    /// This device, a run that goes on.
    Provisional,
    /// This device, but the input was changed since.
    Stale,
    /// A recorded run.
    Recorded {
        /// On which machine.
        machine: String,
        /// When.
        date: String,
    },
    /// This device, a run that was kept.
    Kept {
        /// Which run.
        machine: String,
        /// When.
        date: String,
    },
    /// Somebody's link.
    Sent,
}

impl Readings {
    /// The readings to show: the reader's own run if there is one, else what a link brought, else what was recorded.
    #[must_use]
    pub fn choose(state: &BudgetState, run: Option<&Run>, recorded: &[Recording]) -> Option<Self> {
        let input = state.choices.input;
        if let Some(readings) = run.and_then(|run| Self::of_run(run, input, state.choices.seed)) {
            return Some(readings);
        }
        if let Some(sent) = state.sent.filter(|sent| sent.input == input) {
            return Some(Self::of_sent(sent));
        }
        let found = recorded.iter().find(|one| one.shows(&LabInput::LatencyBudget(input)));
        found.map(|one| Self::of_recorded(one, input))
    }

    fn of_run(run: &Run, now: DataInput, seed: protocol::Seed) -> Option<Self> {
        let LabInput::LatencyBudget(input) = run.request.input else { return None };
        let is_current = input == now && run.request.seed == seed;
        if let Some(report) = run.report() {
            let origin = if is_current { Origin::Live } else { Origin::Stale };
            let relative = LADDER.map(|contender| report.relative(contender, Phase::Whole));
            let json_time = report.row(Contender::SerdeJson, Phase::Whole).map(|row| row.time.median);
            return Some(Self { origin, input, json_time, relative });
        }
        if !run.stage.is_running() || !is_current || run.live.rows.is_empty() {
            return None;
        }
        let relative = LADDER.map(|contender| match contender {
            Contender::SerdeJson => Some(Interval::exact(1.0)),
            _ => run.live.ratios.iter().find(|ratio| ratio.of == contender).map(|ratio| ratio.ratio),
        });
        let json_time = run.live.rows.iter().find(|row| row.contender == Contender::SerdeJson).map(|row| row.time.median);
        Some(Self { origin: Origin::Provisional, input, json_time, relative })
    }

    /// A pinned result, if it holds while `now` is chosen.
    #[must_use]
    pub fn of_pin(pin: &Pin, now: DataInput) -> Option<Self> {
        let LabInput::LatencyBudget(input) = pin.input else { return None };
        let words = |_| crate::labs::data::serialization::input_words(input);
        let recording = pin.for_input(&LabInput::LatencyBudget(now), words)?;
        let mut readings = Self::of_recorded(&recording, input);
        if pin.place == Place::Here {
            readings.origin = Origin::Kept { machine: recording.machine, date: recording.date };
        }
        Some(readings)
    }

    fn of_sent(sent: Sent) -> Self {
        Self { origin: Origin::Sent, input: sent.input, json_time: Some(sent.json_time), relative: sent.relative.map(Some) }
    }

    fn of_recorded(recorded: &Recording, input: DataInput) -> Self {
        let origin = Origin::Recorded { machine: recorded.machine.clone(), date: recorded.date.clone() };
        let relative = LADDER.map(|contender| recorded.result.relative(contender, Phase::Whole));
        Self {
            origin,
            input,
            json_time: recorded.result.time(Contender::SerdeJson, Phase::Whole).map(|time| time.median),
            relative,
        }
    }

    /// As a result that a link can carry, if it is somebody's own run of the present choice and every rung is known. What came with the site is everywhere
    /// already, and a stale figure is of another choice.
    #[must_use]
    pub fn to_sent(&self) -> Option<Sent> {
        if !matches!(self.origin, Origin::Live | Origin::Kept { .. } | Origin::Sent) {
            return None;
        }
        let [json, postcard, validated, unvalidated] = self.relative;
        Some(Sent { input: self.input, json_time: self.json_time?, relative: [json?, postcard?, validated?, unvalidated?] })
    }
}

/// The number that leads, and the sentences under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The new request's length, or why there is none yet.
    pub number: Option<String>,
    /// Its 95 % interval.
    pub interval: Option<String>,
    /// What it means.
    pub sentence: String,
    /// What became of the guess.
    pub guess: Option<String>,
}

/// Everything that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The number and its meaning.
    pub finding: Finding,
    /// The bars.
    pub figure: BudgetFigure,
    /// The ladder behind both, once JSON's slice and every rung are known.
    pub ladder: Option<Ladder>,
}

impl Picture {
    /// What to draw of a state and its readings.
    #[must_use]
    pub fn of(state: &BudgetState, readings: Option<&Readings>, native: Option<&Recording>) -> Self {
        let shown = readings.filter(|_| state.guess.is_settled());
        let json_time = readings.and_then(|readings| readings.json_time);
        let budget = state.choices.budget(json_time);
        // What is drawn before a guess: JSON alone, which is exactly itself.
        let known: Vec<(usize, Interval)> = match shown {
            Some(readings) => {
                readings.relative.iter().enumerate().filter_map(|(index, ratio)| ratio.map(|ratio| (index, ratio))).collect()
            }
            None => vec![(0, Interval::exact(1.0))],
        };
        let ratios: Vec<Interval> = known.iter().map(|(_, ratio)| *ratio).collect();
        let ladder = budget.ladder(&ratios);
        let bar_state = shown.map_or(BarState::Modelled, |readings| match readings.origin {
            Origin::Live => BarState::Measured,
            Origin::Provisional => BarState::Provisional,
            Origin::Stale => BarState::Stale,
            Origin::Recorded { .. } | Origin::Kept { .. } | Origin::Sent => BarState::Recorded,
        });
        let mut bars: Vec<Bar> = Vec::with_capacity(RUNGS);
        for (index, contender) in LADDER.into_iter().enumerate() {
            let rung = known.iter().position(|(at, _)| *at == index).and_then(|at| ladder.as_ref()?.rungs.get(at));
            let Some(rung) = rung else {
                bars.push(Bar::missing(contender, contender.label(), missing_text(state, index)));
                continue;
            };
            let mut start = 0.0;
            let mut segments: Vec<Segment> = Vec::with_capacity(budget.stages.len() + 1);
            for stage in &budget.stages {
                let width = budget.share_of_today(stage.time).unwrap_or(0.0);
                segments.push(Segment { label: stage.id.label(), start, width, stage: Some(stage.id) });
                start += width;
            }
            segments.push(Segment { label: "reading", start, width: rung.slice.median, stage: None });
            let slice = length_text(rung.slice.median);
            let note = match (shown.is_some(), known.len() == RUNGS) {
                (true, true) => format!("reading {slice}; {}", step_sentence(index, rung.step)),
                (true, false) => format!("reading {slice}"),
                (false, _) => step_sentence(index, None),
            };
            bars.push(Bar { contender, label: contender.label(), segments, length: Some(rung.length), state: bar_state, note });
        }
        let all = ladder.filter(|_| known.len() == RUNGS || known.len() == 1);
        let focus = shown.and_then(|readings| {
            let ratio = readings.relative[FOCUS]?;
            budget.ladder(&[Interval::exact(1.0), ratio]).map(|ladder| ladder.rungs[1].length)
        });
        let floor = budget.share_of_today(budget.fixed());
        let marks = marks(state, readings, native, &budget);
        let finding = finding(state, readings, focus, all.as_ref().filter(|ladder| ladder.rungs.len() == RUNGS), &budget);
        let longest = bars.iter().filter_map(|bar| bar.length).map(|length| length.high).fold(TODAY, f64::max);
        Self { finding, figure: BudgetFigure { max: longest.max(Guess::MAX), floor, bars, marks }, ladder: all }
    }
}

fn missing_text(state: &BudgetState, index: usize) -> String {
    match (index, state.guess.is_settled()) {
        (0, _) => "press Run: here JSON’s share is measured, too".to_owned(),
        (_, false) => "hidden until you have guessed".to_owned(),
        (_, true) => "not measured yet".to_owned(),
    }
}

/// What one rung leaves behind, and what that bought.
fn step_sentence(index: usize, step: Option<Step>) -> String {
    let leaves = match index {
        1 => "leaves text",
        2 => "leaves copying",
        3 => "leaves checking",
        _ => return "text, copied into your own structs".to_owned(),
    };
    match step {
        Some(Step::Shorter(by)) => format!("{leaves}: −{}", length_text(by)),
        Some(Step::Longer(by)) => format!("{leaves}: +{}", length_text(by)),
        Some(Step::Undecided) | None => format!("{leaves}: no difference this run can tell"),
    }
}

fn marks(state: &BudgetState, readings: Option<&Readings>, native: Option<&Recording>, budget: &budget::Budget) -> Vec<Mark> {
    let mut marks = Vec::new();
    if let Guess::Locked(at) = state.guess {
        marks.push(Mark { at, label: format!("your guess {}", length_text(at)), kind: MarkKind::Guess, bar: None });
    }
    if state.choices.preset == Preset::Roadmap2026
        && state.guess.is_settled()
        && state.choices.stages == super::state::Choices::default().stages
    {
        marks.push(Mark { at: ROADMAP_LENGTH, label: "the roadmap’s 72".to_owned(), kind: MarkKind::Roadmap, bar: None });
    }
    let is_own = readings.is_some_and(|readings| matches!(readings.origin, Origin::Live | Origin::Provisional));
    if let Some(sent) = state.sent.filter(|sent| is_own && sent.input == state.choices.input)
        && let Some(length) = focus_length(budget, sent.relative[FOCUS])
    {
        marks.push(Mark {
            at: length,
            label: format!("their {}", length_text(length)),
            kind: MarkKind::Theirs,
            bar: Some(FOCUS),
        });
    }
    // A stale figure is of another input than the recorded run beside it would be.
    let is_stale = readings.is_some_and(|readings| readings.origin == Origin::Stale);
    if let Some(native) = native.filter(|_| state.guess.is_settled() && !is_stale) {
        for (index, contender) in LADDER.into_iter().enumerate().skip(1) {
            let length = native.result.relative(contender, Phase::Whole).and_then(|ratio| focus_length(budget, ratio));
            if let Some(at) = length {
                marks.push(Mark { at, label: format!("native {}", length_text(at)), kind: MarkKind::Native, bar: Some(index) });
            }
        }
    }
    marks
}

fn focus_length(budget: &budget::Budget, ratio: Interval) -> Option<f64> {
    budget.ladder(&[Interval::exact(1.0), ratio]).map(|ladder| ladder.rungs[1].length.median)
}

fn finding(
    state: &BudgetState,
    readings: Option<&Readings>,
    focus: Option<Interval>,
    ladder: Option<&Ladder>,
    budget: &budget::Budget,
) -> Finding {
    let Some(length) = focus else {
        let sentence = if state.guess.is_settled() {
            "Press Run: the reading of the payload is timed here, on this device.".to_owned()
        } else {
            "Today’s request is 100 long. Move the bar to where you think the new one ends.".to_owned()
        };
        return Finding { number: None, interval: None, sentence, guess: None };
    };
    let number = length_text(length.median);
    let mut sentence = if length.contains(TODAY) {
        "With rkyv, validated, this run can tell no difference from today’s 100.".to_owned()
    } else {
        format!("With rkyv, validated, the same request takes {number} instead of 100.")
    };
    if let (Axis::Time, Some(today)) = (budget.axis, budget.today()) {
        let new = Nanos(today * length.median / TODAY);
        sentence = format!("{sentence} That is {new} instead of {}.", Nanos(today));
    }
    let most = ladder.and_then(Ladder::biggest_step).map(|index| match index {
        1 => "leaving text",
        2 => "leaving copying",
        _ => "leaving checking",
    });
    if let Some(most) = most.filter(|_| !length.contains(TODAY)) {
        sentence = format!("{sentence} Most of that came from {most}.");
    }
    // Somebody else's device, or a machine that was recorded: not here.
    let elsewhere = match readings.map(|readings| &readings.origin) {
        Some(Origin::Sent) => Some("Their device"),
        Some(Origin::Recorded { .. }) => Some("The recorded machine"),
        _ => None,
    };
    if let Some(device) = elsewhere {
        sentence = format!("{device}: {number}. Yours: press Run.");
    }
    let guess = match state.guess {
        Guess::Locked(guess) => {
            let place = if elsewhere.is_some() { "There" } else { "Here" };
            Some(format!("You guessed {}. {place}: {number}.", length_text(guess)))
        }
        Guess::Open(_) | Guess::Skipped => None,
    };
    Finding { number: Some(number), interval: Some(interval_text(length)), sentence, guess }
}

/// The ends of an interval, rounded outwards: the number above it, rounded to the same decimal, always lies within.
fn interval_text(length: Interval) -> String {
    let (low, high) = ((length.low * 10.0).floor() / 10.0, (length.high * 10.0).ceil() / 10.0);
    format!("{}–{}", length_text(low), length_text(high))
}

#[cfg(test)]
#[path = "figure_tests.rs"]
mod tests;
