//! The arena lab: one graph, four kinds of ownership, three bills, and what is left after the drop.

use super::super::{
    LabContext,
    recordings::recordings,
    results::{self, Results},
    shared::{CopyResult, alternative, grouped, link_to, show_in_address},
};
use crate::{
    app::{Route, href},
    components::{
        controls::Choice,
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
use protocol::{ArenaInput, Contender, FactKind, LabId, LabInput, Phase, Seed};
use units::{Bytes, significant};

const CONTENDERS: [Contender; 4] = [Contender::RcRefCell, Contender::IndexGraph, Contender::BumpStdVec, Contender::BumpArenaVec];
const NODES: [u32; 4] = [100, 1_000, 10_000, 100_000];
const DEGREES: [u32; 4] = [1, 3, 5, 8];

/// The lab.
#[component]
pub fn Arena(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let to_link = move || {
        let (mut link, start, now) = (Permalink::default(), ArenaInput::default(), input.get());
        link.set_unless("nodes", now.nodes, start.nodes, u32::to_string);
        link.set_unless("degree", now.degree, start.degree, u32::to_string);
        link
    };
    if context == LabContext::Page {
        Effect::new(move |_| show_in_address(&to_link()));
    }
    let runner = Runner::new(crate::app::manifest());
    let recorded = recordings(LabId::Arena);
    let results = Memo::new(move |_| {
        runner.run().with(|run| recorded.with(|all| Results::choose(LabInput::Arena(input.get()), run.as_ref(), all, words)))
    });
    // Figures are a node's; those of a stale run belong to the graph it ran on.
    let nodes = Memo::new(move |_| {
        let of_run = runner.run().with(|run| run.as_ref().filter(|run| run.report().is_some()).map(|run| run.request.input));
        match of_run {
            Some(LabInput::Arena(ran)) => f64::from(ran.nodes),
            _ => f64::from(input.get().nodes),
        }
    });
    let figure = Memo::new(move |_| {
        results
            .with(|results| results::bars(LabId::Arena, &CONTENDERS, results.as_ref(), nodes.get(), "time for one node, from 0"))
    });
    let table = Signal::derive(move || {
        let facts = [
            (FactKind::Allocations, "allocations"),
            (FactKind::PeakBytes, "peak bytes"),
            (FactKind::LiveAfterDropBytes, "bytes alive after the drop"),
        ];
        let caption = format!("Time for one node; counts for the whole graph of {}", words(LabInput::Arena(input.get())));
        results.with(|results| results::table(LabId::Arena, &CONTENDERS, results.as_ref(), nodes.get(), &caption, &facts))
    });
    let provenance = Signal::derive(move || {
        results.with(|results| results.as_ref().map_or(Provenance::Modelled, |results| results.provenance.clone()))
    });
    let is_stale = Signal::derive(move || matches!(provenance.get(), Provenance::Stale(_)));
    let finding = Signal::derive(move || results.with(|results| finding(results.as_ref())));
    let leak = move || results.with(|results| leak(results.as_ref()));
    let certainty = Signal::derive(move || results.with(|results| results.as_ref().map_or("recorded", Results::certainty)));
    let text = move || Some(link_to(&href(&Route::Lab(LabId::Arena)), &to_link()));
    let count = move |text: fn(ArenaInput) -> u32| Signal::derive(move || text(input.get()).to_string());
    let options =
        |counts: [u32; 4]| Signal::stored(counts.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec());
    let choose_nodes = move |text: String| input.update(|input| input.nodes = text.parse().unwrap_or(input.nodes));
    let choose_degree = move |text: String| input.update(|input| input.degree = text.parse().unwrap_or(input.degree));
    view! {
        <section class="lab" data-lab=LabId::Arena.slug() data-state=move || runner.run().with(|run| data_state(run.as_ref(), is_stale.get())) aria-label="Arenas">
            {link_error.map(|error| view! { <p class="link-note" role="status">{error.to_string()}</p> })}
            <div class="toolbar">
                <Choice label="Nodes" name="nodes" options=options(NODES) value=count(|input| input.nodes) on_choose=choose_nodes/>
                <Choice label="Edges a node" name="degree" options=options(DEGREES) value=count(|input| input.degree) on_choose=choose_degree/>
            </div>
            <div class="finding"><p class="meaning">{finding}</p><Badge provenance/></div>
            <TimeBars figure certainty/>
            <p class="leak">{leak}</p>
            <p class="small-print">"Measured in your browser’s Wasm, not on a server. A counting allocator takes part in every phase, alike for all four."</p>
            <div class="run-dock">
                <RunPanel runner request=move || RunRequest::quick(LabInput::Arena(input.get_untracked()), Seed::default()) before_run=|()| () finding is_stale/>
            </div>
            <DataTable data=table/>
            <dl class="gives-up">{CONTENDERS.map(|contender| view! { <div><dt>{contender.label()}</dt><dd>{contender.gives_up()}</dd></div> })}</dl>
            <p class="row"><CopyResult runner/><CopyButton label="Copy link" name="copy-link" text enabled=Signal::stored(true)/></p>
        </section>
    }
}

/// The graph that a link stands for: one of the offered sizes, else the default.
fn input_of(link: &Permalink) -> ArenaInput {
    let start = ArenaInput::default();
    let offered =
        |key: &str, counts: [u32; 4]| link.get(key).and_then(|text| text.parse().ok()).filter(|count| counts.contains(count));
    ArenaInput {
        nodes: offered("nodes", NODES).unwrap_or(start.nodes),
        degree: offered("degree", DEGREES).unwrap_or(start.degree),
    }
}

fn words(input: LabInput) -> String {
    match input {
        LabInput::Arena(input) => format!("{} nodes with {} edges each", grouped(input.nodes), input.degree),
        LabInput::LatencyBudget(_) | LabInput::Serialization(_) | LabInput::SelfTest(_) => String::new(),
    }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: the same graph is built, walked and thrown away by four kinds of ownership.".to_owned();
    };
    let phrase = |phase: Phase| {
        let ratio = results.ratio(Contender::BumpArenaVec, phase)?;
        Some(if ratio.contains(1.0) {
            format!("{}: no difference this run can tell", phase.label())
        } else if ratio.median < 1.0 {
            format!("{}: {} × as fast", phase.label(), significant(1.0 / ratio.median))
        } else {
            format!("{}: {} × as slow", phase.label(), significant(ratio.median))
        })
    };
    let phrases: Vec<String> = LabId::Arena.phases().iter().filter_map(|phase| phrase(*phase)).collect();
    if phrases.is_empty() {
        "Measuring.".to_owned()
    } else {
        format!("Arena with arena Vec, against Rc<RefCell>. {}.", phrases.join("; "))
    }
}

fn leak(results: Option<&Results>) -> Option<String> {
    let live = results?.fact(Contender::BumpStdVec, FactKind::LiveAfterDropBytes)?;
    let fixed = results?.fact(Contender::BumpArenaVec, FactKind::LiveAfterDropBytes)?;
    Some(format!(
        "After the drop, arena + std Vec leaves {} alive: a leak. arena + arena Vec leaves {}.",
        Bytes(live),
        Bytes(fixed)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_graph_that_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("nodes", "999999999");
        link.set("degree", "8");
        assert_eq!(input_of(&link), ArenaInput { nodes: 10_000, degree: 8 });
    }
}
