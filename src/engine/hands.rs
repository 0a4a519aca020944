//! The hands of runner and asker: one worker and one deadline in the browser. They do what they are told and decide nothing.

use super::{bundle, machine::Incoming, manifest::Manifest, worker::LabWorker};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use protocol::{BuildId, Bundle, Request, RunId};
use std::{cell::Cell, rc::Rc, sync::Arc, time::Duration};
use units::Nanos;

thread_local! {
    static NEXT_RUN: Cell<u32> = const { Cell::new(1) };
}

/// An id that no run or question of this page had before.
pub(super) fn next_id() -> RunId {
    RunId(NEXT_RUN.replace(NEXT_RUN.get().wrapping_add(1)))
}

/// Told of what happens.
pub(super) type Happened = Rc<dyn Fn(Incoming)>;

/// One worker, one deadline. They belong to the view that made them: when that goes, both are stopped.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    held: StoredValue<Held, LocalStorage>,
    manifest: StoredValue<Option<Arc<Manifest>>>,
}

#[derive(Default)]
struct Held {
    worker: Option<LabWorker>,
    deadline: Option<TimeoutHandle>,
}

impl Hands {
    /// Empty hands. Without a manifest no bundle is found.
    pub(super) fn new(manifest: Option<Arc<Manifest>>) -> Self {
        let hands = Self { held: StoredValue::new_local(Held::default()), manifest: StoredValue::new(manifest) };
        on_cleanup(move || hands.clear());
        hands
    }

    /// The build of the page's manifest.
    pub(super) fn build(self) -> BuildId {
        self.manifest.with_value(|manifest| manifest.as_ref().map(|manifest| manifest.build())).unwrap_or(BuildId(0))
    }

    /// Fetches a bundle and starts a fresh worker of it with a request, in place of the present one; unless it is no longer wanted by then.
    pub(super) fn start(self, bundle: Bundle, request: Request, happened: Happened, is_wanted: impl Fn() -> bool + 'static) {
        self.clear();
        let manifest = self.manifest.get_value();
        leptos::task::spawn_local(async move {
            let Some(manifest) = manifest else {
                happened(Incoming::NoBundle("this page carries no manifest".to_owned()));
                return;
            };
            let loaded = bundle::load(&manifest, bundle, |received, total| happened(Incoming::Loading(received, total))).await;
            let loaded = match loaded {
                Ok(loaded) => loaded,
                Err(reason) => return happened(Incoming::NoBundle(reason)),
            };
            // While the bundle was on its way the reader may have cancelled, started anew or left.
            if !is_wanted() {
                return;
            }
            match LabWorker::start(&loaded, Rc::clone(&happened)) {
                Ok(worker) => {
                    worker.send(&request);
                    let _ = self.held.try_update_value(|held| held.worker = Some(worker));
                }
                Err(reason) => happened(Incoming::NoWorker(reason)),
            }
        });
    }

    /// Sends the present worker a request.
    pub(super) fn send(self, request: &Request) {
        let _ = self.held.try_with_value(|held| {
            if let Some(worker) = &held.worker {
                worker.send(request);
            }
        });
    }

    /// Tells after a time that the deadline has passed, unless it is set anew or dropped before.
    pub(super) fn set_deadline(self, after: Nanos, happened: Happened) {
        let after = Duration::from_secs_f64(after.0.max(0.0) / 1e9);
        self.hold_deadline(set_timeout_with_handle(move || happened(Incoming::DeadlinePassed), after).ok());
    }

    /// Waits no longer.
    pub(super) fn drop_deadline(self) {
        self.hold_deadline(None);
    }

    fn hold_deadline(self, deadline: Option<TimeoutHandle>) {
        let _ = self.held.try_update_value(|held| {
            if let Some(earlier) = std::mem::replace(&mut held.deadline, deadline) {
                earlier.clear();
            }
        });
    }

    /// Stops the worker and the deadline.
    pub(super) fn clear(self) {
        self.drop_deadline();
        let _ = self.held.try_update_value(|held| held.worker = None);
    }
}
