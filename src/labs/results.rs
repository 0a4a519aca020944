//! What labs whose result is a list of times have in common: whose figures are shown, as bars and as a table.

use crate::{
    components::{provenance::Provenance, table::TableData},
    embed::picture::{CountBar, CountsFigure},
    engine::{Run, Stage},
    instruments::{
        bars::{BarsFigure, Group, TimeBar, interval_text, time_text},
        budget::BarState,
    },
    markup::{all, escaped},
};
use protocol::{Contender, Fact, FactKind, LabId, LabInput, Phase, Recording};
use units::Interval;
pub use units::times_as_fast;

/// The figures of one origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Where they come from.
    pub provenance: Provenance,
    /// Times, in the lab's order.
    pub times: Vec<(Contender, Phase, Interval)>,
    /// Ratios to the first contender.
    pub ratios: Vec<(Contender, Phase, Interval)>,
    /// Counted figures.
    pub facts: Vec<(Contender, FactKind, u64)>,
}

impl Results {
    /// The figures that were recorded for `input`.
    #[must_use]
    pub fn of_recorded(recorded: &[Recording], input: LabInput) -> Option<Self> {
        let found = recorded.iter().find(|one| one.shows(&input))?;
        Some(Self::of_recording(found))
    }

    /// A recorded run's.
    #[must_use]
    pub fn of_recording(found: &Recording) -> Self {
        let result = &found.result;
        let phases: Vec<Phase> = LabId::from_slug(&result.lab).into_iter().flat_map(LabId::compared).collect();
        let contenders = Contender::ALL;
        let every = contenders.iter().flat_map(|&contender| phases.iter().map(move |&phase| (contender, phase)));
        let times = every
            .clone()
            .filter_map(|(contender, phase)| result.time(contender, phase).map(|time| (contender, phase, time)))
            .collect();
        let ratios = every
            .filter_map(|(contender, phase)| result.relative(contender, phase).map(|ratio| (contender, phase, ratio)))
            .collect();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, exported as a JSON number")]
        let fact = |fact: &protocol::FactJson| {
            Some((Contender::from_slug(&fact.name)?, FactKind::from_slug(&fact.kind)?, fact.value as u64))
        };
        let facts = result.facts.iter().filter_map(fact).collect();
        Self { provenance: Provenance::Recorded(format!("{}, {}", found.machine, found.date)), times, ratios, facts }
    }

    /// What a lab that times nothing has counted on this device.
    #[must_use]
    pub fn of_facts(facts: &[Fact]) -> Self {
        let facts = facts.iter().map(|fact| (fact.contender, fact.kind, fact.value)).collect();
        Self { provenance: Provenance::Counted, times: Vec::new(), ratios: Vec::new(), facts }
    }

    /// The figures of the reader's own run, if it has any to show: finished, or going on for this very input.
    #[must_use]
    pub fn of_run(run: &Run, input: LabInput, words: impl Fn(LabInput) -> String) -> Option<Self> {
        let is_current = run.request.input == input;
        match &run.stage {
            Stage::Done(report) => {
                let provenance = if is_current && !input.lab().is_timed() {
                    Provenance::Counted
                } else if is_current {
                    Provenance::Live
                } else {
                    Provenance::Stale(format!("measured for {}; press Run for the present choice", words(run.request.input)))
                };
                let times = report.rows.iter().map(|row| (row.contender, row.phase, row.time)).collect();
                let ratios = report.ratios.iter().map(|row| (row.of, row.phase, row.ratio)).collect();
                let facts = report.facts.iter().map(|fact| (fact.contender, fact.kind, fact.value)).collect();
                Some(Self { provenance, times, ratios, facts })
            }
            stage if stage.is_running() && is_current && !run.live.rows.is_empty() => {
                let times = run.live.rows.iter().map(|row| (row.contender, row.phase, row.time)).collect();
                let ratios = run.live.ratios.iter().map(|row| (row.of, row.phase, row.ratio)).collect();
                Some(Self { provenance: Provenance::Provisional, times, ratios, facts: Vec::new() })
            }
            _ => None,
        }
    }

    /// A contender's time in a phase.
    #[must_use]
    pub fn time(&self, contender: Contender, phase: Phase) -> Option<Interval> {
        self.times.iter().find(|one| one.0 == contender && one.1 == phase).map(|one| one.2)
    }

    /// A contender's time over the first one's.
    #[must_use]
    pub fn ratio(&self, contender: Contender, phase: Phase) -> Option<Interval> {
        self.ratios.iter().find(|one| one.0 == contender && one.1 == phase).map(|one| one.2)
    }

    /// A contender's time over another's. To the first contender it is the measured ratio with its own interval, of paired rounds. To any
    /// other it is made of the two times' intervals, each taken at its worst: wider than a paired one would be, never narrower.
    #[must_use]
    pub fn against(&self, contender: Contender, baseline: Contender, phase: Phase) -> Option<Interval> {
        if contender == baseline {
            return self.time(contender, phase).map(|_| Interval::exact(1.0));
        }
        if self.times.first().is_some_and(|first| first.0 == baseline) {
            return self.ratio(contender, phase);
        }
        let (own, other) = (self.time(contender, phase)?, self.time(baseline, phase)?);
        (other.low > 0.0).then(|| Interval {
            median: own.median / other.median,
            low: own.low / other.high,
            high: own.high / other.low,
        })
    }

    /// A counted figure.
    #[must_use]
    pub fn fact(&self, contender: Contender, kind: FactKind) -> Option<u64> {
        self.facts.iter().find(|one| one.0 == contender && one.1 == kind).map(|one| one.2)
    }

    /// How sure the drawing is.
    #[must_use]
    pub const fn bar_state(&self) -> BarState {
        match self.provenance {
            Provenance::Live | Provenance::Counted => BarState::Measured,
            Provenance::Provisional => BarState::Provisional,
            Provenance::Stale(_) => BarState::Stale,
            Provenance::Recorded(_) | Provenance::Sent => BarState::Recorded,
            Provenance::Modelled => BarState::Modelled,
        }
    }
}

/// Which contenders are shown, in which groups and order, and which one the others are set against.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arranged {
    /// What stands together, with what it has in common; a single group needs no title.
    pub groups: Vec<(String, Vec<Contender>)>,
    /// Whom the others are set against.
    pub baseline: Option<Contender>,
}

impl Arranged {
    /// All in the lab's order, against the first.
    #[must_use]
    pub fn plain(contenders: Vec<Contender>) -> Self {
        Self { baseline: contenders.first().copied(), groups: vec![(String::new(), contenders)] }
    }

    /// Everyone who is shown.
    pub fn contenders(&self) -> impl Iterator<Item = Contender> {
        self.groups.iter().flat_map(|(_, contenders)| contenders).copied()
    }
}

/// The bars of a lab as HTML; see [`bars`].
#[must_use]
pub fn draw_bars(input: &LabInput, arranged: &Arranged, results: Option<&Results>, per: f64, axis: &str) -> String {
    bars(input, arranged, results, per, axis).draw(results.map_or(BarState::Modelled, Results::bar_state))
}

/// What each contender gives up, as a list in HTML.
#[must_use]
pub fn what_each_gives_up(contenders: &[Contender]) -> String {
    let items = all(contenders, |contender| {
        format!("<div><dt>{}</dt><dd>{}</dd></div>", escaped(contender.label()), escaped(contender.gives_up()))
    });
    format!("<dl>{items}</dl>")
}

/// The bars of a lab: its groups for each phase of the input, each time divided by `per` (1, or the number of nodes).
#[must_use]
pub fn bars(input: &LabInput, arranged: &Arranged, results: Option<&Results>, per: f64, axis: &str) -> BarsFigure {
    let groups = input.phases().into_iter().flat_map(|phase| {
        arranged.groups.iter().map(move |(title, contenders)| {
            let bars = contenders.iter().map(|&contender| {
                let time = results.and_then(|results| results.time(contender, phase)).map(|time| time.map(|time| time / per));
                let ratio = against(results, contender, arranged, phase).filter(|_| Some(contender) != arranged.baseline);
                TimeBar { contender, time, note: ratio.map(times_as_fast).unwrap_or_default() }
            });
            let title = if phase == Phase::Whole { title.clone() } else { phase.label().to_owned() };
            Group { title, bars: bars.collect() }
        })
    });
    BarsFigure { axis: axis.to_owned(), groups: groups.collect() }
}

fn against(results: Option<&Results>, contender: Contender, arranged: &Arranged, phase: Phase) -> Option<Interval> {
    results?.against(contender, arranged.baseline?, phase)
}

/// What was counted of each contender: the first kind as a bar, the others in words.
#[must_use]
pub fn counts(arranged: &Arranged, results: &Results, facts: &[(FactKind, &str)]) -> CountsFigure {
    let mut names = facts.iter();
    let first = names.next();
    let bars = arranged.contenders().map(|contender| {
        let others = names.clone().filter_map(|(kind, name)| Some(format!("{name} {}", results.fact(contender, *kind)?)));
        CountBar {
            contender,
            count: first.and_then(|(kind, _)| results.fact(contender, *kind)),
            note: others.collect::<Vec<_>>().join(", "),
        }
    });
    CountsFigure { axis: first.map(|(_, name)| format!("{name}, from 0")).unwrap_or_default(), bars: bars.collect() }
}

/// The same figures as a table.
#[must_use]
pub fn table(
    input: &LabInput,
    arranged: &Arranged,
    results: Option<&Results>,
    per: f64,
    caption: &str,
    facts: &[(FactKind, &str)],
) -> TableData {
    let mut head = vec!["contender".to_owned()];
    let phases = if input.lab().is_timed() { input.phases() } else { Vec::new() };
    for phase in &phases {
        let name = if *phase == Phase::Whole { "time" } else { phase.label() };
        head.extend([
            name.to_owned(),
            "95 % interval".to_owned(),
            format!("against {}", arranged.baseline.map_or("", Contender::label)),
        ]);
    }
    head.extend(facts.iter().map(|(_, name)| (*name).to_owned()));
    let rows = arranged.contenders().map(|contender| {
        let mut cells = vec![contender.label().to_owned()];
        for &phase in &phases {
            let time = results.and_then(|results| results.time(contender, phase)).map(|time| time.map(|time| time / per));
            let ratio = against(results, contender, arranged, phase);
            cells.push(time.map_or_else(dash, time_text));
            cells.push(time.map_or_else(dash, interval_text));
            let is_measure = arranged.baseline == Some(contender);
            cells.push(ratio.map_or_else(dash, |ratio| if is_measure { "the measure".to_owned() } else { times_as_fast(ratio) }));
        }
        cells.extend(facts.iter().map(|(kind, _)| {
            results.and_then(|results| results.fact(contender, *kind)).map_or_else(dash, |value| value.to_string())
        }));
        cells
    });
    TableData { caption: caption.to_owned(), head, rows: rows.collect() }
}

fn dash() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_measured_is_dashes_not_zeros() {
        let table = table(
            &LabInput::default_of(LabId::Arena),
            &Arranged::plain(vec![Contender::RcRefCell]),
            None,
            1.0,
            "",
            &[(FactKind::Allocations, "allocations")],
        );
        assert_eq!(table.rows[0].len(), table.head.len());
        assert!(table.rows[0][1..].iter().all(|cell| cell == "–"));
    }

    #[test]
    fn another_baseline_widens_the_interval_and_the_first_one_keeps_the_measured_one() {
        let time = |median: f64| Interval { median, low: median * 0.9, high: median * 1.1 };
        let (first, second, third) = (Contender::SerdeJson, Contender::Postcard, Contender::RkyvValidated);
        let measured = Interval { median: 0.5, low: 0.49, high: 0.51 };
        let results = Results {
            provenance: Provenance::Live,
            times: [(first, 100.0), (second, 50.0), (third, 10.0)].map(|(who, at)| (who, Phase::Whole, time(at))).to_vec(),
            ratios: vec![(second, Phase::Whole, measured)],
            facts: Vec::new(),
        };
        assert_eq!(results.against(second, first, Phase::Whole), Some(measured));
        assert_eq!(results.against(second, second, Phase::Whole), Some(Interval::exact(1.0)));
        let made = results.against(third, second, Phase::Whole).unwrap();
        assert!(
            (made.median - 0.2).abs() < 1e-9 && (made.low - 9.0 / 55.0).abs() < 1e-9 && (made.high - 11.0 / 45.0).abs() < 1e-9
        );
        assert_eq!(results.against(Contender::Zerocopy, second, Phase::Whole), None);
    }
}
