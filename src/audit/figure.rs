//! What a rule looks at in a run: the inputs it names, and the figure it takes of a result. A figure that is not there is none, never a guess.

use crate::labs::{grouped, recordings};
use course::{ArchivedMeasure, ArchivedRule, Figure};
use protocol::{Contender, DataInput, FactKind, LabId, LabInput, Operation, Recording, ResultJson, SerializationInput};
use units::{Interval, significant};

/// The inputs that a rule runs, in its order; none where this build lacks the lab or one of its choices.
#[must_use]
pub fn inputs(rule: &ArchivedRule) -> Option<Vec<LabInput>> {
    let lab = LabId::from_slug(&rule.lab)?;
    let inputs = rule.inputs.iter().map(|pairs| {
        let pairs = pairs.iter().map(|pair| (pair.0.as_str(), pair.1.as_str()));
        LabInput::of_pairs(lab, pairs).ok()
    });
    inputs.collect()
}

/// What a measure is in a result; none where the result lacks it.
#[must_use]
pub fn figure(measure: &ArchivedMeasure, result: &ResultJson) -> Figure {
    match measure {
        ArchivedMeasure::Ratio { of, to, phase } => {
            let lab = LabId::from_slug(&result.lab)?;
            // Results hold ratios to the lab's first contender and to no other.
            lab.contenders().first().filter(|first| first.slug() == to.as_str())?;
            let phase = lab.compared().find(|one| one.label() == phase.as_str())?;
            result.relative(Contender::from_slug(of)?, phase)
        }
        ArchivedMeasure::Fact { of, kind } => {
            let fact = result.facts.iter().find(|fact| fact.name == of.as_str() && fact.kind == kind.as_str())?;
            Some(Interval::exact(fact.value))
        }
    }
}

/// The recorded run of an input in a browser, if there is one at hand.
#[must_use]
pub fn recorded(input: LabInput) -> Option<Recording> {
    let all = recordings::at_hand(input.lab())?;
    all.iter().find(|one| one.shows(&input)).cloned()
}

/// What is looked at, in words.
#[must_use]
pub fn measure_words(measure: &ArchivedMeasure) -> String {
    let name = |slug: &str| Contender::from_slug(slug).map_or_else(|| slug.to_owned(), |one| one.label().to_owned());
    match measure {
        ArchivedMeasure::Ratio { of, to, phase } if phase.as_str() == "whole" => {
            format!("the time of {} divided by that of {}", name(of), name(to))
        }
        ArchivedMeasure::Ratio { of, to, phase } => {
            format!("the time of {} divided by that of {}, phase “{phase}”", name(of), name(to))
        }
        ArchivedMeasure::Fact { of, kind } => format!("{}, {}", fact_words(kind), name(of)),
    }
}

fn fact_words(kind: &str) -> &str {
    match FactKind::from_slug(kind) {
        Some(FactKind::WireBytes) => "bytes on the wire",
        Some(FactKind::DeflatedBytes) => "bytes on the wire, deflated",
        Some(FactKind::ZstdBytes) => "bytes on the wire, compressed with zstd",
        Some(FactKind::Allocations) => "allocations",
        Some(FactKind::PeakBytes) => "most bytes alive at once",
        Some(FactKind::TouchedBytes) => "bytes touched",
        Some(FactKind::CopiedBytes) => "bytes copied",
        Some(FactKind::Works) => "readings that work",
        Some(FactKind::Defaults) => "readings that fall back to a default",
        Some(FactKind::Refusals) => "readings that end with an error",
        Some(FactKind::SilentlyWrong) => "readings that are silently wrong",
        Some(FactKind::LiveAfterDropBytes) => "bytes alive after everything was dropped",
        Some(FactKind::SpanBytes) => "bytes of memory ever used",
        None => kind,
    }
}

/// A figure with its 95 % interval; what was counted has none.
#[must_use]
pub fn figure_words(figure: Figure) -> String {
    match figure {
        None => "no figure".to_owned(),
        Some(Interval { median, low, high }) if (high - low).abs() < f64::EPSILON => exact(median),
        Some(Interval { median, low, high }) => {
            format!("{} ({}–{})", significant(median), significant(low), significant(high))
        }
    }
}

fn exact(value: f64) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count below 2^32, as the condition says")]
    if value.fract() == 0.0 && (0.0..4e9).contains(&value) { grouped(value as u32) } else { significant(value) }
}

/// An input in words.
#[must_use]
pub fn input_words(input: LabInput) -> String {
    let data = |data: DataInput| {
        format!("{} {}, {} read", grouped(data.payload.entries(data.size)), data.payload.entry_name(), data.read.label())
    };
    match input {
        LabInput::Columns(input) => format!("{} trades, {}", grouped(input.rows), input.query.label()),
        LabInput::Packets(input) => format!("{} packets in pieces of {}", grouped(input.packets), input.cut.label()),
        LabInput::LatencyBudget(input) => data(input),
        LabInput::Serialization(SerializationInput { payload, size, operation: Operation::Read(read) }) => {
            data(DataInput { payload, size, read })
        }
        LabInput::Serialization(SerializationInput { payload, size, operation }) => {
            format!("{} {}: {}", grouped(payload.entries(size)), payload.entry_name(), operation.label())
        }
        LabInput::OwnDocument(document) => format!("a document of {} bytes", grouped(document.bytes)),
        LabInput::Arena(graph) => graph.words(grouped),
        LabInput::ByteLens(_) => "one record".to_owned(),
        LabInput::Evolution(input) => input.change.label().to_owned(),
        LabInput::Allocators(calls) => format!("{} calls, {}", grouped(calls.operations), calls.workload.label()),
        LabInput::Lifetimes(input) => format!("{} words, each read {}", grouped(input.words), input.reads.label()),
        LabInput::Pin(input) => format!("{} futures, each keeping {}", grouped(input.futures), input.keeps.label()),
        LabInput::InteriorMutability(input) => format!("{} additions, {}", grouped(input.additions), input.hold.label()),
        LabInput::Clones(input) => format!("{} lines, {}", grouped(input.lines), input.changed.label()),
        LabInput::Layout(input) => format!("{} readings, {}", grouped(input.items), input.access.label()),
        LabInput::SelfTest(fault) => format!("fault: {fault:?}"),
    }
}
