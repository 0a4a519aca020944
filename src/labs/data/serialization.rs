//! The serialization lab: six ways to read the same data, timed side by side, with their bytes on the wire.

use super::{
    super::{
        LabContext,
        recordings::recordings,
        results::{self, Results, times_as_fast},
        shared::{CopyResult, DataChoices, grouped, link_to, show_in_address},
    },
    latency_budget::{input_of, put_input},
};
use crate::{
    app::{Route, href},
    components::{
        copy::CopyButton,
        provenance::{Badge, Provenance},
        run_panel::{RunPanel, data_state},
        table::DataTable,
    },
    engine::{RunRequest, Runner},
    instruments::bars::TimeBars,
    state::permalink::Permalink,
};
use leptos::prelude::*;
use protocol::{Contender, DataInput, FactKind, LabId, LabInput, Phase, Seed};

const CONTENDERS: [Contender; 6] = [
    Contender::SerdeJson,
    Contender::SerdeJsonBorrowed,
    Contender::Postcard,
    Contender::RkyvOwned,
    Contender::RkyvValidated,
    Contender::RkyvUnvalidated,
];

/// The lab.
#[component]
pub fn Serialization(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let to_link = move || {
        let mut link = Permalink::default();
        put_input(&mut link, input.get());
        link
    };
    if context == LabContext::Page {
        Effect::new(move |_| show_in_address(&to_link()));
    }
    let runner = Runner::new(crate::app::manifest());
    let recorded = recordings(LabId::Serialization);
    let results = Memo::new(move |_| {
        let input = LabInput::Serialization(input.get());
        runner.run().with(|run| recorded.with(|recorded| Results::choose(input, run.as_ref(), recorded, words)))
    });
    let figure = Memo::new(move |_| {
        results.with(|results| {
            results::bars(LabId::Serialization, &CONTENDERS, results.as_ref(), 1.0, "time to read the payload once, from 0")
        })
    });
    let table = Signal::derive(move || {
        let caption = format!("Reading {}", words(LabInput::Serialization(input.get())));
        let facts = [(FactKind::WireBytes, "bytes"), (FactKind::DeflatedBytes, "deflated")];
        results.with(|results| results::table(LabId::Serialization, &CONTENDERS, results.as_ref(), 1.0, &caption, &facts))
    });
    let provenance = Signal::derive(move || {
        results.with(|results| results.as_ref().map_or(Provenance::Modelled, |results| results.provenance.clone()))
    });
    let is_stale = Signal::derive(move || matches!(provenance.get(), Provenance::Stale(_)));
    let finding = Signal::derive(move || results.with(|results| finding(results.as_ref())));
    let certainty = Signal::derive(move || results.with(|results| results.as_ref().map_or("recorded", Results::certainty)));
    let text = move || Some(link_to(&href(&Route::Lab(LabId::Serialization)), &to_link()));
    view! {
        <section class="lab" data-lab=LabId::Serialization.slug() data-state=move || runner.run().with(|run| data_state(run.as_ref(), is_stale.get())) aria-label="Serialization">
            {link_error.map(|error| view! { <p class="link-note" role="status">{error.to_string()}</p> })}
            <div class="toolbar"><DataChoices input=input.into() on_choose=move |choice| input.set(choice)/></div>
            <div class="finding"><p class="meaning">{finding}</p><Badge provenance/></div>
            <TimeBars figure certainty/>
            <p class="small-print">"Measured in your browser’s Wasm, not on a server. Decoding, reading and dropping are timed; writing and sending are not."</p>
            <div class="run-dock">
                <RunPanel runner request=move || RunRequest::quick(LabInput::Serialization(input.get_untracked()), Seed::default()) before_run=|()| () finding is_stale/>
            </div>
            <DataTable data=table/>
            <dl class="gives-up">{CONTENDERS.map(|contender| view! { <div><dt>{contender.label()}</dt><dd>{contender.gives_up()}</dd></div> })}</dl>
            <p class="row"><CopyResult runner/><CopyButton label="Copy link" name="copy-link" text enabled=Signal::stored(true)/></p>
        </section>
    }
}

fn finding(results: Option<&Results>) -> String {
    let ratio = results.and_then(|results| results.ratio(Contender::RkyvValidated, Phase::Whole));
    ratio.map_or_else(
        || "Press Run: six readers take turns on the same payload, in random order.".to_owned(),
        |ratio| format!("rkyv, validated, against serde_json: {}.", times_as_fast(ratio)),
    )
}

fn words(input: LabInput) -> String {
    match input {
        LabInput::LatencyBudget(input) | LabInput::Serialization(input) => input_words(input),
        LabInput::Arena(_) | LabInput::SelfTest(_) => String::new(),
    }
}

/// A data lab's input in words: `1 000 log lines, every field`.
pub(super) fn input_words(input: DataInput) -> String {
    format!("{} {}, {}", grouped(input.payload.entries(input.size)), input.payload.entry_name(), input.read.label())
}
