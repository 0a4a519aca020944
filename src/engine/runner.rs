//! Carries out what the machine decides: the one place where a run meets the browser.

use super::{
    hands::{Hands, Happened, next_id},
    machine::{Command, Incoming, Run, RunRequest},
    manifest::Manifest,
};
use crate::state::address::IN_BROWSER;
use leptos::{ev, prelude::*};
use protocol::RunId;
use std::{rc::Rc, sync::Arc};
use web_sys::VisibilityState;

/// Told when a run ends with a report, by every runner made below whoever provides it as a context.
#[derive(Clone, Copy)]
pub struct OnDone(pub Callback<()>);

/// Runs a lab, one run at a time. It belongs to the view that made it: when that goes, its worker is stopped.
#[derive(Clone, Copy)]
pub struct Runner {
    run: RwSignal<Option<Run>>,
    hands: Hands,
    on_done: Option<OnDone>,
}

impl Runner {
    /// A runner without a run. Without a manifest every run ends at once with a failure that says so.
    #[must_use]
    pub fn new(manifest: Option<Arc<Manifest>>) -> Self {
        let runner = Self { run: RwSignal::new(None), hands: Hands::new(manifest), on_done: use_context::<OnDone>() };
        let listener = IN_BROWSER.then(|| window_event_listener(ev::visibilitychange, move |_| runner.note_if_hidden()));
        on_cleanup(move || {
            if let Some(listener) = listener {
                listener.remove();
            }
        });
        runner
    }

    /// The run, if one was started.
    #[must_use]
    pub fn run(self) -> ReadSignal<Option<Run>> {
        self.run.read_only()
    }

    /// Starts a run; one that still goes on is dropped.
    pub fn start(self, request: RunRequest) {
        let id = next_id();
        let (run, command) = Run::start(request, id, self.hands.build());
        self.run.set(Some(run));
        self.obey(command, id);
        self.note_if_hidden();
    }

    /// Stops the run that goes on, if any.
    pub fn cancel(self) {
        self.happened(Incoming::Cancel);
    }

    /// Forgets the run and its result.
    pub fn clear(self) {
        self.hands.clear();
        self.run.set(None);
    }

    fn note_if_hidden(self) {
        if document().visibility_state() == VisibilityState::Hidden {
            self.happened(Incoming::Hidden);
        }
    }

    fn happened(self, incoming: Incoming) {
        let Some(id) = self.run.with_untracked(|run| run.as_ref().map(Run::id)) else { return };
        self.happened_to(id, incoming);
    }

    /// Hands what happened to the run it happened to; a later run is not troubled by an earlier one's worker.
    fn happened_to(self, id: RunId, incoming: Incoming) {
        let is_loaded = matches!(incoming, Incoming::Loaded);
        let mut command = None;
        let is_this_run = self.run.try_update(|run| {
            let Some(run) = run.as_mut().filter(|run| run.id() == id) else { return false };
            command = run.take(incoming);
            true
        });
        if is_this_run != Some(true) {
            return;
        }
        if let Some(command) = command {
            self.obey(command, id);
        } else if is_loaded {
            let deadline = self.run.with_untracked(|run| run.as_ref().map(|run| run.request.deadline()));
            if let Some(deadline) = deadline {
                self.hands.set_deadline(deadline, self.of(id));
            }
        }
        if self.run.with_untracked(|run| run.as_ref().is_some_and(|run| !run.stage.is_running())) {
            self.hands.clear();
            let has_report = self.run.with_untracked(|run| run.as_ref().is_some_and(|run| run.report().is_some()));
            if let Some(OnDone(told)) = self.on_done.filter(|_| has_report) {
                told.run(());
            }
        }
    }

    fn obey(self, command: Command, id: RunId) {
        match command {
            Command::Start(bundle, request) => {
                let is_going_on = move || {
                    self.run.try_with_untracked(|run| run.as_ref().is_some_and(|run| run.id() == id && run.stage.is_running()))
                };
                self.hands.start(bundle, *request, self.of(id), move || is_going_on() == Some(true));
                self.hands.set_deadline(RunRequest::LOADING_DEADLINE, self.of(id));
            }
            Command::Send(request) => self.hands.send(&request),
            Command::Terminate => self.hands.clear(),
        }
    }

    /// What happens to one run.
    fn of(self, id: RunId) -> Happened {
        Rc::new(move |incoming| self.happened_to(id, incoming))
    }
}
