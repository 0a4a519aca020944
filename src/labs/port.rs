//! How the surroundings of a lab, a frame's host or a stage, speak with it: what they may ask for, and what they hear. A lab knows neither.

use crate::{
    engine::{RunRequest, Runner},
    state::permalink::Permalink,
};
use leptos::prelude::*;
use protocol::LabId;

/// A place where the labs of a page make themselves known. Whoever provides it as a context hears of every lab drawn below it.
#[derive(Clone, Copy)]
pub struct LabPort {
    labs: RwSignal<Vec<LabHandle>>,
}

/// A lab that is on the page.
#[derive(Clone, Copy)]
pub struct LabHandle {
    /// Which lab.
    pub lab: LabId,
    /// Its run.
    pub runner: Runner,
    /// What a press of Run asks for.
    pub request: Callback<(), RunRequest>,
    /// Its state as a link.
    pub link: Signal<Permalink>,
    /// The same with the result that it shows, where a link can carry that.
    pub link_with_result: Callback<(), Permalink>,
    /// Opens a state.
    pub open: Callback<Permalink>,
    /// The result as a sentence.
    pub finding: Signal<String>,
}

impl Default for LabPort {
    fn default() -> Self {
        Self { labs: RwSignal::new(Vec::new()) }
    }
}

impl LabPort {
    /// The labs on the page, in the order they were drawn.
    #[must_use]
    pub fn labs(self) -> ReadSignal<Vec<LabHandle>> {
        self.labs.read_only()
    }

    /// Makes a lab known to whoever provides a port, for as long as its view stands.
    pub fn attach(handle: LabHandle) {
        let Some(port) = use_context::<Self>() else { return };
        port.labs.update(|labs| labs.push(handle));
        on_cleanup(move || {
            let _ = port.labs.try_update(|labs| labs.retain(|one| one.link != handle.link));
        });
    }
}

impl LabHandle {
    /// Starts a run, as a press of Run would.
    pub fn run(&self) {
        self.runner.start(self.request.run(()));
    }

    /// Forgets the run and goes back to a state.
    pub fn reset(&self, start: Permalink) {
        self.runner.clear();
        self.open.run(start);
    }
}
