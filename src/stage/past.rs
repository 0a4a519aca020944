//! What a reload brings back: each lab's choices and its result, then the steps of the past whose work does not last by itself. A result comes back as
//! RECORDED, never as LIVE. An element's steps are done in their order, and none twice.

use super::{
    director::{Arrival, Director, look_again_soon},
    memory::{LabKept, Shown},
    place::query,
    plan::{Move, Press, Step, StepKind, Walk},
    together::{self, Settled},
};
use crate::{labs::backstage::Backstage, state::permalink::Permalink};
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};

/// A step that could not be done yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pending {
    /// At which element with steps.
    pub host: usize,
    /// What is to be done.
    pub step: Step,
    /// Which of the element's presses it is that can be taken back, from 1; 0 for anything else, and for a press that is new.
    pub nth: u32,
    /// The guess that it settles.
    pub settled: Option<Settled>,
    /// Whether it is a walk through a program that has given way to another since: its lines are not gone again.
    pub is_over: bool,
}

/// How far bringing a lab back has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Restored {
    /// Its choices are its own again.
    Choices,
    /// Its result, too.
    Whole,
}

/// What came of doing a step again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Redone {
    /// It is done, or was before.
    Done,
    /// It is done, and the page has not answered to it yet.
    JustNow,
    /// A part of it is done: the rest follows at the next look.
    Partly,
    /// What it needs is not there yet.
    NotYet,
}

impl Director {
    /// The steps of the past that have to be done again: those that were not since their element was made.
    pub(super) fn await_the_past(&self) {
        let (deck, found) = (self.deck.borrow(), self.found.borrow());
        let (mut done, mut pressed) = (HashMap::<usize, u32>::new(), HashMap::<usize, u32>::new());
        let mut pending = Vec::new();
        let (all, past) = (deck.steps().collect::<Vec<_>>(), deck.past().count());
        for (at, (host, step)) in all.iter().copied().enumerate().take(past) {
            let mut nth = 0;
            if matches!(step.kind, StepKind::Press(Press { back: Some(_), .. })) {
                let count = pressed.entry(*host).or_default();
                *count += 1;
                nth = *count;
            }
            let done = done.entry(*host).or_insert_with(|| found.done(*host));
            if *done > 0 {
                *done -= 1;
            } else {
                let (settled, is_over) = (together::settled_by(&all, at), together::is_over(&all, past, at));
                pending.push(Pending { host: *host, step: step.clone(), nth, settled, is_over });
            }
        }
        *self.pending.borrow_mut() = pending;
    }

    /// Notes at every element that its steps up to now are done: whoever comes back without a reload finds them so.
    pub(super) fn note_the_past(&self) {
        let (deck, found) = (self.deck.borrow(), self.found.borrow());
        let mut done = HashMap::<usize, u32>::new();
        for (host, _) in deck.past() {
            *done.entry(*host).or_default() += 1;
        }
        for (host, steps) in done {
            found.note_done(host, steps);
        }
    }

    /// Brings each lab back as it was, once: its choices first, and its result when they are in place. Whether all of that is done.
    pub(super) fn restore_labs(&self) -> bool {
        let labs = self.found.borrow().labs();
        let page = self.page();
        let mut is_whole = true;
        for (nth, seen) in labs.iter().enumerate() {
            let (Some(id), Some(lab)) = (seen.instance(), seen.backstage()) else { continue };
            let before = self.restored.borrow().get(&id).copied();
            if before == Some(Restored::Whole) {
                continue;
            }
            let kept = self.memory.lab(&page, nth).filter(|_| self.arrival.get() == Arrival::Back);
            let link = Self::choices_of(&lab, kept.as_ref()).filter(|_| before.is_none());
            let Some(link) = link else {
                self.restored.borrow_mut().insert(id, Restored::Whole);
                self.restore_result(id, nth, &lab, kept.unwrap_or_default().shown);
                continue;
            };
            self.restored.borrow_mut().insert(id, Restored::Choices);
            (lab.open)(link);
            is_whole = false;
        }
        if !is_whole {
            look_again_soon();
        }
        is_whole
    }

    /// What a lab has to be opened with to stand as it did; none if it does.
    fn choices_of(lab: &Backstage, kept: Option<&LabKept>) -> Option<Permalink> {
        let now = (lab.state)();
        let kept = kept.map(|kept| kept.state.as_str()).filter(|state| !state.is_empty());
        let mut link = kept.and_then(|state| Permalink::of_fragment(state).ok()).unwrap_or_else(|| now.clone());
        // The stage's address names a seed where no state does.
        let seed = query("seed").and_then(|seed| seed.parse::<u64>().ok());
        if let Some(seed) = seed.filter(|seed| link.get("seed").is_none() && *seed != (lab.request)().seed.0) {
            link.set("seed", seed.to_string());
        }
        (link != now).then_some(link)
    }

    /// Pins what a lab showed: what is frozen, else its last run, else the rehearsal's.
    fn restore_result(&self, id: u32, nth: usize, lab: &Backstage, shown: Shown) {
        if lab.pin.with_untracked(Option::is_some) {
            return;
        }
        let ran = self.arrival.get() == Arrival::Back && self.has_run(nth);
        let is_new = lab.runner.run().with_untracked(Option::is_none);
        let pin = self.memory.frozen(&self.page(), nth).or_else(|| match shown {
            _ if !is_new => None,
            Shown::Own => self.own_run(lab),
            Shown::Replayed => self.replayed_run(lab),
            Shown::Nothing => self.own_run(lab).filter(|_| ran),
        });
        if shown != Shown::Nothing {
            self.shown.borrow_mut().insert(id, shown);
        }
        if pin.is_some() {
            lab.pin.set(pin);
        }
    }

    /// Whether the talk has come past a Run of the page's `nth` lab.
    fn has_run(&self, nth: usize) -> bool {
        let (deck, found) = (self.deck.borrow(), self.found.borrow());
        let id = found.labs().get(nth).and_then(super::seen::Seen::instance);
        deck.past().any(|(host, step)| step.kind == StepKind::Run && found.lab_of(*host).and_then(|lab| lab.instance()) == id)
    }

    /// Keeps how each lab stands. On a lab's own page its choices are in the address.
    pub(super) fn keep_labs(&self) {
        let page = self.page();
        let is_lesson = self.found.borrow().signature.is_lesson();
        for (nth, seen) in self.found.borrow().labs().iter().enumerate() {
            let (Some(id), Some(lab)) = (seen.instance(), seen.backstage()) else { continue };
            let shown = self.shown.borrow().get(&id).copied().unwrap_or_default();
            let now = (if is_lesson { (lab.state)() } else { Permalink::default() }, shown);
            if self.labs_kept.borrow().get(&id) == Some(&now) {
                continue;
            }
            let state = if is_lesson { now.0.to_state() } else { String::new() };
            self.memory.keep_lab(&page, nth, &LabKept { state, shown });
            self.labs_kept.borrow_mut().insert(id, now);
        }
    }

    /// Does the past's steps again whose controls are there now. At an element whose step cannot be done yet, those behind it wait.
    pub(super) fn do_pending(&self) {
        let pending = std::mem::take(&mut *self.pending.borrow_mut());
        let (mut waiting, mut rest) = (HashSet::new(), Vec::new());
        let mut soon = false;
        for one in pending {
            if waiting.contains(&one.host) {
                rest.push(one);
                continue;
            }
            let redone = if one.is_over { Redone::Done } else { self.redo(&one) };
            let is_done = matches!(redone, Redone::Done | Redone::JustNow);
            if is_done {
                let found = self.found.borrow();
                found.note_done(one.host, found.done(one.host) + 1);
            }
            if redone != Redone::Done {
                waiting.insert(one.host);
            }
            soon |= matches!(redone, Redone::JustNow | Redone::Partly);
            if !is_done {
                rest.push(one);
            }
        }
        if soon && !rest.is_empty() {
            look_again_soon();
        }
        *self.pending.borrow_mut() = rest;
    }

    /// Does a step that the page is not ready for as soon as it is, behind those that wait at the same element.
    pub(super) fn wait_for(&self, host: usize, step: &Step) {
        self.pending.borrow_mut().push(Pending { host, step: step.clone(), nth: 0, settled: None, is_over: false });
    }

    /// Whether steps of an element wait.
    pub(super) fn waits_at(&self, host: usize) -> bool {
        self.pending.borrow().iter().any(|one| one.host == host)
    }

    /// Gives up a step that still waits; whether it did. One that has been done cannot be given up.
    pub(super) fn give_up(&self, host: usize, step: &Step) -> bool {
        let mut pending = self.pending.borrow_mut();
        let place = pending.iter().rposition(|one| one.host == host && one.step == *step);
        if let Some(place) = place {
            pending.remove(place);
        }
        place.is_some()
    }

    fn redo(&self, Pending { host, step, nth, settled, .. }: &Pending) -> Redone {
        let host = *host;
        let found = self.found.borrow();
        let entered = settled.as_ref().and_then(|one| Some((one, self.memory.guess(&found.signature.page, host, one.nth)?)));
        // What the room has chosen, and not what was offered last. The form knows at the next look what is entered now.
        if entered.is_some_and(|(one, value)| found.offer(host, &one.control, &value)) {
            return Redone::Partly;
        }
        let settle = |kind: &StepKind| if found.settle(host, kind) { Redone::JustNow } else { Redone::NotYet };
        match &step.kind {
            StepKind::Predict | StepKind::Answer => settle(&step.kind),
            StepKind::Offer(to) => {
                let _ = found.offer(host, &to.control, &to.to);
                Redone::Done
            }
            StepKind::Move(to) => {
                if self.slide(host, to, Before::Known) {
                    Redone::JustNow
                } else {
                    Redone::NotYet
                }
            }
            StepKind::Press(press) => self.press_again(host, press, *nth),
            StepKind::Walk(walk) => self.walk_again(host, walk),
            // A run comes back as its result.
            StepKind::Run | StepKind::Reveal(_) | StepKind::Part(_) | StepKind::Qr => Redone::Done,
        }
    }

    fn press_again(&self, host: usize, press: &Press, nth: u32) -> Redone {
        let found = self.found.borrow();
        if nth > 0 && found.pressed(host) >= nth {
            return Redone::Done;
        }
        if self.press(host, press) { Redone::JustNow } else { Redone::NotYet }
    }

    fn walk_again(&self, host: usize, walk: &Walk) -> Redone {
        let found = self.found.borrow();
        // Where nothing is kept, the step's own first line is known to be gone.
        let lines = self.memory.walked(&found.signature.page, host).max(1);
        let missing = lines.saturating_sub(found.gone(host));
        if missing == 0 {
            return self.show_lines(host, walk);
        }
        if !found.press(host, &walk.next) {
            return Redone::NotYet;
        }
        for _ in 1..missing {
            let _ = found.press(host, &walk.next);
        }
        Redone::JustNow
    }

    /// Has the lines shown that a link has brought.
    fn show_lines(&self, host: usize, walk: &Walk) -> Redone {
        let pressed = walk.via.as_deref().is_some_and(|via| self.found.borrow().press(host, via));
        if pressed { Redone::JustNow } else { Redone::Done }
    }

    /// Presses a button. One that was pressed before, may be pressed again, and is gone, has done its work: whether it has.
    pub(super) fn press(&self, host: usize, press: &Press) -> bool {
        // An answer that comes later would undo what a press has done meanwhile.
        if self.found.borrow().is_busy(host) {
            return false;
        }
        let key = (self.page(), host, press.button.clone());
        let pressed = self.found.borrow().press(host, &press.button);
        if pressed {
            self.pressed.borrow_mut().insert(key);
            return true;
        }
        press.back.is_none() && self.pressed.borrow().contains(&key)
    }

    /// Moves a slider, and keeps where it was; whether it was there.
    pub(super) fn slide(&self, host: usize, to: &Move, keep: Before) -> bool {
        let page = self.page();
        let Some(before) = self.found.borrow().slide(host, to) else { return false };
        let is_known = keep == Before::Known && self.memory.before(&page, host, to).is_some();
        if before != to.to && !is_known {
            self.memory.keep_before(&page, host, to, Some(before));
        }
        true
    }
}

/// Whether where a control stands is where it stood before its step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// It is: the step comes for the first time.
    Seen,
    /// It is not, if it was kept: the step is done again.
    Known,
}
