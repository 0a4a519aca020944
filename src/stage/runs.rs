//! Runs on the stage: started, kept when they end, frozen, and recorded ones shown in their place. What is shown again is RECORDED, with its machine and
//! its time; a run in doubt is shown in nobody's place.

use super::{
    deck::{LabPhase, LabStatus, Replay},
    director::Director,
    memory::{Kept, Shown},
    place::{is_doubt, machine_words, now, time_words},
    seen::Seen,
};
use crate::labs::backstage::{Backstage, Hold, Pin, Place};
use leptos::prelude::*;
use std::rc::Rc;

impl Director {
    /// What the deck must know of the present screen's lab.
    pub(super) fn status(&self) -> LabStatus {
        self.found.borrow().lab(&self.deck.borrow()).map(|lab| self.status_of(&lab)).unwrap_or_default()
    }

    pub(super) fn status_of(&self, lab: &Seen) -> LabStatus {
        let since = lab.instance().and_then(|id| self.running_since.borrow().get(&id).copied());
        let backstage = lab.backstage();
        let (phase, noisy) = (lab.phase(), backstage.as_ref().is_some_and(is_noisy));
        // What is recorded is looked up only where it may be wanted.
        let may_want = noisy || matches!(phase, LabPhase::Running | LabPhase::Failed);
        let has_replay = may_want && backstage.as_ref().is_some_and(|lab| self.replayed_run(lab).is_some());
        LabStatus {
            phase,
            running_ms: since.map_or(0.0, |since| now() - since),
            noisy,
            pinned: backstage.is_some_and(|lab| lab.pin.with_untracked(Option::is_some)),
            replay: if has_replay { Replay::Kept } else { Replay::None },
        }
    }

    /// Notes when runs begin, and keeps those that ended well.
    pub(super) fn keep_finished_runs(self: &Rc<Self>) {
        for lab in self.found.borrow().labs() {
            let (Some(id), Some(backstage)) = (lab.instance(), lab.backstage()) else { continue };
            let phase = lab.phase();
            let before = self.phases.borrow_mut().insert(id, phase);
            if before == Some(phase) {
                continue;
            }
            match phase {
                LabPhase::Running => {
                    self.running_since.borrow_mut().insert(id, now());
                    self.deck.borrow_mut().begin_run();
                    self.look_again_later();
                }
                // Its choice was another for a while: it was kept when it ended.
                LabPhase::Done if before == Some(LabPhase::Stale) => {}
                LabPhase::Done => {
                    if let Some(pin) = backstage.taken(&machine_words("a run on stage"), &time_words()) {
                        let (kept, outdated) =
                            if is_noisy(&backstage) { (Kept::Doubtful, None) } else { (Kept::Last, Some(Kept::Doubtful)) };
                        self.memory.keep(kept, &pin);
                        if let Some(outdated) = outdated {
                            self.memory.forget(outdated, &pin.input);
                        }
                        self.shown.borrow_mut().insert(id, Shown::Own);
                    }
                }
                LabPhase::Idle | LabPhase::Stale | LabPhase::Failed => {}
            }
        }
    }

    /// Runs the lab. What is frozen stays; a replayed result gives way.
    pub(super) fn run(self: &Rc<Self>, seen: &Seen, lab: &Backstage) {
        match lab.pin.with_untracked(|pin| pin.as_ref().map(|pin| pin.hold)) {
            Some(Hold::Frozen) => return self.say("The result is frozen: Z lets it go."),
            Some(Hold::Replayed) => lab.pin.set(None),
            None => {}
        }
        seen.run();
        self.look_again_later();
    }

    /// The lab as it starts, with nothing pinned.
    pub(super) fn reset(&self, seen: &Seen, lab: &Backstage) {
        lab.pin.set(None);
        self.freeze_at(seen, None);
        self.show(seen, Shown::Nothing);
        (lab.reset)();
    }

    /// Pins the result that is shown, or lets it go.
    pub(super) fn freeze(&self, seen: &Seen, lab: &Backstage) {
        match lab.pin.get_untracked() {
            Some(pin) if pin.hold == Hold::Frozen => {
                lab.pin.set(None);
                self.freeze_at(seen, None);
                self.say("The result is no longer frozen.");
            }
            pinned => match pinned.or_else(|| lab.taken(&machine_words("a run on stage"), &time_words())) {
                Some(pin) => {
                    let pin = Pin { hold: Hold::Frozen, ..pin };
                    self.freeze_at(seen, Some(&pin));
                    lab.pin.set(Some(pin));
                    self.say("Frozen: no run and no change replaces it until Z lets it go.");
                }
                None => self.say("There is no finished run to freeze."),
            },
        }
    }

    /// Keeps what is frozen in one of the page's labs.
    fn freeze_at(&self, seen: &Seen, pin: Option<&Pin>) {
        let nth = self.found.borrow().labs().iter().position(|lab| lab.instance() == seen.instance());
        if let Some(nth) = nth {
            self.memory.keep_frozen(&self.page(), nth, pin);
        }
    }

    fn show(&self, seen: &Seen, shown: Shown) {
        if let Some(id) = seen.instance() {
            self.shown.borrow_mut().insert(id, shown);
        }
    }

    pub(super) fn toggle_replay(&self, seen: &Seen, lab: &Backstage) {
        match lab.pin.with_untracked(|pin| pin.as_ref().map(|pin| pin.hold)) {
            None => self.replay(seen, lab),
            Some(Hold::Replayed) => {
                lab.pin.set(None);
                let has_own = lab.runner.run().with_untracked(|run| run.as_ref().is_some_and(|run| run.report().is_some()));
                self.show(seen, if has_own { Shown::Own } else { Shown::Nothing });
            }
            Some(Hold::Frozen) => self.say("The result is frozen: Z lets it go."),
        }
    }

    /// Shows a recorded run of the present choice.
    pub(super) fn replay(&self, seen: &Seen, lab: &Backstage) {
        match self.replayed_run(lab) {
            Some(pin) => {
                lab.pin.set(Some(pin));
                self.show(seen, Shown::Replayed);
            }
            None => self.say("No run of this choice was recorded. Rehearse (W) to have one."),
        }
    }

    /// The recorded run of the present choice that can be shown in a run's place: the rehearsal's, else the last one here, else the one that came with the
    /// site.
    pub(super) fn replayed_run(&self, lab: &Backstage) -> Option<Pin> {
        let input = (lab.request)().input;
        let shipped = || {
            let found = lab.recorded.try_with_untracked(|all| all.iter().find(|one| one.shows(&input)).cloned())?;
            found.map(|recording| Pin { recording, input, hold: Hold::Replayed, place: Place::Elsewhere })
        };
        self.memory.kept(Kept::Rehearsed, &input).or_else(|| self.memory.kept(Kept::Last, &input)).or_else(shipped)
    }

    /// The run of the present choice that was shown last, however doubtful, else the rehearsal's.
    pub(super) fn own_run(&self, lab: &Backstage) -> Option<Pin> {
        let input = (lab.request)().input;
        [Kept::Doubtful, Kept::Last, Kept::Rehearsed].into_iter().find_map(|kept| self.memory.kept(kept, &input))
    }
}

/// Whether a lab's result says that it had better not be shown.
fn is_noisy(lab: &Backstage) -> bool {
    let noisy = lab.runner.run().try_with_untracked(|run| Some(run.as_ref()?.report()?.notes.iter().copied().any(is_doubt)));
    noisy.flatten().unwrap_or_default()
}
