//! Takes the runs that the auditor asks for, each in real workers, with no lab's view about.

use super::{
    auditor::{Auditor, Scope, Taken, Thoroughness},
    report::MachineReport,
};
use crate::{
    app::manifest,
    components::save_picture::here,
    engine::{Run, Runner, Stage},
};
use course::AuditArchive;
use leptos::prelude::*;
use protocol::ResultJson;
use std::sync::Arc;

/// An auditor with a runner of its own. It belongs to the view that made it: when that goes, its worker is stopped.
#[derive(Clone, Copy)]
pub struct Hands {
    /// What decides.
    pub auditor: RwSignal<Auditor>,
    /// The present run.
    pub runner: Runner,
    build: StoredValue<String>,
}

impl Hands {
    /// Hands without work.
    #[must_use]
    pub fn new(ledger: Arc<AuditArchive>) -> Self {
        let hands = Self {
            auditor: RwSignal::new(Auditor::of(ledger)),
            runner: Runner::new(manifest()),
            build: StoredValue::new(manifest().map(|manifest| manifest.build_text().to_owned()).unwrap_or_default()),
        };
        let run = hands.runner.run();
        let ended = Memo::new(move |_| run.with(|run| run.as_ref().filter(|run| !run.stage.is_running()).map(Run::id)));
        Effect::new(move |_| {
            if ended.get().is_some() {
                // Not within the effect: what the next run sets up would go with it.
                leptos::task::spawn_local(async move { hands.go_on() });
            }
        });
        hands
    }

    /// Starts a scope's runs, unless some go on.
    pub fn start(self, scope: Scope, thoroughness: Thoroughness) {
        if let Some(first) = self.auditor.try_update(|auditor| auditor.start(scope, thoroughness)).flatten() {
            self.runner.start(first);
        }
    }

    /// Stops what is being run. Where nothing is, nobody hears of it: a host may say so thousands of times.
    pub fn cancel(self) {
        if self.auditor.with_untracked(|auditor| auditor.running().is_some()) {
            self.auditor.update(Auditor::cancel);
            self.runner.cancel();
        }
    }

    /// What this machine found so far.
    #[must_use]
    pub fn report(self) -> Option<MachineReport> {
        self.auditor.with_untracked(|auditor| MachineReport::of(auditor, &self.build.get_value(), &here()))
    }

    /// The same as JSON, with every sample.
    #[must_use]
    pub fn report_json(self) -> Option<String> {
        let report = self.report()?;
        Some(self.auditor.with_untracked(|auditor| report.to_json(auditor.ledger(), auditor.results().cloned().collect())))
    }

    /// Hands the run that has ended to the auditor, and takes the next one.
    fn go_on(self) {
        let taken = self.runner.run().try_with_untracked(|run| match &run.as_ref()?.stage {
            Stage::Done(report) => Some(Taken::Result(Box::new(ResultJson::of(report, &self.build.get_value())))),
            Stage::Failed(failure) => Some(Taken::Failed(failure.to_string())),
            _ => None,
        });
        let Some(taken) = taken.flatten() else { return };
        if let Some(next) = self.auditor.try_update(|auditor| auditor.took(taken)).flatten() {
            self.runner.start(next);
        }
    }
}
