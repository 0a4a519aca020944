//! The serialization lab: eight formats write, read and change the same data, timed side by side, with their bytes and their memory.

mod look;
mod own;
mod published;
mod scatter;

use super::{
    super::{
        LabContext,
        results::{Results, times_as_fast},
        shared::{PayloadChoices, alternative, grouped},
        times_lab::{Parts, Shown, TimesLab},
    },
    latency_budget::input_of as data_input_of,
};
use crate::{
    components::{controls::Choice, copy::CopyButton, later::later, table::TableData},
    embed::picture::PictureData,
    markup::{Html, escaped},
    state::permalink::Permalink,
};
use leptos::prelude::*;
use look::{Family, Look, Order};
use own::{OwnDocument, Taken};
use protocol::{Contender, DataInput, DocumentInput, FactKind, LabId, LabInput, Operation, Phase, Recording, SerializationInput};
use published::Comparison;
use units::Bytes;

const LAB: TimesLab = TimesLab {
    lab: LabId::Serialization,
    contenders: LabId::Serialization.contenders(),
    takes_part,
    axis: "time for the operation once, from 0",
    facts: &[
        (FactKind::WireBytes, "bytes"),
        (FactKind::DeflatedBytes, "deflated"),
        (FactKind::ZstdBytes, "zstd, fastest"),
        (FactKind::Allocations, "allocations"),
        (FactKind::PeakBytes, "peak bytes"),
    ],
    per: |_| 1.0,
    words,
    finding,
    remark: |_| None,
    small_print: "Measured in your browser’s Wasm, not on a server. Reading is decoding, reading and dropping; writing goes into a buffer that \
                  is kept. Bytes and allocations are counted after the timing, never during it.",
    illustration: |_| String::new(),
    link: |input| link_of(serialization_input(input)),
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Serialization(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn Serialization(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let look = RwSignal::new(Look::default());
    let taken = RwSignal::new(Taken::None);
    let data = Signal::derive(move || (input.get().payload, input.get().size));
    let choose_data = move |(payload, size)| input.update(|input| (input.payload, input.size) = (payload, size));
    let operations = Operation::ALL.map(|one| alternative(one.slug(), one.label())).to_vec();
    let operation = Signal::derive(move || input.get().operation.slug().to_owned());
    let choose_operation = move |slug: String| {
        if let Some(operation) = Operation::ALL.into_iter().find(|one| one.slug() == slug) {
            input.update(|input| input.operation = operation);
        }
    };
    let choices = view! {
        <PayloadChoices data on_choose=choose_data/>
        <Choice label="Operation" name="operation" options=Signal::stored(operations) value=operation on_choose=choose_operation/>
    };
    // A document of the reader's own takes the sample's place, and leaves the operation as it is.
    let asked = Signal::derive(move || {
        let sample = input.get();
        taken.with(|taken| match taken {
            Some(text) => LabInput::OwnDocument(DocumentInput::of(text, sample.operation)),
            None => LabInput::Serialization(sample),
        })
    });
    let parts = Parts {
        choices: choices.into_any(),
        look: later(move || view! { <OwnDocument taken/><LookChoices input=asked look/> }.into_any()).into_any(),
        arrange: Box::new(move |input, results| look.get().arrange(takes_part(input), results)),
        more: Box::new(|shown| later(move || more(shown)).into_any()),
        document: Some(taken.into()),
        beats: "part scatter | size against time; ",
        ..Parts::plain(LAB, ().into_any())
    };
    LAB.view(&context, (&link, link_error), asked, parts, move |link| {
        taken.set(None);
        input.set(input_of(&link));
    })
}

/// Which formats are shown, in which order, against which.
#[component]
fn LookChoices(
    /// What is measured: who can be the baseline.
    #[prop(into)]
    input: Signal<LabInput>,
    /// What is chosen.
    look: RwSignal<Look>,
) -> impl IntoView {
    let families =
        std::iter::once(alternative("all", "all")).chain(Family::ALL.map(|one| alternative(one.slug(), one.label()))).collect();
    let orders = Order::ALL.map(|one| alternative(one.slug(), one.label())).to_vec();
    let baselines = move || takes_part(input.get()).into_iter().map(|one| alternative(one.slug(), one.label())).collect();
    let family = Signal::derive(move || look.get().family.map_or("all", Family::slug).to_owned());
    let order = Signal::derive(move || look.get().order.slug().to_owned());
    let baseline =
        Signal::derive(move || look.get().arrange(takes_part(input.get()), None).baseline.map_or("", Contender::slug).to_owned());
    let choose_family =
        move |slug: String| look.update(|look| look.family = Family::ALL.into_iter().find(|one| one.slug() == slug));
    let choose_order = move |slug: String| {
        look.update(|look| look.order = Order::ALL.into_iter().find(|one| one.slug() == slug).unwrap_or_default());
    };
    let choose_baseline = move |slug: String| look.update(|look| look.baseline = Contender::from_slug(&slug));
    view! {
        <div class="toolbar look">
            <Choice label="Show" name="family" options=Signal::stored(families) value=family on_choose=choose_family/>
            <Choice label="Order" name="order" options=Signal::stored(orders) value=order on_choose=choose_order/>
            <Choice label="Compare with" name="baseline" options=Signal::derive(baselines) value=baseline on_choose=choose_baseline/>
        </div>
    }
}

/// What comes after the table: copying it, size against time, the public table.
fn more(shown: Shown) -> AnyView {
    let Shown { input, results, arranged, figures } = shown;
    let has_results = Signal::derive(move || results.with(Option::is_some));
    let markdown = move || Some(figures.with_untracked(TableData::to_markdown));
    let csv = move || Some(figures.with_untracked(TableData::to_csv));
    let scatter = Signal::derive(move || {
        results.with(|results| {
            let drawing = arranged.with(|arranged| scatter::draw(results.as_ref(), arranged));
            let finding = arranged.with(|arranged| scatter::finding(results.as_ref(), arranged));
            format!("<h2 class=\"lab-part\">Size against time</h2><p class=\"meaning\">{}</p>{drawing}", escaped(&finding))
        })
    });
    let beside = Signal::derive(move || results.with(|results| draw_beside(input.get(), results.as_ref())));
    view! {
        <div class="row">
            <CopyButton label="Copy table (Markdown)" name="copy-markdown" text=markdown enabled=has_results/>
            <CopyButton label="Copy table (CSV)" name="copy-csv" text=csv enabled=has_results/>
        </div>
        <div data-part="scatter" data-screen=""><Html class="scatter-box" html=scatter/></div>
        <details class="beside">
            <summary>"Compare with the published table"</summary>
            <Html class="beside-box" html=beside/>
        </details>
    }
    .into_any()
}

/// Our figures beside the public ones, and why they differ.
fn draw_beside(input: LabInput, results: Option<&Results>) -> String {
    let source = format!("<a href=\"{0}\">rust_serialization_benchmark</a>", published::SOURCE);
    let compared = |results| {
        let LabInput::Serialization(SerializationInput { payload, operation, .. }) = input else { return None };
        Some((Comparison::of(payload, operation, results)?, results))
    };
    let Some(comparison) = results.and_then(compared) else {
        return format!(
            "<p>The table of {source} (README of 2026-08-21, native, AMD EPYC 7763) has log lines, the mesh and the game save, written \
             and read. Choose one of these, and “write all of it” or “read every field”.</p>"
        );
    };
    let (comparison, results) = comparison;
    let table = comparison.table(results).draw();
    format!(
        "<p class=\"meaning\">{}</p>{table}<p>From {source}, README of 2026-08-21: rustc 1.100.0-nightly, AMD EPYC 7763, full size. \
         {}</p>",
        escaped(&comparison.sentence()),
        WHY_DIFFERENT
    )
}

/// Why figures here are not those there.
const WHY_DIFFERENT: &str = "Ours differ, and should: Wasm has 128-bit vectors at most and checks every memory access’s bounds by a guard; its \
    allocator is a small one; our reading also reads every field and drops what it decoded, where the public “Deserialize” drops outside the \
    clock; “Read” there reads some fields of an archive. The amount may differ too: compare ratios, not times.";

fn finding(results: Option<&Results>) -> String {
    let ratio = results.and_then(|results| results.ratio(Contender::RkyvValidated, Phase::Whole));
    ratio.map_or_else(
        || "Press Run: eight formats take turns on the same payload, in random order.".to_owned(),
        |ratio| format!("rkyv, validated, against serde_json: {}.", times_as_fast(ratio)),
    )
}

fn serialization_input(input: LabInput) -> SerializationInput {
    match input {
        LabInput::Serialization(input) => input,
        LabInput::LatencyBudget(input) => input.into(),
        LabInput::OwnDocument(document) => SerializationInput { operation: document.operation, ..SerializationInput::default() },
        // This lab makes no other input.
        _ => SerializationInput::default(),
    }
}

fn link_of(input: SerializationInput) -> Permalink {
    let (mut link, start) = (Permalink::default(), SerializationInput::default());
    link.set_unless("payload", input.payload, start.payload, |payload| payload.slug().to_owned());
    link.set_unless("size", input.size, start.size, |size| size.slug().to_owned());
    let key = if matches!(input.operation, Operation::Read(_)) { "read" } else { "operation" };
    link.set_unless(key, input.operation, start.operation, |operation| operation.slug().to_owned());
    link
}

/// The input that a link stands for. Before there were operations, links said what is read.
fn input_of(link: &Permalink) -> SerializationInput {
    let input = SerializationInput::from(data_input_of(link));
    let other = link.get("operation").and_then(|slug| {
        let is_other = |one: &Operation| !matches!(one, Operation::Read(_)) && one.slug() == slug;
        Operation::ALL.into_iter().find(is_other)
    });
    SerializationInput { operation: other.unwrap_or(input.operation), ..input }
}

/// Who does what is asked.
fn takes_part(input: LabInput) -> Vec<Contender> {
    match input {
        LabInput::OwnDocument(document) => document.contenders(),
        _ => serialization_input(input).contenders(),
    }
}

/// The lab's input in words: `1 000 log lines, every field`.
fn words(input: LabInput) -> String {
    if let LabInput::OwnDocument(document) = input {
        return format!("your document of {}, {}", Bytes(document.bytes.into()), document.operation.label());
    }
    let SerializationInput { payload, size, operation } = serialization_input(input);
    match operation {
        Operation::Read(read) => input_words(DataInput { payload, size, read }),
        Operation::Write | Operation::Update => {
            format!("{} {}, {}", grouped(payload.entries(size)), payload.entry_name(), operation.label())
        }
    }
}

/// What is read of which data, in words: `1 000 log lines, every field`.
pub(super) fn input_words(input: DataInput) -> String {
    format!("{} {}, {}", grouped(input.payload.entries(input.size)), input.payload.entry_name(), input.read.label())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::provenance::Provenance;
    use protocol::{Payload, PayloadSize, Seed};
    use units::Interval;

    #[test]
    fn a_link_never_carries_an_own_document_s_figures() {
        let results = Results {
            provenance: Provenance::Live,
            times: vec![(Contender::SerdeJson, Phase::Whole, Interval::exact(1.0))],
            ratios: Vec::new(),
            facts: Vec::new(),
        };
        let own = LabInput::OwnDocument(DocumentInput::of(b"[1]", Operation::Write));
        let link = LAB.link_with_result(own, Seed::default(), Some(&results));
        assert_eq!(Results::of_link(LabId::Serialization, &link), None);
        assert_eq!(input_of(&link).operation, Operation::Write);
    }

    #[test]
    fn every_input_survives_its_link() {
        for payload in Payload::ALL {
            for size in PayloadSize::ALL {
                for operation in Operation::ALL {
                    let input = SerializationInput { payload, size, operation };
                    let link = Permalink::of_fragment(&link_of(input).to_fragment()).unwrap();
                    assert_eq!(input_of(&link), input);
                }
            }
        }
    }
}
