//! Carries out what the machine decides: the one place where a run meets the browser.

use super::{
    bundle,
    machine::{Command, Incoming, Run, RunRequest},
    manifest::Manifest,
    worker::LabWorker,
};
use crate::state::address::IN_BROWSER;
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use protocol::{Bundle, Request, RunId};
use std::{cell::Cell, sync::Arc, time::Duration};
use units::Nanos;
use web_sys::VisibilityState;

thread_local! {
    static NEXT_RUN: Cell<u32> = const { Cell::new(1) };
}

/// Told when a run ends with a report, by every runner made below whoever provides it as a context.
#[derive(Clone, Copy)]
pub struct OnDone(pub Callback<()>);

/// Runs a lab, one run at a time. It belongs to the view that made it: when that goes, its worker is stopped.
#[derive(Clone, Copy)]
pub struct Runner {
    run: RwSignal<Option<Run>>,
    hands: StoredValue<Hands, LocalStorage>,
    manifest: StoredValue<Option<Arc<Manifest>>>,
    on_done: Option<OnDone>,
}

/// What the runner holds on to in the browser.
#[derive(Default)]
struct Hands {
    worker: Option<LabWorker>,
    deadline: Option<TimeoutHandle>,
}

impl Runner {
    /// A runner without a run. Without a manifest every run ends at once with a failure that says so.
    #[must_use]
    pub fn new(manifest: Option<Arc<Manifest>>) -> Self {
        let runner = Self {
            run: RwSignal::new(None),
            hands: StoredValue::new_local(Hands::default()),
            manifest: StoredValue::new(manifest),
            on_done: use_context::<OnDone>(),
        };
        let listener = IN_BROWSER.then(|| window_event_listener(ev::visibilitychange, move |_| runner.note_if_hidden()));
        on_cleanup(move || {
            if let Some(listener) = listener {
                listener.remove();
            }
            let _ = runner.hands.try_update_value(Hands::clear);
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
        let id = RunId(NEXT_RUN.replace(NEXT_RUN.get().wrapping_add(1)));
        let build = self
            .manifest
            .with_value(|manifest| manifest.as_ref().map(|manifest| manifest.build()))
            .unwrap_or(protocol::BuildId(0));
        let (run, command) = Run::start(request, id, build);
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
        let _ = self.hands.try_update_value(Hands::clear);
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
                self.set_deadline(deadline, id);
            }
        }
        if self.run.with_untracked(|run| run.as_ref().is_some_and(|run| !run.stage.is_running())) {
            let _ = self.hands.try_update_value(Hands::clear);
            let has_report = self.run.with_untracked(|run| run.as_ref().is_some_and(|run| run.report().is_some()));
            if let Some(OnDone(told)) = self.on_done.filter(|_| has_report) {
                told.run(());
            }
        }
    }

    fn obey(self, command: Command, id: RunId) {
        match command {
            Command::Start(bundle, request) => self.start_worker(bundle, *request, id),
            Command::Send(request) => {
                self.hands.try_with_value(|hands| {
                    if let Some(worker) = &hands.worker {
                        worker.send(&request);
                    }
                });
            }
            Command::Terminate => {
                let _ = self.hands.try_update_value(Hands::clear);
            }
        }
    }

    fn start_worker(self, bundle: Bundle, request: Request, id: RunId) {
        let _ = self.hands.try_update_value(Hands::clear);
        self.set_deadline(RunRequest::LOADING_DEADLINE, id);
        let manifest = self.manifest.get_value();
        leptos::task::spawn_local(async move {
            let Some(manifest) = manifest else {
                self.happened_to(id, Incoming::NoBundle("this page carries no manifest".to_owned()));
                return;
            };
            let loaded =
                bundle::load(&manifest, bundle, |received, total| self.happened_to(id, Incoming::Loading(received, total))).await;
            let loaded = match loaded {
                Ok(loaded) => loaded,
                Err(reason) => return self.happened_to(id, Incoming::NoBundle(reason)),
            };
            // While the bundle was on its way the reader may have cancelled, started anew or left.
            let is_wanted =
                self.run.try_with_untracked(|run| run.as_ref().is_some_and(|run| run.id() == id && run.stage.is_running()));
            if is_wanted != Some(true) {
                return;
            }
            match LabWorker::start(&loaded, move |incoming| self.happened_to(id, incoming)) {
                Ok(worker) => {
                    worker.send(&request);
                    let _ = self.hands.try_update_value(|hands| hands.worker = Some(worker));
                }
                Err(reason) => self.happened_to(id, Incoming::NoWorker(reason)),
            }
        });
    }

    fn set_deadline(self, after: Nanos, id: RunId) {
        let after = Duration::from_secs_f64(after.0.max(0.0) / 1e9);
        let handle = set_timeout_with_handle(move || self.happened_to(id, Incoming::DeadlinePassed), after).ok();
        let _ = self.hands.try_update_value(|hands| {
            if let Some(earlier) = std::mem::replace(&mut hands.deadline, handle) {
                earlier.clear();
            }
        });
    }
}

impl Hands {
    /// Stops the worker and the deadline.
    fn clear(&mut self) {
        self.worker = None;
        if let Some(deadline) = self.deadline.take() {
            deadline.clear();
        }
    }
}
