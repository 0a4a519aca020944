//! Carries out what [`Asking`] decides: the one place where a question meets the browser.

use super::{
    asking::Asking,
    hands::{Hands, Happened, next_id},
    machine::{Command, Incoming},
    manifest::Manifest,
};
use leptos::prelude::*;
use protocol::{Question, RunId};
use std::{rc::Rc, sync::Arc};
use units::Nanos;

/// Provided as a context where nothing may run: no asker below it asks a worker.
#[derive(Clone, Copy, Debug)]
pub struct NothingRuns;

/// Asks a lab's worker, which stays for as long as the view that made the asker. Only the newest question counts.
#[derive(Clone, Copy)]
pub struct Asker {
    asking: RwSignal<Asking>,
    hands: Hands,
    denied: Option<NothingRuns>,
}

impl Asker {
    /// An asker that has asked nothing: no bundle is fetched before the first question. An answer may take `deadline`.
    #[must_use]
    pub fn new(manifest: Option<Arc<Manifest>>, deadline: Nanos) -> Self {
        let hands = Hands::new(manifest);
        Self { asking: RwSignal::new(Asking::new(hands.build(), deadline)), hands, denied: use_context::<NothingRuns>() }
    }

    /// Where the questions stand, and the latest answer.
    #[must_use]
    pub fn asking(self) -> ReadSignal<Asking> {
        self.asking.read_only()
    }

    /// Asks, unless nothing may run here; what was asked before and is not answered yet is superseded. All questions of one asker go to labs
    /// of one bundle.
    pub fn ask(self, question: Question) {
        if self.denied.is_none() {
            self.change(|asking| asking.ask(question, next_id()));
        }
    }

    /// Takes back what is open and stops the worker; the next question starts another.
    pub fn cancel(self) {
        self.change(|asking| Some(asking.cancel()));
    }

    fn change(self, change: impl FnOnce(&mut Asking) -> Option<Command>) {
        // A worker may outlast its view by a message.
        let Some(before) = self.asking.try_with_untracked(Asking::leg) else { return };
        let Some(command) = self.asking.try_update(change) else { return };
        let worker = self.asking.with_untracked(Asking::worker);
        match command {
            Some(Command::Start(bundle, request)) => {
                if let Some(id) = worker {
                    let is_wanted = move || self.asking.try_with_untracked(Asking::worker) == Some(Some(id));
                    self.hands.start(bundle, *request, self.of(id), is_wanted);
                }
            }
            Some(Command::Send(request)) => self.hands.send(&request),
            Some(Command::Terminate) => self.hands.clear(),
            None => {}
        }
        if self.asking.with_untracked(Asking::leg) == before {
            return;
        }
        match (self.asking.with_untracked(Asking::deadline), worker) {
            (Some(deadline), Some(id)) => self.hands.set_deadline(deadline, self.of(id)),
            _ => self.hands.drop_deadline(),
        }
    }

    /// What happens to one worker.
    fn of(self, worker: RunId) -> Happened {
        Rc::new(move |incoming: Incoming| self.change(|asking| asking.take(worker, incoming)))
    }
}
