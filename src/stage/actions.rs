//! What a press on the stage does: the deck's orders carried out, and the keys beside it.

use super::{
    deck::{Order, Sheet},
    director::Director,
    keys::Intent,
    past::Before,
    plan::{Move, Press, Step, StepKind},
    rehearsal,
    seen::Seen,
};
use crate::{
    embed::choice::{Choice, presets_of},
    labs::backstage::Backstage,
};
use leptos::prelude::*;
use std::{rc::Rc, time::Duration};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

impl Director {
    /// Does what the speaker wants, then brings everything up to date.
    pub(super) fn act(self: &Rc<Self>, intent: Intent) {
        self.note.borrow_mut().clear();
        self.wanted.set(None);
        let order = match intent {
            Intent::Next if self.go_down() => Order::Show,
            Intent::Previous if self.deck.borrow_mut().go_up() => Order::Show,
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
            Order::Undo(host, step, again) => {
                self.undo(host, &step);
                if let Some(again) = again {
                    self.do_again(host, &again);
                }
            }
            Order::Again(host, step) => self.do_again(host, &step),
            Order::Replay => self.with_lab(|this, seen, lab| this.replay(&seen, &lab)),
            Order::Leave => return self.leave(),
        }
        self.refresh();
    }

    /// Shows what lies below of the present screen, before the next beat; whether there was anything.
    fn go_down(&self) -> bool {
        let sight = self.found.borrow().sight(&self.deck.borrow());
        self.deck.borrow_mut().go_down(sight)
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
            Intent::FullScreen => self.toggle_full_screen(),
            Intent::Speaker => open_speaker(),
            Intent::Rehearse => rehearsal::start(self),
            Intent::Run => self.with_lab(|this, seen, lab| this.run(&seen, &lab)),
            Intent::Reset => self.with_lab(|this, seen, lab| this.reset(&seen, &lab)),
            Intent::Freeze => self.with_lab(|this, seen, lab| this.freeze(&seen, &lab)),
            Intent::Replay => self.with_lab(|this, seen, lab| this.toggle_replay(&seen, &lab)),
            Intent::Next | Intent::Previous | Intent::Escape => {}
            preset => {
                if let Some(place) = preset.preset() {
                    self.with_lab(|this, _, lab| this.open_preset(&lab, place));
                }
            }
        }
    }

    /// Opens one of the lab's presets; what else was chosen stays.
    fn open_preset(&self, lab: &Backstage, place: usize) {
        let presets = presets_of(lab.lab);
        let Some((slug, _)) = presets.get(place) else {
            return self.say(&format!("This lab has {} presets.", presets.len()));
        };
        let mut choice = Choice { state: (lab.state)(), ..Choice::of(lab.lab) };
        choice.choose_preset(Some(slug));
        (lab.open)(choice.state);
    }

    fn with_lab(self: &Rc<Self>, act: impl FnOnce(&Rc<Self>, Seen, Backstage)) {
        let seen = self.found.borrow().lab_at_hand(&self.deck.borrow());
        match seen.and_then(|seen| seen.backstage().map(|lab| (seen, lab))) {
            Some((seen, lab)) => act(self, seen, lab),
            None => self.say("There is no lab on this screen."),
        }
    }

    /// The seed of the lab at hand, else of the page's first: it is always to be seen, and in the address.
    pub(super) fn seed(&self) -> Option<String> {
        let found = self.found.borrow();
        let seen = found.lab_at_hand(&self.deck.borrow()).or_else(|| found.labs().into_iter().next());
        seen.and_then(|seen| seen.backstage()).map(|lab| (lab.request)().seed.0.to_string())
    }

    fn perform(self: &Rc<Self>, host: usize, step: &Step) {
        if self.waits_at(host) {
            return self.wait_for(host, step);
        }
        let is_done = match &step.kind {
            StepKind::Predict => {
                self.keep_guess(host);
                self.found.borrow().settle(host, &step.kind)
            }
            StepKind::Answer => self.found.borrow().settle(host, &step.kind),
            StepKind::Offer(to) => {
                let _ = self.found.borrow().offer(host, &to.control, &to.to);
                true
            }
            StepKind::Run => {
                let seen = self.found.borrow().lab_of(host);
                if let Some((seen, lab)) = seen.and_then(|seen| seen.backstage().map(|lab| (seen, lab))) {
                    self.run(&seen, &lab);
                }
                true
            }
            StepKind::Move(to) => self.slide(host, to, Before::Seen),
            StepKind::Press(press) => {
                self.keep_guess(host);
                self.press(host, press)
            }
            StepKind::Walk(walk) => {
                let (page, gone) = (self.page(), self.found.borrow().gone(host));
                self.memory.keep_walked(&page, host, gone);
                let shown = gone > 0 && walk.via.as_deref().is_some_and(|via| self.found.borrow().press(host, via));
                let is_done = shown || self.walk(Way::On);
                if !is_done {
                    self.memory.keep_walked(&page, host, gone.max(1));
                }
                is_done
            }
            StepKind::Reveal(_) | StepKind::Part(_) | StepKind::Qr => true,
        };
        if !is_done {
            self.wait_for(host, step);
        }
    }

    /// Does a step once more that may be done again: what it showed is shown again. Where its button is gone, it is shown still.
    fn do_again(&self, host: usize, step: &Step) {
        if let StepKind::Press(press) = &step.kind {
            let _ = self.press(host, press);
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

    /// Remembers what a guess is about to be settled at, if the present step settles one.
    fn keep_guess(&self, host: usize) {
        let found = self.found.borrow();
        let settled = self.deck.borrow().settles();
        if let Some((settled, value)) = settled.and_then(|one| found.offered(host, &one.control).map(|value| (one, value))) {
            self.memory.keep_guess(&found.signature.page, host, settled.nth, &value);
        }
    }

    fn undo(&self, host: usize, step: &Step) {
        // What has not been done yet needs no taking back.
        if self.give_up(host, step) {
            return;
        }
        let page = self.page();
        match &step.kind {
            StepKind::Walk(walk) => {
                let _ = self.found.borrow().press(host, &walk.back);
                self.memory.keep_walked(&page, host, 0);
            }
            StepKind::Press(Press { back: Some(back), .. }) => {
                let _ = self.found.borrow().press(host, back);
            }
            StepKind::Move(to) => {
                if let Some(before) = self.memory.before(&page, host, to) {
                    self.memory.keep_before(&page, host, to, None);
                    let _ = self.found.borrow().slide(host, &Move { to: before, ..to.clone() });
                }
            }
            _ => {}
        }
    }

    fn change_look(&self, change: impl FnOnce(&mut super::memory::Talk)) {
        change(&mut self.talk.borrow_mut());
        self.memory.keep_talk(&self.talk.borrow());
        self.dress();
    }

    fn toggle_full_screen(&self) {
        let fills = document().fullscreen_element().is_some();
        if fills {
            document().exit_fullscreen();
        } else {
            fill_screen();
        }
        self.change_look(|talk| talk.full = !fills);
    }

    /// Fills the screen again at the first key after a reload: a browser lets a page do so only then.
    pub(super) fn fill_screen_again(&self) {
        if self.is_refilled.replace(true) {
            return;
        }
        if self.talk.borrow().full && document().fullscreen_element().is_none() {
            fill_screen();
        }
    }

    /// Notes that the browser's own key has ended full screen. A page that is being left has no time to.
    pub(super) fn note_full_screen(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let note = move || {
            if this.stands() && document().fullscreen_element().is_none() && this.talk.borrow().full {
                this.change_look(|talk| talk.full = false);
            }
        };
        set_timeout(note, Duration::from_millis(500));
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

fn fill_screen() {
    if let Some(root) = document().document_element() {
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
