//! What a card says: words, and figures of a recorded run. Plain data; how it looks is `svg.rs`.

use budget::{Budget, Preset, TODAY};
use protocol::{Contender, DataInput, LabId, LabInput, LabPreset, Phase, Recording, ResultJson, SerializationInput};
use units::{Interval, Nanos, significant, times_as_fast};

/// The design whose length is the finding.
const FOCUS: usize = 2;

/// A card.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// What the page is called.
    pub title: String,
    /// What it is about: a summary, or the lab's input in words.
    pub subtitle: String,
    /// What a run found, and its picture.
    pub finding: Option<Finding>,
}

/// What a recorded run found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// One sentence.
    pub sentence: String,
    /// Beside each other, on one scale.
    pub panels: Vec<Panel>,
    /// Where the scale ends; it begins at 0.
    pub max: f64,
    /// What a bar's length is.
    pub axis: &'static str,
    /// Machine and date.
    pub recorded: String,
}

/// Bars under one title.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The phase; empty where there is one alone.
    pub title: &'static str,
    /// In the lab's order.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Whose.
    pub contender: Contender,
    /// How much of its beginning is modelled and not measured, in the axis' unit.
    pub modelled: f64,
    /// Where it ends, in the axis' unit; none where the clock could not tell.
    pub end: Option<Interval>,
    /// The same as text.
    pub value: String,
}

impl Content {
    /// The card in words.
    pub fn alt(&self) -> String {
        match &self.finding {
            None => format!("{}. {}", self.title, self.subtitle),
            Some(finding) => {
                format!("{}, {}. {} Recorded on {}.", self.title, self.subtitle, finding.sentence, finding.recorded)
            }
        }
    }
}

/// The card of a page that is read.
pub fn of_text(title: &str, summary: &str) -> Content {
    Content { title: title.to_owned(), subtitle: summary.to_owned(), finding: None }
}

/// The card of a lab as it starts, or with a preset. Without a recorded run of that very input it shows no figures.
pub fn of_lab(lab: LabId, preset: Option<LabPreset>, recordings: &[Recording]) -> Content {
    let input = preset.map_or_else(|| LabInput::default_of(lab), |preset| preset.input);
    let found = recordings.iter().find(|one| one.shows(&input));
    let recorded = |one: &Recording| format!("{}, {}", one.machine, one.date);
    let request = preset.and_then(|preset| Preset::from_slug(preset.slug)).unwrap_or_default();
    let finding = found.and_then(|one| match input {
        LabInput::LatencyBudget(_) => of_budget(request, &one.result, recorded(one)),
        LabInput::Serialization(_) => Some(of_times(lab, &one.result, 1.0, "time to read the payload once", recorded(one))),
        LabInput::Columns(_) | LabInput::Layout(_) => Some(of_times(lab, &one.result, 1.0, "time for one answer", recorded(one))),
        LabInput::Packets(input) => {
            Some(of_times(lab, &one.result, f64::from(input.packets), "time for one packet", recorded(one)))
        }
        LabInput::Arena(graph) => Some(of_times(lab, &one.result, f64::from(graph.nodes), "time for one node", recorded(one))),
        // Nothing is timed: their cards show words.
        LabInput::OwnDocument(_) | LabInput::ByteLens(_) | LabInput::Evolution(_) | LabInput::SelfTest(_) => None,
        LabInput::Allocators(calls) => {
            Some(of_times(lab, &one.result, f64::from(calls.operations), "time for one call", recorded(one)))
        }
        LabInput::Lifetimes(input) => {
            Some(of_times(lab, &one.result, f64::from(input.words), "time for one word", recorded(one)))
        }
        LabInput::Pin(input) => Some(of_times(lab, &one.result, f64::from(input.futures), "time for one future", recorded(one))),
        LabInput::InteriorMutability(input) => {
            Some(of_times(lab, &one.result, f64::from(input.additions), "time for one addition", recorded(one)))
        }
        LabInput::Clones(_) => Some(of_times(lab, &one.result, 1.0, "time for the whole text", recorded(one))),
    });
    let subtitle = if finding.is_none() { lab.summary().to_owned() } else { words(&input, request) };
    Content { title: lab.title().to_owned(), subtitle, finding }
}

fn words(input: &LabInput, request: Preset) -> String {
    let data = |data: &DataInput| {
        format!("{} {}, {} read", grouped(data.payload.entries(data.size)), data.payload.entry_name(), data.read.label())
    };
    match input {
        LabInput::LatencyBudget(input) => format!("{}: {}", request.label(), data(input)),
        LabInput::Columns(input) => format!("{} trades, {}", grouped(input.rows), input.query.label()),
        LabInput::Packets(input) => format!("{} packets in pieces of {}", grouped(input.packets), input.cut.label()),
        LabInput::Serialization(SerializationInput { payload, size, operation }) => {
            format!("{} {}, {}", grouped(payload.entries(*size)), payload.entry_name(), operation.label())
        }
        LabInput::Arena(graph) => graph.words(grouped),
        LabInput::OwnDocument(_) | LabInput::ByteLens(_) | LabInput::Evolution(_) | LabInput::SelfTest(_) => String::new(),
        LabInput::Allocators(calls) => format!("{} calls, {}", grouped(calls.operations), calls.workload.label()),
        LabInput::Lifetimes(input) => format!("{} words, each read {}", grouped(input.words), input.reads.label()),
        LabInput::Pin(input) => format!("{} futures, each keeping {}", grouped(input.futures), input.keeps.label()),
        LabInput::InteriorMutability(input) => format!("{} additions, {}", grouped(input.additions), input.hold.label()),
        LabInput::Clones(input) => format!("{} lines, {}", grouped(input.lines), input.changed.label()),
        LabInput::Layout(input) => format!("{} readings, {}", grouped(input.items), input.access.label()),
    }
}

/// The ladder of a request. None if the recording lacks one of the designs.
fn of_budget(request: Preset, result: &ResultJson, recorded: String) -> Option<Finding> {
    let designs = LabId::LatencyBudget.contenders();
    let relative: Vec<Interval> =
        designs.iter().map(|contender| result.relative(*contender, Phase::Whole)).collect::<Option<_>>()?;
    let json_time = result.time(Contender::SerdeJson, Phase::Whole)?.median;
    let ladder = Budget::of(request, Some(json_time)).ladder(&relative)?;
    let bars: Vec<Bar> = designs
        .iter()
        .zip(&ladder.rungs)
        .map(|(&contender, rung)| Bar {
            contender,
            modelled: ladder.floor,
            end: Some(rung.length),
            value: length_text(rung.length.median),
        })
        .collect();
    let length = ladder.rungs.get(FOCUS)?.length;
    let sentence = if length.contains(TODAY) {
        "With rkyv, validated, no difference from 100 that this run can tell.".to_owned()
    } else {
        let (low, high) = ((length.low * 10.0).floor() / 10.0, (length.high * 10.0).ceil() / 10.0);
        format!("A request of 100 takes {} with rkyv, validated ({low:.1}–{high:.1}).", length_text(length.median))
    };
    let max = longest(&bars);
    let axis = "today’s request is 100; hatched: modelled, solid: measured";
    Some(Finding { sentence, panels: vec![Panel { title: "", bars }], max, axis, recorded })
}

/// The times of a lab, a panel a phase, each divided by `per`.
fn of_times(lab: LabId, result: &ResultJson, per: f64, axis: &'static str, recorded: String) -> Finding {
    let bar = |contender, phase| {
        let end = result.time(contender, phase).map(|time| time.map(|time| time / per));
        let value = end.map_or_else(|| "too short to time".to_owned(), |end| Nanos(end.median).to_string());
        Bar { contender, modelled: 0.0, end, value }
    };
    // Which of the lab's contenders ran depends on the input.
    let ran = |contender: &&Contender| result.rows.iter().any(|row| row.name == contender.slug());
    let taking_part: Vec<Contender> = lab.contenders().iter().filter(ran).copied().collect();
    // Which of its phases an input has depends on it too.
    let timed = lab.phases().iter().filter(|phase| result.rows.iter().any(|row| row.phase == phase.label()));
    let panels = timed.map(|&phase| Panel {
        title: if phase == Phase::Whole { "" } else { phase.label() },
        bars: taking_part.iter().map(|contender| bar(*contender, phase)).collect(),
    });
    let panels: Vec<Panel> = panels.collect();
    let max = panels.iter().map(|panel| longest(&panel.bars)).fold(0.0, f64::max);
    Finding { sentence: sentence(lab, result), panels, max, axis, recorded }
}

/// What the lab's headline contender does against the first one.
fn sentence(lab: LabId, result: &ResultJson) -> String {
    let Some(headline) = lab.headline() else { return String::new() };
    let ratios: Vec<(Phase, Interval)> =
        lab.phases().iter().filter_map(|&phase| result.relative(headline, phase).map(|ratio| (phase, ratio))).collect();
    let first = result.rows.first().and_then(|row| Contender::from_slug(&row.name)).map_or("", Contender::label);
    if let [(Phase::Whole, ratio)] = ratios[..] {
        return format!("{} against {first}: {}.", headline.label(), times_as_fast(ratio));
    }
    let phrases = ratios.iter().map(|(phase, ratio)| format!("{}: {}", phase.label(), short(*ratio)));
    format!("{} against {first}. {}.", headline.label(), phrases.collect::<Vec<_>>().join("; "))
}

/// A ratio in few words: three of them stand on one card.
fn short(ratio: Interval) -> String {
    if ratio.contains(1.0) {
        "no difference seen".to_owned()
    } else if ratio.median >= 1.0 {
        format!("{} × as slow", significant(ratio.median))
    } else if ratio.low * 2.0 <= ratio.high {
        // The clock hardly tells how short it is, only that it is not longer.
        format!("at least {} × as fast", significant(1.0 / ratio.high))
    } else {
        format!("{} × as fast", significant(1.0 / ratio.median))
    }
}

fn longest(bars: &[Bar]) -> f64 {
    bars.iter().filter_map(|bar| bar.end).map(|end| end.high).fold(0.0, f64::max)
}

/// A length to one decimal, without a needless zero.
fn length_text(length: f64) -> String {
    let rounded = (length * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}

/// 10000 as `10,000`.
fn grouped(count: u32) -> String {
    let digits = count.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group));
    groups.collect::<Vec<_>>().join(",")
}
