//! The rehearsal: every lab of the page is run once, in a runner of its own that the hall does not see, and what its panels will ask for is fetched. So
//! every worker is loaded and warmed up, the clock is known, and there is a run to replay should one fail on stage. What fails is named, and the rest goes
//! on; a run in doubt is never kept to be shown in another's place.

use super::{
    director::Director,
    memory::Kept,
    place::{self, is_doubt, machine_words, time_words},
};
use crate::{
    engine::{AskStage, Asker, Runner, Stage},
    labs::backstage::{Backstage, Pin},
    state::lessons,
};
use leptos::prelude::*;
use protocol::{
    ArenaInput, Question, Report, Seed,
    memory::{MemoryQuestion, Program},
};
use std::{cell::RefCell, collections::VecDeque, rc::Rc};
use units::Nanos;

/// How long the tracing bundle may take to answer, as on the page.
const DEADLINE: Nanos = Nanos(20e9);

/// What the rehearsal's words begin with while it goes on.
const GOES_ON: &str = "Rehearsing";

/// A part of the rehearsal.
enum Task {
    /// A lab is run.
    Lab(Box<Backstage>),
    /// The tracing bundle answers a small question.
    Traces,
    /// A lesson that a panel takes its questions from is fetched: pillar and folder.
    Lesson(String, String),
}

/// What came of one.
enum Ended {
    /// The run to keep, the clock's step, and what is in doubt about it.
    Ran(Box<Pin>, String, Option<String>),
    /// It is there.
    Loaded,
    /// It is not; why.
    Failed(String),
}

/// What came of all so far.
#[derive(Debug, Default)]
struct Tally {
    ran: usize,
    clock: String,
    doubts: Vec<String>,
    faults: Vec<String>,
}

impl Tally {
    /// The end, in words; `offline` is what the page knows of its readiness.
    fn words(&self, offline: &str) -> String {
        let readiness = match (self.faults.as_slice(), self.doubts.as_slice()) {
            ([], []) => "Ready".to_owned(),
            ([], doubts) => format!("Ready, but noisy: {}. Run", doubts.join("; ")),
            (faults, _) => format!("Not ready: {}. Else", faults.join("; ")),
        };
        let ran = match self.ran {
            0 => "no lab ran".to_owned(),
            1 => format!("1 lab ran, clock step {}", self.clock),
            ran => format!("{ran} labs ran, clock step {}", self.clock),
        };
        let offline = if offline == "ready" { "Offline ready." } else { "Not offline ready: the network is needed." };
        format!("{readiness}: {ran}. {offline}")
    }
}

struct Rehearsal {
    tasks: VecDeque<Task>,
    of: usize,
    tally: Tally,
}

/// Rehearses the page's labs, one after another.
pub(super) fn start(director: &Rc<Director>) {
    if director.rehearsal.borrow().starts_with(GOES_ON) {
        return;
    }
    let mut labs: Vec<Backstage> = Vec::new();
    for lab in director.found.borrow().labs().iter().filter_map(super::seen::Seen::backstage) {
        let input = (lab.request)().input;
        // A lab that stands on the page twice with the same input is rehearsed once.
        if !labs.iter().any(|other| (other.request)().input == input) {
            labs.push(lab);
        }
    }
    let mut tasks: VecDeque<Task> = labs.into_iter().map(|lab| Task::Lab(Box::new(lab))).collect();
    if place::is_there(".memory-view") {
        tasks.push_back(Task::Traces);
    }
    tasks.extend(place::fetched_lessons().into_iter().map(|(pillar, folder)| Task::Lesson(pillar, folder)));
    let of = tasks.len();
    next(Rc::clone(director), Rehearsal { tasks, of, tally: Tally::default() });
}

fn next(director: Rc<Director>, mut rehearsal: Rehearsal) {
    let Some(task) = rehearsal.tasks.pop_front() else {
        return tell(&director, rehearsal.tally.words(&place::offline()));
    };
    let name = match &task {
        Task::Lab(lab) => lab.lab.title().to_owned(),
        Task::Traces => "the tracing bundle".to_owned(),
        Task::Lesson(_, folder) => format!("the lesson {folder}"),
    };
    let (at, of) = (rehearsal.of - rehearsal.tasks.len(), rehearsal.of);
    tell(&director, format!("{GOES_ON}: {name}, {at} of {of}."));
    match task {
        Task::Lab(lab) => when_ended(director, rehearsal, name, |director| run(director, *lab)),
        Task::Traces => when_ended(director, rehearsal, name, trace),
        Task::Lesson(pillar, folder) => leptos::task::spawn_local(async move {
            let ended = match director.site.manifest.clone() {
                None => Ended::Failed("this build has no manifest".to_owned()),
                Some(manifest) => match lessons::lesson(&manifest, &pillar, &folder).await {
                    Ok(_) => Ended::Loaded,
                    Err(error) => Ended::Failed(error.to_string()),
                },
            };
            went(director, rehearsal, &name, ended);
        }),
    }
}

/// Begins something in an owner of its own, and goes on when it has ended.
fn when_ended(
    director: Rc<Director>,
    rehearsal: Rehearsal,
    name: String,
    begin: impl FnOnce(&Director) -> Box<dyn Fn() -> Option<Ended>>,
) {
    let owner = director.owner.child();
    let of_this = owner.clone();
    owner.with(|| {
        let ended = begin(&director);
        let rest = RefCell::new(Some((director, rehearsal, name)));
        Effect::new(move |_| {
            let Some(ended) = ended() else { return };
            let Some((director, rehearsal, name)) = rest.take() else { return };
            let owner = of_this.clone();
            // Not within the effect: it goes with its owner.
            leptos::task::spawn_local(async move {
                owner.cleanup();
                went(director, rehearsal, &name, ended);
            });
        });
    });
}

fn run(director: &Director, lab: Backstage) -> Box<dyn Fn() -> Option<Ended>> {
    let runner = Runner::new(director.site.manifest.clone());
    runner.start((lab.request)());
    Box::new(move || {
        runner.run().with(|run| match run.as_ref().map(|run| &run.stage) {
            Some(Stage::Done(report)) => {
                let pin = lab.pin_of(report, &machine_words("the rehearsal"), &time_words());
                Some(Ended::Ran(Box::new(pin), report.environment.clock_step.to_string(), doubt(report)))
            }
            Some(Stage::Failed(failure)) => Some(Ended::Failed(failure.to_string())),
            Some(Stage::Cancelled) => Some(Ended::Failed("it was stopped".to_owned())),
            _ => None,
        })
    })
}

fn trace(director: &Director) -> Box<dyn Fn() -> Option<Ended>> {
    let asker = Asker::new(director.site.manifest.clone(), DEADLINE);
    asker.ask(Question::Memory(MemoryQuestion::Program {
        program: Program::default(),
        graph: ArenaInput { nodes: 10, degree: 1, ..ArenaInput::default() },
        seed: Seed::default(),
    }));
    Box::new(move || {
        asker.asking().with(|asking| match &asking.stage {
            AskStage::Answered => Some(Ended::Loaded),
            AskStage::Failed(failure) => Some(Ended::Failed(failure.to_string())),
            _ => None,
        })
    })
}

/// What had better not be shown about a run, if anything.
fn doubt(report: &Report) -> Option<String> {
    report.notes.iter().copied().find(|note| is_doubt(*note)).map(|note| note.to_string())
}

fn went(director: Rc<Director>, mut rehearsal: Rehearsal, name: &str, ended: Ended) {
    let tally = &mut rehearsal.tally;
    match ended {
        Ended::Ran(pin, clock, doubt) => {
            tally.ran += 1;
            tally.clock = clock;
            match doubt {
                None => director.memory.keep(Kept::Rehearsed, &pin),
                Some(doubt) => tally.doubts.push(format!("{name} ({doubt})")),
            }
        }
        Ended::Loaded => {}
        Ended::Failed(reason) => tally.faults.push(format!("{name}: {}", reason.trim_end_matches('.'))),
    }
    next(director, rehearsal);
}

fn tell(director: &Rc<Director>, words: String) {
    *director.rehearsal.borrow_mut() = words;
    director.refresh();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_names_what_failed_and_what_is_in_doubt() {
        let tally = Tally { ran: 1, clock: "0.1 ms".into(), ..Tally::default() };
        assert_eq!(tally.words("ready"), "Ready: 1 lab ran, clock step 0.1 ms. Offline ready.");
        let noisy = Tally { doubts: vec!["Arena (hidden)".into()], ran: 2, clock: "5 µs".into(), ..Tally::default() };
        assert!(
            noisy.words("failed").starts_with("Ready, but noisy: Arena (hidden). Run: 2 labs ran, clock step 5 µs. Not offline")
        );
        let failed = Tally { faults: vec!["Arena: it was stopped".into()], ..noisy };
        assert!(failed.words("").starts_with("Not ready: Arena: it was stopped. Else: 2 labs ran"));
    }
}
