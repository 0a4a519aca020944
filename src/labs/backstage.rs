//! What a lab tells the stage, and the one thing the stage hands it: a pinned result, shown instead of its own run. A lab registers itself here
//! and knows nothing else of the stage; a pinned result is always shown as RECORDED, never as LIVE.

use super::recordings::{Recordings, recordings};
use crate::{
    app::manifest,
    engine::{RunRequest, Runner},
    state::permalink::Permalink,
};
use leptos::prelude::*;
use protocol::{LabId, LabInput, Recording, RecordingHost, ResultJson, Seed};
use std::{cell::RefCell, rc::Rc};

/// A lab on the page, as the stage sees it.
#[derive(Clone)]
pub struct Backstage {
    /// Which lab.
    pub lab: LabId,
    /// Its runs.
    pub runner: Runner,
    /// Its recorded runs.
    pub recorded: ReadSignal<Recordings>,
    /// What is shown instead of its own run, if anything.
    pub pin: RwSignal<Option<Pin>>,
    /// What a press of Run asks for: the present input and seed.
    pub request: Rc<dyn Fn() -> RunRequest>,
    /// The address of the present state, with the result where the lab can send one.
    pub link: Rc<dyn Fn() -> String>,
    /// Everything as the lab starts, on its page or in its lesson.
    pub reset: Rc<dyn Fn()>,
    /// Its choices as a link, without a result.
    pub state: Rc<dyn Fn() -> Permalink>,
    /// Takes in another link.
    pub open: Rc<dyn Fn(Permalink)>,
    build: Rc<str>,
}

/// A result that is shown instead of a lab's own run.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// The result, with the machine and the time it was taken.
    pub recording: Recording,
    /// What it was measured on.
    pub input: LabInput,
    /// How firmly it is held.
    pub hold: Hold,
    /// Whose device it was taken on.
    pub place: Place,
}

/// Whose device a pinned result was taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// This one.
    Here,
    /// Another one: the recording came with the site.
    Elsewhere,
}

/// How firmly a result is pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Shown while the lab's input is its own; a new run takes its place.
    Replayed,
    /// Shown whatever is run or changed, until it is let go.
    Frozen,
}

impl Pin {
    /// Whether it was taken on this device, and is shown while `input` is chosen: then it is the speaker's own to send.
    #[must_use]
    pub fn is_own(&self, input: &LabInput) -> bool {
        self.place == Place::Here && self.holds_for(input)
    }

    /// The seed that it was taken with.
    #[must_use]
    pub fn seed(&self) -> Seed {
        self.recording.result.seed.parse().map(Seed).unwrap_or_default()
    }

    /// The result to show for `input`, if this pin holds then; a frozen one of another input says so in its machine's words.
    #[must_use]
    pub fn for_input(&self, input: &LabInput, words: impl FnOnce(LabInput) -> String) -> Option<Recording> {
        let mut recording = self.holds_for(input).then(|| self.recording.clone())?;
        if self.input != *input {
            recording.machine = format!("{}, frozen, measured for {}", recording.machine, words(self.input));
        }
        Some(recording)
    }

    /// Whether it is shown while `input` is chosen.
    #[must_use]
    pub fn holds_for(&self, input: &LabInput) -> bool {
        self.hold == Hold::Frozen || self.input == *input
    }
}

impl Backstage {
    /// A lab with nothing pinned. Its recorded runs are fetched, as its view needs them anyway.
    #[must_use]
    pub fn new(
        lab: LabId,
        runner: Runner,
        request: impl Fn() -> RunRequest + 'static,
        link: impl Fn() -> String + 'static,
        reset: impl Fn() + 'static,
        (state, open): (impl Fn() -> Permalink + 'static, impl Fn(Permalink) + 'static),
    ) -> Self {
        let build = manifest().map(|manifest| manifest.build_text().to_owned()).unwrap_or_default().into();
        let (request, link, reset) = (Rc::new(request), Rc::new(link), Rc::new(reset));
        let (state, open) = (Rc::new(state), Rc::new(open));
        Self { lab, runner, recorded: recordings(lab), pin: RwSignal::new(None), request, link, reset, state, open, build }
    }

    /// Lists the lab until its view goes; what it is found by, for the element's `data-instance`.
    #[must_use]
    pub fn register(self) -> u32 {
        let id = LABS.with_borrow_mut(|labs| {
            labs.next = labs.next.wrapping_add(1);
            labs.all.push((labs.next, self));
            labs.next
        });
        on_cleanup(move || LABS.with_borrow_mut(|labs| labs.all.retain(|(other, _)| *other != id)));
        id
    }

    /// The lab that bears this `data-instance`.
    #[must_use]
    pub fn find(id: u32) -> Option<Self> {
        LABS.with_borrow(|labs| labs.all.iter().find(|(other, _)| *other == id).map(|(_, lab)| lab.clone()))
    }

    /// The finished run, as a recording of `machine` and `date`, without its samples; none while there is no report.
    #[must_use]
    pub fn taken(&self, machine: &str, date: &str) -> Option<Pin> {
        self.runner.run().try_with_untracked(|run| Some(pin_of(run.as_ref()?.report()?, &self.build, machine, date)))?
    }

    /// What pins a report that another runner made, as [`Backstage::taken`].
    #[must_use]
    pub fn pin_of(&self, report: &protocol::Report, machine: &str, date: &str) -> Pin {
        pin_of(report, &self.build, machine, date)
    }
}

fn pin_of(report: &protocol::Report, build: &str, machine: &str, date: &str) -> Pin {
    let mut result = ResultJson::of(report, build);
    result.samples.clear();
    let recording = Recording { host: RecordingHost::Browser, machine: machine.to_owned(), date: date.to_owned(), result };
    Pin { recording, input: report.input, hold: Hold::Replayed, place: Place::Here }
}

#[derive(Default)]
struct Labs {
    next: u32,
    all: Vec<(u32, Backstage)>,
}

thread_local! {
    static LABS: RefCell<Labs> = RefCell::default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{EnvironmentJson, LabInput};

    fn pin(hold: Hold) -> Pin {
        let input = LabInput::default_of(LabId::Serialization);
        let environment = EnvironmentJson {
            user_agent: String::new(),
            isolated: false,
            clock_step_ns: 1.0,
            empty_loop_ns: 0.0,
            rustc: String::new(),
            crates: Vec::new(),
        };
        let result = ResultJson {
            lab: input.lab().slug().to_owned(),
            build: String::new(),
            seed: String::new(),
            input: input.pairs(),
            workers: 1,
            environment,
            rows: Vec::new(),
            ratios: Vec::new(),
            facts: Vec::new(),
            samples: std::collections::BTreeMap::default(),
            notes: Vec::new(),
        };
        let recording = Recording { host: RecordingHost::Browser, machine: "this device".into(), date: "15:43".into(), result };
        Pin { recording, input, hold, place: Place::Here }
    }

    #[test]
    fn only_what_was_taken_here_is_the_speakers_to_send() {
        let (same, other) = (LabInput::default_of(LabId::Serialization), LabInput::default_of(LabId::Arena));
        let elsewhere = Pin { place: Place::Elsewhere, ..pin(Hold::Frozen) };
        assert!(pin(Hold::Replayed).is_own(&same) && pin(Hold::Frozen).is_own(&other));
        assert!(!pin(Hold::Replayed).is_own(&other) && !elsewhere.is_own(&same));
    }

    #[test]
    fn only_a_frozen_result_outlasts_a_change_and_says_what_it_is_of() {
        let (same, other) = (LabInput::default_of(LabId::Serialization), LabInput::default_of(LabId::Arena));
        let words = |_| "the old choice".to_owned();
        assert!(pin(Hold::Replayed).for_input(&same, words).is_some());
        assert!(pin(Hold::Replayed).for_input(&other, words).is_none());
        assert_eq!(pin(Hold::Frozen).for_input(&same, words).unwrap().machine, "this device");
        assert!(pin(Hold::Frozen).for_input(&other, words).unwrap().machine.contains("frozen, measured for the old choice"));
    }
}
