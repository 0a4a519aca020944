//! The allocator lab: six allocators timed on one workload, one of them watched, the reader's own calls, and the exercise.

mod by_hand;
mod exercise;
mod foreseen;
mod own_calls;
mod riddle;
mod told;

use super::{
    super::{
        LabContext,
        results::{Results, times_as_fast},
        shared::{alternative, grouped, seed_of},
        times_lab::{Parts, TimesLab},
    },
    carried::{Carried, Key, Pair, together},
    watch::Watcher,
};
use crate::{
    components::controls::Choice,
    embed::picture::PictureData,
    instruments::memory_view::{MemoryView, ON_STAGE, Space},
    markup::dynamic,
    state::permalink::Permalink,
};
use leptos::prelude::*;
use protocol::{
    AllocatorsInput, Contender, FactKind, LabId, LabInput, Phase, Recording, Seed, Workload, allocators::AllocatorKind,
    memory::MemoryQuestion,
};
use units::Bytes;

const LAB: TimesLab = TimesLab {
    lab: LabId::Allocators,
    contenders: LabId::Allocators.contenders(),
    takes_part: |_| LabId::Allocators.contenders().to_vec(),
    axis: "time for one call, from 0",
    facts: &[(FactKind::PeakBytes, "most bytes asked for at once"), (FactKind::SpanBytes, "bytes of memory used")],
    per: |input| f64::from(calls(input).operations),
    words: |input| {
        let AllocatorsInput { workload, operations } = calls(input);
        format!("{} calls, {}: times for one call, bytes for all", grouped(operations), workload.label())
    },
    finding,
    remark,
    small_print: "Measured in your browser’s Wasm, not on a server: no threads, so no lock is contended. Each block is written to and read once, alike for all. Bytes of \
                  memory used: up to the last byte that an allocator ever handed out, in an untimed run on a region of its own; for the standard \
                  library’s, whose memory is everybody’s, by an instance of the crate dlmalloc that hands memory out alike (a copied result names its \
                  version). The recorded calls are those of the arena lab’s Rc graph, 49 nodes with 3 edges each in the sizes of a 64-bit program, and \
                  a table of 49 bytes, which only the program that was recorded kept.",
    illustration: |_| String::new(),
    link: |input| {
        let (mut link, start, now) = (Permalink::default(), AllocatorsInput::default(), calls(input));
        link.set_unless("workload", now.workload, start.workload, |workload| workload.slug().to_owned());
        link.set_unless("operations", now.operations, start.operations, u32::to_string);
        link
    },
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Allocators(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn Allocators(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let workloads = Workload::ALL.map(|workload| alternative(workload.slug(), workload.label())).to_vec();
    let counts = AllocatorsInput::OPERATIONS.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec();
    let choose_workload = move |slug: String| {
        if let Some(workload) = Workload::from_slug(&slug) {
            input.update(|input| input.workload = workload);
        }
    };
    let choose_count = move |text: String| input.update(|input| input.operations = text.parse().unwrap_or(input.operations));
    let choices = view! {
        <Choice label="Order" name="workload" options=Signal::stored(workloads)
            value=Signal::derive(move || input.get().workload.slug().to_owned()) on_choose=choose_workload/>
        <Choice label="Calls" name="operations" options=Signal::stored(counts)
            value=Signal::derive(move || input.get().operations.to_string()) on_choose=choose_count/>
    };
    let now = Signal::derive(move || LabInput::Allocators(input.get()));
    let (kind, policy) = (Carried::of_link(&WATCHED, &link), Carried::of_link(&exercise::POLICY, &link));
    let own = Pair::of_link(by_hand::OWN, &link);
    let shown = Carried::of_link(&riddle::ROUND, &link);
    let seed = RwSignal::new(seed_of(&link));
    let beside = together([kind.link(), own.link(), shown.link(), policy.link()]);
    let parts = Parts { beside, ..Parts::plain(LAB, choices.into_any()) };
    let lab = LAB.view(&context, (&link, link_error), now, parts, move |link| {
        input.set(input_of(&link));
        seed.set(seed_of(&link));
        kind.open(&link);
        own.open(&link);
        shown.open(&link);
        policy.open(&link);
    });
    view! {
        {lab}
        {watched(input.into(), seed.into(), kind.value())}
        {by_hand::view(own)}
        {riddle::view(shown)}
        {exercise::view(policy)}
    }
}

/// Behind the first allocator's beats on a stage: the same calls under one that uses no place twice.
const OTHER_ON_STAGE: &str =
    "choose bump [name=allocator] | the same calls: no place is used twice; press [name=moment-end] | the end: what it needed";

/// Which of our four is watched.
const WATCHED: Key<AllocatorKind> = Key {
    name: "allocator",
    start: AllocatorKind::default,
    write: |kind| kind.slug().to_owned(),
    read: AllocatorKind::from_slug,
};

/// One of our four under the lab's workload, drawn.
fn watched(input: Signal<AllocatorsInput>, seed: Signal<Seed>, kind: RwSignal<AllocatorKind>) -> AnyView {
    let watcher = Watcher::new();
    let chosen = Memo::new(move |_| (kind.get(), input.get(), seed.get()));
    let trace = watcher.follow(chosen, |(kind, AllocatorsInput { workload, operations }, seed)| MemoryQuestion::Workload {
        kind,
        workload,
        operations,
        seed,
    });
    let choose = move |slug: String| kind.set(AllocatorKind::from_slug(&slug).unwrap_or_default());
    let kinds = AllocatorKind::ALL.map(|kind| alternative(kind.slug(), kind.label())).to_vec();
    view! {
        <section class="memory-watch" data-panel="" data-steps=format!("{ON_STAGE}; {OTHER_ON_STAGE}") data-watch=dynamic(move || watcher.state())>
            <h2 class="lab-part">"Watch it work"</h2>
            <p>"One of our four serves the calls chosen above, and every block is drawn at its place in the allocator’s memory. Where most is alive the view begins."</p>
            <div class="toolbar needs-scripts">
                <Choice label="Allocator" name="allocator" options=Signal::stored(kinds)
                    value=Signal::derive(move || kind.get().slug().to_owned()) on_choose=choose/>
            </div>
            <div class="row needs-scripts"><button type="button" data-action="trace" on:click=move |_| trace()>"Trace it"</button></div>
            <p class="memory-status" role="status">{watcher.status()}</p>
            <MemoryView latest=watcher.history() space=Space::Region idle="Press “Trace it”: every block appears at its place, coloured by its size."/>
        </section>
    }
    .into_any()
}

fn calls(input: LabInput) -> AllocatorsInput {
    match input {
        LabInput::Allocators(input) => input,
        // This lab makes no other input.
        _ => AllocatorsInput::default(),
    }
}

/// The input that a link stands for: one of the offered counts, else the default.
fn input_of(link: &Permalink) -> AllocatorsInput {
    let start = AllocatorsInput::default();
    let count = link.get("operations").and_then(|text| text.parse().ok());
    AllocatorsInput {
        workload: link.get("workload").and_then(Workload::from_slug).unwrap_or(start.workload),
        operations: count.filter(|count| AllocatorsInput::OPERATIONS.contains(count)).unwrap_or(start.operations),
    }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: six allocators serve the same calls in turns.".to_owned();
    };
    let of = |contender| results.ratio(contender, Phase::Whole).map(times_as_fast);
    let (Some(bump), Some(first), Some(talc)) =
        (of(Contender::AllocBump), of(Contender::AllocFirstFit), of(Contender::AllocTalc))
    else {
        return "Measuring.".to_owned();
    };
    format!("Against the standard library’s allocator: talc {talc}; our bump {bump}; our free list, first fit, {first}.")
}

/// What memory was needed, as it was counted.
fn remark(results: &Results) -> Option<String> {
    let asked = results.fact(Contender::AllocBump, FactKind::PeakBytes)?;
    let span = |contender| results.fact(contender, FactKind::SpanBytes).map(Bytes);
    // Older recordings counted our own four alone.
    let others = match (span(Contender::AllocDefault), span(Contender::AllocTalc)) {
        (Some(default), Some(talc)) => format!("; dlmalloc {default}, talc {talc}"),
        _ => String::new(),
    };
    Some(format!(
        "At most {} were asked for at once. For that bump used {} of memory, first fit {}, best fit {}, slab {}{others}.",
        Bytes(asked),
        span(Contender::AllocBump)?,
        span(Contender::AllocFirstFit)?,
        span(Contender::AllocBestFit)?,
        span(Contender::AllocSlab)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_all_six_is_said_and_of_an_older_recording_that_of_four() {
        let all = LabId::Allocators.contenders();
        let of = |contenders: &[Contender]| {
            let span = contenders.iter().map(|id| protocol::Fact { contender: *id, kind: FactKind::SpanBytes, value: 2_000 });
            let asked = protocol::Fact { contender: Contender::AllocBump, kind: FactKind::PeakBytes, value: 1_000 };
            remark(&Results::of_facts(&span.chain([asked]).collect::<Vec<_>>())).unwrap_or_default()
        };
        assert!(of(all).ends_with("; dlmalloc 2.00 kB, talc 2.00 kB."), "{}", of(all));
        assert!(of(&all[2..]).contains("slab 2.00 kB.") && !of(&all[2..]).contains("talc"), "{}", of(&all[2..]));
        assert_eq!(of(&all[..2]), "");
    }

    #[test]
    fn a_link_to_what_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("operations", "12345");
        link.set("workload", "fifo");
        assert_eq!(input_of(&link), AllocatorsInput { workload: Workload::Fifo, operations: 2_000 });
        let input = LabInput::Allocators(AllocatorsInput { workload: Workload::Recorded, operations: 20_000 });
        assert_eq!(LabInput::Allocators(input_of(&(LAB.link)(input))), input);
    }
}
