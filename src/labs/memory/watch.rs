//! What the memory pillar's labs share around the memory view: one asker of the tracing bundle, what it said last, and how that stands.

use super::carried::{Key, Pair};
use crate::{
    components::controls::Choice,
    engine::{AskStage, Asker},
    instruments::memory_view::{History, MemoryView, ON_STAGE},
    labs::shared::{alternative, grouped},
};
use leptos::prelude::*;
use protocol::{
    Answer, Question, Seed,
    memory::{Judgement, MemoryAnswer, MemoryQuestion, Program},
};
use std::sync::Arc;
use units::Nanos;

/// How long an answer may take.
const DEADLINE: Nanos = Nanos(20e9);

/// The tracing bundle, as a view asks it. Nothing is fetched before the first question.
#[derive(Clone, Copy)]
pub(super) struct Watcher {
    asker: Asker,
    history: RwSignal<Option<Arc<History>>>,
    judgement: RwSignal<Option<Judgement>>,
    damage: RwSignal<Option<String>>,
}

impl Watcher {
    /// Nothing asked yet. To be made while a view is built.
    pub(super) fn new() -> Self {
        let watcher = Self {
            asker: Asker::new(crate::app::manifest(), DEADLINE),
            history: RwSignal::new(None),
            judgement: RwSignal::new(None),
            damage: RwSignal::new(None),
        };
        // Events are read once, when they arrive, and not at every look.
        let answer =
            Memo::new(move |_| watcher.asker.asking().with(|asking| Arrived(asking.current().and(asking.answer.clone()))));
        Effect::new(move |_| {
            answer.with(|arrived| {
                let Some(Answer::Memory(answer)) = arrived.0.as_deref() else { return };
                match answer {
                    MemoryAnswer::Trace(trace) => match History::of(trace) {
                        Ok(history) => watcher.history.set(Some(Arc::new(history))),
                        Err(damage) => watcher.damage.set(Some(damage.to_string())),
                    },
                    MemoryAnswer::Judged(judgement) => watcher.judgement.set(Some(judgement.clone())),
                    // The exercise that asks for one has an asker of its own.
                    MemoryAnswer::Riddle(_) => {}
                }
            });
        });
        watcher
    }

    /// Asks.
    pub(super) fn ask(self, question: MemoryQuestion) {
        self.damage.set(None);
        self.judgement.set(None);
        self.asker.ask(Question::Memory(question));
    }

    /// What happened, as it was last told.
    pub(super) fn history(self) -> Signal<Option<Arc<History>>> {
        self.history.into()
    }

    /// What the exercise's tests last said.
    pub(super) fn judgement(self) -> Signal<Option<Judgement>> {
        self.judgement.into()
    }

    /// How the newest question stands; empty where there is nothing to say.
    pub(super) fn status(self) -> Signal<String> {
        Signal::derive(move || {
            if let Some(damage) = self.damage.get() {
                return format!("The answer is damaged: {damage}. Ask once more.");
            }
            self.asker.asking().with(|asking| match &asking.stage {
                AskStage::Idle => String::new(),
                AskStage::Loading { .. } => "Fetching the tracing bundle.".to_owned(),
                AskStage::Answering { .. } => "Running under the tracing allocator.".to_owned(),
                AskStage::Answered => "Traced.".to_owned(),
                AskStage::Failed(failure) => failure.to_string(),
            })
        })
    }

    /// The lab element's `data-state`, with the words of a run.
    pub(super) fn state(self) -> &'static str {
        self.asker.asking().with(crate::engine::Asking::data_state)
    }
}

/// An answer, told from another by where it lies: to compare a hundred thousand events would take longer than to draw them.
#[derive(Clone)]
struct Arrived(Option<Arc<Answer>>);

impl PartialEq for Arrived {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            (None, None) => true,
            _ => false,
        }
    }
}

/// The numbers of nodes that can be traced.
const NODES: [u32; 5] = [10, 100, 1_000, 10_000, Program::MAX_NODES];

/// Which of the arena lab's programs is looked at.
const PROGRAM: Key<Program> =
    Key { name: "program", start: Program::default, write: |program| program.slug().to_owned(), read: Program::from_slug };

/// On how large a graph.
const TRACED: Key<u32> = Key {
    name: "traced",
    start: || 100,
    write: u32::to_string,
    read: |text| text.parse().ok().filter(|count| NODES.contains(count)),
};

/// Which of the arena lab's programs is looked at, and on how large a graph.
pub(super) type Traced = Pair<Program, u32>;

/// The keys of both.
pub(super) const WATCHED: (&Key<Program>, &Key<u32>) = (&PROGRAM, &TRACED);

/// Behind the leak's beats on a stage: a remedy, to its end.
const REMEDY_ON_STAGE: &str =
    "choose bump-arena-vec [name=program] | a remedy: lists in the arena too; press [name=moment-end] | the end: nobody is left";

/// The arena lab's programs, traced on request.
pub(super) fn programs(degree: Signal<u32>, traced: Traced) -> AnyView {
    let (program, nodes) = (traced.0.value(), traced.1.value());
    let watcher = Watcher::new();
    let chosen = Memo::new(move |_| (program.get(), nodes.get()));
    let trace = move |(program, nodes)| {
        watcher.ask(MemoryQuestion::Program { program, nodes, degree: degree.get_untracked(), seed: Seed::default() });
    };
    // Another choice, the reader's or a link's, asks anew once the reader has asked at all: nothing is fetched before that.
    Effect::new(move |_| {
        let chosen = chosen.get();
        if watcher.history.with_untracked(Option::is_some) {
            trace(chosen);
        }
    });
    let choose_program = move |slug: String| program.set(Program::from_slug(&slug).unwrap_or_default());
    let choose_nodes = move |text: String| {
        nodes.update(|nodes| *nodes = text.parse().ok().filter(|count| NODES.contains(count)).unwrap_or(*nodes));
    };
    let all = Program::ALL.map(|program| alternative(program.slug(), program.label())).to_vec();
    let counts = NODES.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec();
    let status = watcher.status();
    view! {
        <section class="memory-watch" data-panel="" data-steps=format!("{ON_STAGE}; {REMEDY_ON_STAGE}") data-watch=crate::markup::dynamic(move || watcher.state())>
            <h2 class="lab-part">"What it does to memory"</h2>
            <p>"The same graph in a second bundle whose allocator notes every call: real addresses in that worker’s memory. It runs slower by its notes, so no time \
                here comes from it. Before the arena is dropped all looks well; move the time to the end to see who is left."</p>
            <div class="toolbar needs-scripts">
                <Choice label="Program" name="program" options=Signal::stored(all) value=Signal::derive(move || program.get().slug().to_owned())
                    on_choose=choose_program/>
                <Choice label="Nodes to trace" name="traced-nodes" options=Signal::stored(counts)
                    value=Signal::derive(move || nodes.get().to_string()) on_choose=choose_nodes/>
            </div>
            <div class="row needs-scripts"><button type="button" data-action="trace" on:click=move |_| trace(chosen.get_untracked())>"Trace it"</button></div>
            <p class="memory-status" role="status">{status}</p>
            <MemoryView latest=watcher.history() idle="Press “Trace it”: every block appears at its address, coloured by what it is for."/>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{super::carried::is_brought_back, *};

    #[test]
    fn a_link_brings_program_and_size_back() {
        assert!(is_brought_back(&PROGRAM, Program::ALL) && is_brought_back(&TRACED, NODES));
        assert_eq!((TRACED.read)("77"), None);
    }
}
