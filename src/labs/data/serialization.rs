//! The serialization lab: six ways to read the same data, timed side by side, with their bytes on the wire.

use super::{
    super::{
        LabContext,
        results::{Results, times_as_fast},
        shared::{DataChoices, grouped},
        times_lab::TimesLab,
    },
    latency_budget::{input_of, put_input},
};
use crate::{embed::picture::PictureData, state::permalink::Permalink};
use leptos::prelude::*;
use protocol::{Contender, DataInput, FactKind, LabId, LabInput, Phase, Recording};

const LAB: TimesLab = TimesLab {
    lab: LabId::Serialization,
    contenders: LabId::Serialization.contenders(),
    axis: "time to read the payload once, from 0",
    facts: &[(FactKind::WireBytes, "bytes"), (FactKind::DeflatedBytes, "deflated")],
    per: |_| 1.0,
    words,
    finding,
    remark: |_| None,
    small_print: "Measured in your browser’s Wasm, not on a server. Decoding, reading and dropping are timed; writing and sending are not.",
    illustration: |_| String::new(),
    link: |input| {
        let mut link = Permalink::default();
        put_input(&mut link, data_input(input));
        link
    },
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
    let choices = view! { <DataChoices input=input.into() on_choose=move |choice| input.set(choice)/> }.into_any();
    LAB.view(&context, (&link, link_error), Signal::derive(move || LabInput::Serialization(input.get())), choices, move |link| {
        input.set(input_of(&link));
    })
}

fn finding(results: Option<&Results>) -> String {
    let ratio = results.and_then(|results| results.ratio(Contender::RkyvValidated, Phase::Whole));
    ratio.map_or_else(
        || "Press Run: six readers take turns on the same payload, in random order.".to_owned(),
        |ratio| format!("rkyv, validated, against serde_json: {}.", times_as_fast(ratio)),
    )
}

fn words(input: LabInput) -> String {
    input_words(data_input(input))
}

const fn data_input(input: LabInput) -> DataInput {
    match input {
        LabInput::LatencyBudget(input) | LabInput::Serialization(input) => input,
        // This lab makes no other input.
        LabInput::Columns(_) | LabInput::Packets(_) | LabInput::Arena(_) | LabInput::SelfTest(_) => {
            DataInput { payload: protocol::Payload::Log, size: protocol::PayloadSize::Medium, read: protocol::Read::Every }
        }
    }
}

/// A data lab's input in words: `1 000 log lines, every field`.
pub(super) fn input_words(input: DataInput) -> String {
    format!("{} {}, {}", grouped(input.payload.entries(input.size)), input.payload.entry_name(), input.read.label())
}
