//! The arena lab: one graph, seven kinds of ownership, three bills or four, and what is left after the drop.

use super::super::{
    LabContext,
    results::{Results, times_as_fast},
    shared::{alternative, grouped, seed_of},
    times_lab::{Parts, TimesLab},
};
use super::{carried::Pair, watch::WATCHED};
use crate::{components::controls::Choice, embed::picture::PictureData, state::permalink::Permalink};
use leptos::prelude::*;
use protocol::{ArenaInput, Changes, Contender, FactKind, LabId, LabInput, NodeData, Order, Phase, Recording};
use units::Bytes;

const LAB: TimesLab = TimesLab {
    lab: LabId::Arena,
    contenders: LabId::Arena.contenders(),
    takes_part: |_| LabId::Arena.contenders().to_vec(),
    axis: "time for one node, from 0",
    facts: &[
        (FactKind::Allocations, "allocations"),
        (FactKind::PeakBytes, "peak bytes"),
        (FactKind::LiveAfterDropBytes, "bytes alive after the drop"),
    ],
    per: |input| f64::from(graph(input).nodes),
    words: |input| format!("{}: times for one node, counts for the whole graph", graph(input).words(grouped)),
    finding,
    remark,
    small_print: "Measured in your browser’s Wasm, not on a server. A counting allocator takes part in every phase, alike for all. A tree of boxes holds \
                  of the graph only the edges along which nodes are first met.",
    illustration: |_| String::new(),
    link: |input| {
        let (mut link, start, now) = (Permalink::default(), ArenaInput::default(), graph(input));
        link.set_unless("nodes", now.nodes, start.nodes, u32::to_string);
        link.set_unless("degree", now.degree, start.degree, u32::to_string);
        link.set_unless("order", now.order, start.order, |order| order.slug().to_owned());
        link.set_unless("data", now.data, start.data, |data| data.slug().to_owned());
        link.set_unless("changes", now.changes, start.changes, |changes| changes.slug().to_owned());
        link
    },
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Arena(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn Arena(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let count = move |text: fn(ArenaInput) -> u32| Signal::derive(move || text(input.get()).to_string());
    let options =
        |counts: [u32; 4]| Signal::stored(counts.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec());
    let choose_nodes = move |text: String| input.update(|input| input.nodes = text.parse().unwrap_or(input.nodes));
    let choose_degree = move |text: String| input.update(|input| input.degree = text.parse().unwrap_or(input.degree));
    let orders = Order::ALL.map(|order| alternative(order.slug(), order.label())).to_vec();
    let choose_order = move |slug: String| input.update(|input| input.order = Order::from_slug(&slug).unwrap_or(input.order));
    let sizes = NodeData::ALL.map(|data| alternative(data.slug(), data.label())).to_vec();
    let choose_data = move |slug: String| input.update(|input| input.data = NodeData::from_slug(&slug).unwrap_or(input.data));
    let changes = Changes::ALL.map(|changes| alternative(changes.slug(), changes.label())).to_vec();
    let choose_changes =
        move |slug: String| input.update(|input| input.changes = Changes::from_slug(&slug).unwrap_or(input.changes));
    let choices = view! {
        <Choice label="Nodes" name="nodes" options=options(ArenaInput::NODES) value=count(|input| input.nodes) on_choose=choose_nodes/>
        <Choice label="Edges a node" name="degree" options=options(ArenaInput::DEGREES) value=count(|input| input.degree) on_choose=choose_degree/>
        <Choice label="Walked" name="order" options=Signal::stored(orders) value=Signal::derive(move || input.get().order.slug().to_owned())
            on_choose=choose_order/>
        <Choice label="Data a node" name="data" options=Signal::stored(sizes) value=Signal::derive(move || input.get().data.slug().to_owned())
            on_choose=choose_data/>
        <Choice label="Then" name="changes" options=Signal::stored(changes)
            value=Signal::derive(move || input.get().changes.slug().to_owned()) on_choose=choose_changes/>
    };
    let now = Signal::derive(move || LabInput::Arena(input.get()));
    let traced = Pair::of_link(WATCHED, &link);
    let seed = RwSignal::new(seed_of(&link));
    let parts = Parts { beside: traced.link(), ..Parts::plain(LAB, choices.into_any()) };
    let lab = LAB.view(&context, (&link, link_error), now, parts, move |link| {
        input.set(input_of(&link));
        seed.set(seed_of(&link));
        traced.open(&link);
    });
    view! {
        {lab}
        {super::watch::programs(input.into(), seed.into(), traced)}
    }
}

fn graph(input: LabInput) -> ArenaInput {
    match input {
        LabInput::Arena(input) => input,
        // This lab makes no other input.
        _ => ArenaInput::default(),
    }
}

/// The graph that a link stands for: one of the offered sizes, else the default.
fn input_of(link: &Permalink) -> ArenaInput {
    let start = ArenaInput::default();
    let offered =
        |key: &str, counts: [u32; 4]| link.get(key).and_then(|text| text.parse().ok()).filter(|count| counts.contains(count));
    ArenaInput {
        nodes: offered("nodes", ArenaInput::NODES).unwrap_or(start.nodes),
        degree: offered("degree", ArenaInput::DEGREES).unwrap_or(start.degree),
        order: link.get("order").and_then(Order::from_slug).unwrap_or(start.order),
        data: link.get("data").and_then(NodeData::from_slug).unwrap_or(start.data),
        changes: link.get("changes").and_then(Changes::from_slug).unwrap_or(start.changes),
    }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: the same graph is built, walked and thrown away by seven kinds of ownership.".to_owned();
    };
    let phrase = |phase: Phase| {
        let ratio = results.ratio(Contender::BumpArenaVec, phase)?;
        Some(format!("{}: {}", phase.label(), times_as_fast(ratio)))
    };
    let phrases: Vec<String> = LabId::Arena.compared().filter_map(phrase).collect();
    if phrases.is_empty() {
        "Measuring.".to_owned()
    } else {
        format!("Arena with arena Vec, against Rc<RefCell>. {}.", phrases.join("; "))
    }
}

/// What is left after the drop; and, where leaves came and went, what was there at the most: the arena keeps all of them.
fn remark(results: &Results) -> Option<String> {
    let fact = |contender, kind| results.fact(contender, kind).map(Bytes);
    let live = fact(Contender::BumpStdVec, FactKind::LiveAfterDropBytes)?;
    let fixed = fact(Contender::BumpArenaVec, FactKind::LiveAfterDropBytes)?;
    let left = format!("After the drop, arena + std Vec leaves {live} alive: a leak. arena + arena Vec leaves {fixed}.");
    let peak = |contender| fact(contender, FactKind::PeakBytes);
    if results.times.iter().any(|(_, phase, _)| *phase == Phase::Change)
        && let (Some(arena), Some(counted)) = (peak(Contender::BumpArenaVec), peak(Contender::RcRefCell))
    {
        return Some(format!(
            "{left} At the peak that arena held {arena}, Rc<RefCell> {counted}: an arena takes nothing back before the end."
        ));
    }
    Some(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::provenance::Provenance;
    use units::Interval;

    #[test]
    fn the_finding_says_what_building_and_tearing_down_take_together_with_the_interval() {
        let ratio = Interval { median: 0.25, low: 0.2, high: 0.5 };
        let ratios = vec![(Contender::BumpArenaVec, Phase::BuildAndTearDown, ratio)];
        let results = Results { provenance: Provenance::Live, times: Vec::new(), ratios, facts: Vec::new() };
        let finding = finding(Some(&results));
        assert!(finding.ends_with("build and tear down: 4.00 × as fast (2.00–5.00)."), "{finding}");
    }

    #[test]
    fn a_link_to_a_graph_that_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("nodes", "999999999");
        link.set("degree", "8");
        assert_eq!(input_of(&link), ArenaInput { nodes: 10_000, degree: 8, ..ArenaInput::default() });
    }

    #[test]
    fn every_choice_is_in_the_link() {
        for data in NodeData::ALL {
            for (changes, order) in Changes::ALL.into_iter().zip(Order::ALL.into_iter().cycle()) {
                let input = ArenaInput { nodes: 1_000, degree: 5, order, data, changes };
                assert_eq!(input_of(&(LAB.link)(LabInput::Arena(input))), input);
            }
        }
    }
}
