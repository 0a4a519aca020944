//! What a press on the stage does: the deck's orders carried out, and the keys beside it.

use super::{
    deck::{Order, Sheet},
    director::Director,
    keys::Intent,
    memory::Kept,
    place::clock_words,
    plan::{Move, Step, StepKind},
    rehearsal,
    steps::Seen,
};
use crate::labs::backstage::{Backstage, Hold, Pin, Place};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

impl Director {
    /// Does what the speaker wants, then brings everything up to date.
    pub(super) fn act(self: &Rc<Self>, intent: Intent) {
        self.note.borrow_mut().clear();
        self.wanted.set(None);
        let order = match intent {
            Intent::Next if self.walk(Way::On) => Order::Show,
            Intent::Previous if self.walk(Way::Back) => Order::Show,
            Intent::Next => {
                let status = self.status();
                self.deck.borrow_mut().next(status)
            }
            Intent::Previous => self.deck.borrow_mut().previous(),
            Intent::Escape => self.deck.borrow_mut().escape(),
            _ => Order::Show,
        };
        match order {
            Order::Show => self.beside(intent),
            Order::Wait => self.say("The run goes on."),
            Order::Perform(host, step) => self.perform(host, &step),
            Order::Undo(host, step) => self.undo(host, &step),
            Order::Replay(host) => {
                let lab = self.found.borrow().lab_of(host).and_then(|lab| lab.backstage());
                if let Some(lab) = lab {
                    self.replay(&lab);
                }
            }
            Order::Leave => return self.leave(),
        }
        self.refresh();
    }

    /// The keys that the deck's order does not depend on.
    fn beside(self: &Rc<Self>, intent: Intent) {
        match intent {
            Intent::Black => self.deck.borrow_mut().toggle_curtain(),
            Intent::Keys => self.deck.borrow_mut().toggle_sheet(Sheet::Keys),
            Intent::Qr => self.deck.borrow_mut().toggle_sheet(Sheet::Qr),
            Intent::Address => {
                self.deck.borrow_mut().toggle_sheet(Sheet::Address);
                focus_the_form();
            }
            Intent::Contrast => self.change_look(|talk| talk.contrast = !talk.contrast),
            Intent::LargeType => {
                self.change_look(|talk| talk.large = !talk.large);
                self.collect();
            }
            Intent::FullScreen => full_screen(),
            Intent::Speaker => open_speaker(),
            Intent::Rehearse => rehearsal::start(self),
            Intent::Run => self.with_lab(|this, seen, lab| this.run(&seen, &lab)),
            Intent::Reset => self.with_lab(|this, _, lab| {
                lab.pin.set(None);
                this.memory.forget(Kept::Frozen, &(lab.request)().input);
                (lab.reset)();
            }),
            Intent::Freeze => self.with_lab(|this, _, lab| this.freeze(&lab)),
            Intent::Replay => self.with_lab(|this, _, lab| this.toggle_replay(&lab)),
            Intent::Next | Intent::Previous | Intent::Escape => {}
            preset => {
                if let Some(place) = preset.preset() {
                    self.with_lab(|_, seen, _| seen.pick(place));
                }
            }
        }
    }

    fn with_lab(self: &Rc<Self>, act: impl FnOnce(&Rc<Self>, Seen, Backstage)) {
        let seen = self.found.borrow().lab(&self.deck.borrow());
        match seen.and_then(|seen| seen.backstage().map(|lab| (seen, lab))) {
            Some((seen, lab)) => act(self, seen, lab),
            None => self.say("There is no lab on this screen."),
        }
    }

    fn perform(self: &Rc<Self>, host: usize, step: &Step) {
        match &step.kind {
            StepKind::Predict => {
                self.keep_guess(host);
                self.found.borrow().settle(host, &step.kind);
            }
            StepKind::Answer => self.found.borrow().settle(host, &step.kind),
            StepKind::Offer(to) => self.found.borrow().offer(host, &to.control, &to.to),
            StepKind::Run => {
                let seen = self.found.borrow().lab_of(host);
                if let Some((seen, lab)) = seen.and_then(|seen| seen.backstage().map(|lab| (seen, lab))) {
                    self.run(&seen, &lab);
                }
            }
            StepKind::Move(to) => {
                if !self.slide(host, to) {
                    self.pending.borrow_mut().push((host, step.clone()));
                }
            }
            StepKind::Press(button) => {
                if !self.found.borrow().press(host, button) {
                    self.pending.borrow_mut().push((host, step.clone()));
                }
            }
            StepKind::Walk(_) => {
                let page = self.found.borrow().signature.page.clone();
                self.memory.keep_walked(&page, host, 0);
                if !self.walk(Way::On) {
                    self.memory.keep_walked(&page, host, 1);
                    self.pending.borrow_mut().push((host, step.clone()));
                }
            }
            StepKind::Reveal(_) | StepKind::Part(_) | StepKind::Qr | StepKind::Scroll(_) => {}
        }
    }

    /// Goes one line on or back in the program that the present step goes through, and keeps how many it has gone: a reload goes them again. Whether
    /// there was a line to go to.
    fn walk(&self, way: Way) -> bool {
        let (deck, found) = (self.deck.borrow(), self.found.borrow());
        let Some((host, Step { kind: StepKind::Walk(walk), .. })) = deck.step() else { return false };
        let gone = self.memory.walked(&found.signature.page, *host);
        let (button, then) = match way {
            Way::On => (&walk.next, gone + 1),
            // The step's first line was gone when the speaker came to it: before that, the step itself is taken back.
            Way::Back if gone > 1 => (&walk.back, gone - 1),
            Way::Back => return false,
        };
        let pressed = !deck.is_covered() && found.press(*host, button);
        if pressed {
            self.memory.keep_walked(&found.signature.page, *host, then);
        }
        pressed
    }

    /// Remembers what a guess is about to be settled at.
    fn keep_guess(&self, host: usize) {
        let found = self.found.borrow();
        let deck = self.deck.borrow();
        if let Some(value) = deck.guess_of(host).and_then(|control| found.offered(host, control)) {
            self.memory.keep_guess(&found.signature.page, host, &value);
        }
    }

    /// Moves a slider, and keeps where it was; whether it was there.
    pub(super) fn slide(&self, host: usize, to: &Move) -> bool {
        let Some(before) = self.found.borrow().slide(host, to) else { return false };
        if before != to.to {
            self.moved.borrow_mut().insert(format!("{host} {}", to.control), before);
        }
        true
    }

    fn undo(&self, host: usize, step: &Step) {
        self.pending.borrow_mut().clear();
        if let StepKind::Walk(walk) = &step.kind {
            let found = self.found.borrow();
            let _ = found.press(host, &walk.back);
            self.memory.keep_walked(&found.signature.page, host, 0);
        }
        if let StepKind::Move(to) = &step.kind {
            let before = self.moved.borrow_mut().remove(&format!("{host} {}", to.control));
            if let Some(before) = before {
                let _ = self.found.borrow().slide(host, &Move { to: before, ..to.clone() });
            }
        }
    }

    /// Runs the lab. What is frozen stays; a replayed result gives way.
    fn run(self: &Rc<Self>, seen: &Seen, lab: &Backstage) {
        match lab.pin.with_untracked(|pin| pin.as_ref().map(|pin| pin.hold)) {
            Some(Hold::Frozen) => return self.say("The result is frozen: Z lets it go."),
            Some(Hold::Replayed) => lab.pin.set(None),
            None => {}
        }
        seen.run();
        self.look_again_later();
    }

    /// Pins the result that is shown, or lets it go.
    fn freeze(&self, lab: &Backstage) {
        match lab.pin.get_untracked() {
            Some(pin) if pin.hold == Hold::Frozen => {
                lab.pin.set(None);
                self.memory.forget(Kept::Frozen, &pin.input);
                self.say("The result is no longer frozen.");
            }
            pinned => match pinned.or_else(|| lab.taken("a run of this device", &clock_words())) {
                Some(pin) => {
                    let pin = Pin { hold: Hold::Frozen, ..pin };
                    self.memory.keep(Kept::Frozen, &pin);
                    lab.pin.set(Some(pin));
                    self.say("Frozen: no run and no change replaces it until Z lets it go.");
                }
                None => self.say("There is no finished run to freeze."),
            },
        }
    }

    fn toggle_replay(&self, lab: &Backstage) {
        match lab.pin.with_untracked(|pin| pin.as_ref().map(|pin| pin.hold)) {
            None => self.replay(lab),
            Some(Hold::Replayed) => lab.pin.set(None),
            Some(Hold::Frozen) => self.say("The result is frozen: Z lets it go."),
        }
    }

    /// Shows a recorded run of the present choice: the rehearsal's, else the last one here, else the one that came with the site.
    fn replay(&self, lab: &Backstage) {
        let input = (lab.request)().input;
        let shipped = || {
            let found = lab.recorded.with_untracked(|all| all.iter().find(|one| one.shows(&input)).cloned());
            found.map(|recording| Pin { recording, input, hold: Hold::Replayed, place: Place::Elsewhere })
        };
        // A run that is too noisy to be shown is not replayed in its own place.
        let last = || self.memory.kept(Kept::Last, &input).filter(|_| !self.status().noisy);
        let kept = self.memory.kept(Kept::Rehearsed, &input).or_else(last).or_else(shipped);
        match kept {
            Some(pin) => lab.pin.set(Some(pin)),
            None => self.say("No run of this choice was recorded. Rehearse (W) to have one."),
        }
    }

    fn change_look(&self, change: impl FnOnce(&mut super::memory::Talk)) {
        change(&mut self.talk.borrow_mut());
        self.memory.keep_talk(&self.talk.borrow());
        self.dress();
    }

    pub(super) fn say(&self, note: &str) {
        note.clone_into(&mut self.note.borrow_mut());
    }
}

/// Where a program is gone through to.
#[derive(Clone, Copy)]
enum Way {
    On,
    Back,
}

/// Puts the focus into the form, once it is drawn: letters typed there are no keys of the stage.
fn focus_the_form() {
    request_animation_frame(|| {
        let field = document().query_selector("#stage input").ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}

fn full_screen() {
    let document = document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(root) = document.document_element() {
        // The browser may refuse; then the window stays as it is.
        let _ = root.request_fullscreen();
    }
}

fn open_speaker() {
    let location = window().location();
    let address = format!("{}?speaker=1", location.pathname().unwrap_or_default());
    // A blocked window can be opened by hand: its address is the page's with ?speaker=1.
    let _ = window().open_with_url_and_target_and_features(&address, "ferroscope-speaker", "width=1100,height=800");
}
