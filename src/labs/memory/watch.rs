//! What the memory pillar's labs share around the memory view: one asker of the tracing bundle, what it said last, and how that stands.

use super::carried::{Key, Pair};
use crate::{
    components::{controls::Choice, later::next_task},
    engine::{AskStage, Asker, Asking},
    instruments::memory_view::{Course, History, MemoryView, Telling},
    labs::shared::{alternative, grouped},
    markup::dynamic,
};
use leptos::prelude::*;
use protocol::{
    Answer, ArenaInput, Changes, Question, Seed,
    memory::{DamagedEvents, Judgement, MemoryAnswer, MemoryQuestion, Program},
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
    /// The answer that is being read: a large one takes many tasks.
    read: RwSignal<Reading>,
}

/// How the newest question stands, for whoever needs its answer and no earlier one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Newest {
    /// It is answered, and the answer is read.
    Answered,
    /// It is not: none was asked, it is on its way, it has failed, or its answer is damaged.
    Open,
}

/// How far the newest answer is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// All of it, or there is none.
    Done,
    /// The answer of this number is on.
    At(u32),
}

impl Watcher {
    /// Nothing asked yet. To be made while a view is built.
    pub(super) fn new() -> Self {
        let watcher = Self {
            asker: Asker::new(crate::app::manifest(), DEADLINE),
            history: RwSignal::new(None),
            judgement: RwSignal::new(None),
            damage: RwSignal::new(None),
            read: RwSignal::new(Reading::Done),
        };
        // Events are read once, when they arrive, and not at every look.
        let answer =
            Memo::new(move |_| watcher.asker.asking().with(|asking| Arrived(asking.current().and(asking.answer.clone()))));
        Effect::new(move |before: Option<u32>| {
            let number = before.map_or(0, |before| before.wrapping_add(1));
            let Some(answer) = answer.with(|arrived| arrived.0.clone()) else { return number };
            match &*answer {
                Answer::Memory(MemoryAnswer::Trace(_)) => {
                    watcher.read.set(Reading::At(number));
                    leptos::task::spawn_local(watcher.read_on(answer, number));
                }
                Answer::Memory(MemoryAnswer::Judged(judgement)) => watcher.judgement.set(Some(judgement.clone())),
                _ => {}
            }
            number
        });
        watcher
    }

    /// Reads an answer's events, a task after the other, unless a newer answer has come or the view is gone.
    async fn read_on(self, answer: Arc<Answer>, number: u32) {
        let is_wanted = || self.read.try_get_untracked() == Some(Reading::At(number));
        let told = tell(&answer, is_wanted).await;
        if !is_wanted() {
            return;
        }
        match told {
            Ok(history) => self.history.set(history.map(Arc::new)),
            Err(damage) => self.damage.set(Some(damage.to_string())),
        }
        self.read.set(Reading::Done);
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
            let old = if self.history.with(Option::is_some) { " What is drawn was asked before." } else { "" };
            if let Some(damage) = self.damage.get() {
                return format!("The answer is damaged: {damage}. Ask once more.{old}");
            }
            self.asker.asking().with(|asking| match &asking.stage {
                AskStage::Idle => String::new(),
                AskStage::Loading { .. } => "Fetching the tracing bundle.".to_owned(),
                AskStage::Answering { .. } => "Running under the tracing allocator.".to_owned(),
                AskStage::Answered if self.read.get() != Reading::Done => "Reading what was noted.".to_owned(),
                AskStage::Answered => "Traced.".to_owned(),
                AskStage::Failed(failure) => format!("{failure}.{old}"),
            })
        })
    }

    /// The lab element's `data-state`, with the words of a run.
    pub(super) fn state(self) -> &'static str {
        state_of(self.asker.asking().with(Asking::data_state), self.read.get(), self.damage.with(Option::is_some))
    }

    /// Whether the newest question is answered, and its answer read; tracked.
    pub(super) fn newest(self) -> Newest {
        let is_answered = self.asker.asking().with(|asking| asking.stage == AskStage::Answered);
        if is_answered && self.read.get() == Reading::Done && self.damage.with(Option::is_none) {
            Newest::Answered
        } else {
            Newest::Open
        }
    }

    /// Asks anew whenever the question changes, once the reader has asked at all: nothing is fetched before that. What asks for the first time.
    pub(super) fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        chosen: Memo<T>,
        question: impl Fn(T) -> MemoryQuestion + Copy + Send + Sync + 'static,
    ) -> impl Fn() + Copy + Send + Sync + 'static {
        let has_asked = StoredValue::new(false);
        Effect::new(move |_| {
            let chosen = chosen.get();
            if has_asked.get_value() {
                self.ask(question(chosen));
            }
        });
        move || {
            has_asked.set_value(true);
            self.ask(question(chosen.get_untracked()));
        }
    }
}

/// How the newest question stands, given how its answer does. What is drawn is an older answer as long as the newest is not read, and if it cannot be.
fn state_of(asked: &'static str, read: Reading, is_damaged: bool) -> &'static str {
    match read {
        _ if asked != "done" => asked,
        Reading::At(_) => "stale",
        Reading::Done if is_damaged => "failed",
        Reading::Done => asked,
    }
}

/// What a trace tells, read in steps with a task each; none where nobody wants it any more.
async fn tell(answer: &Answer, is_wanted: impl Fn() -> bool) -> Result<Option<History>, DamagedEvents> {
    let Answer::Memory(MemoryAnswer::Trace(trace)) = answer else { return Ok(None) };
    let mut telling = Telling::of(trace);
    while is_wanted() {
        if let Some(history) = telling.step()? {
            return Ok(Some(history));
        }
        next_task().await;
    }
    Ok(None)
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

/// What a program does with its graph: the lab's changes are its contenders' alone, and those that were written to show changes do not walk.
const fn course(program: Program, changes: Changes) -> Course {
    match (program, changes) {
        (Program::RcChanging | Program::BumpChanging, _) => Course::Changes,
        (_, Changes::Grow | Changes::Half | Changes::Churn) if program.contender().is_some() => Course::WalksAndChanges,
        _ => Course::Walks,
    }
}

/// The arena lab's programs on the lab's graph, but for its size, traced on request.
pub(super) fn programs(input: Signal<ArenaInput>, seed: Signal<Seed>, traced: Traced) -> AnyView {
    let (program, nodes) = (traced.0.value(), traced.1.value());
    let watcher = Watcher::new();
    let chosen = Memo::new(move |_| {
        let (program, graph) = (program.get(), ArenaInput { nodes: nodes.get(), ..input.get() });
        (program, graph, seed.get())
    });
    let trace = watcher.follow(chosen, |(program, graph, seed)| MemoryQuestion::Program { program, graph, seed });
    let choose_program = move |slug: String| program.set(Program::from_slug(&slug).unwrap_or_default());
    let choose_nodes = move |text: String| {
        nodes.update(|nodes| *nodes = text.parse().ok().filter(|count| NODES.contains(count)).unwrap_or(*nodes));
    };
    let all = Program::ALL.map(|program| alternative(program.slug(), program.label())).to_vec();
    let counts = NODES.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec();
    let status = watcher.status();
    let steps = move || {
        let course = chosen.with(|(program, graph, _)| course(*program, graph.changes));
        format!("{}; {REMEDY_ON_STAGE}", course.on_stage())
    };
    let is_whole = move || chosen.with(|(program, graph, _)| program.contender().is_some() || graph.changes == Changes::None);
    view! {
        <section class="memory-watch" data-panel="" data-steps=dynamic(steps) data-watch=dynamic(move || watcher.state())>
            <h2 class="lab-part">"What it does to memory"</h2>
            <p>"The lab’s own programs, on the graph chosen above but for its size, in a second bundle whose allocator notes every call: real addresses in that worker’s memory. It \
                runs slower by its notes, so no time here comes from it. Before the arena is dropped all looks well; move the time to the end to see who is left."</p>
            <div class="toolbar needs-scripts">
                <Choice label="Program" name="program" options=Signal::stored(all) value=Signal::derive(move || program.get().slug().to_owned())
                    on_choose=choose_program/>
                <Choice label="Nodes to trace" name="traced-nodes" options=Signal::stored(counts)
                    value=Signal::derive(move || nodes.get().to_string()) on_choose=choose_nodes/>
            </div>
            <div class="row needs-scripts"><button type="button" data-action="trace" on:click=move |_| trace()>"Trace it"</button></div>
            <p class="memory-status" role="status">{status}</p>
            <p class="small-print" hidden=is_whole>"This one was written to be watched: what comes and goes after the walk is not its affair."</p>
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

    #[test]
    fn a_picture_is_old_until_the_newest_answer_is_read_and_if_it_cannot_be() {
        let (done, at) = (Reading::Done, Reading::At(3));
        assert_eq!([state_of("done", done, false), state_of("done", at, false)], ["done", "stale"]);
        assert_eq!([state_of("done", done, true), state_of("done", at, true)], ["failed", "stale"]);
        for asked in ["idle", "loading", "stale", "failed"] {
            assert_eq!([state_of(asked, done, false), state_of(asked, at, true)], [asked; 2]);
        }
    }

    #[test]
    fn the_lab_s_changes_are_its_contenders_alone() {
        let courses = |changes| {
            [Program::RcRefCell, Program::BumpBoxed, Program::BumpReset, Program::RcChanging]
                .map(|program| course(program, changes))
        };
        assert_eq!(courses(Changes::None), [Course::Walks, Course::Walks, Course::Walks, Course::Changes]);
        assert_eq!(courses(Changes::Churn), [Course::WalksAndChanges, Course::Walks, Course::Walks, Course::Changes]);
    }
}
