//! The stage at work: it owns the deck, looks at the page whenever something changed there, and keeps page, address, overlay and speaker's window
//! at what the deck says. What a press does is in `actions`.

use super::{
    channel::{Channel, Message},
    deck::{Deck, LabPhase, LabStatus, PATIENCE_MS, Sheet},
    keys::{Focus, Press},
    memory::{Kept, Memory, Talk},
    place::{clock_words, focus_of, is_doubt, now, query, set_query, stay_awake},
    plan::StepKind,
    steps::{self, Found, Pending, Seen},
    view::{Overlay, overlay_view},
};
use crate::{
    app::Site,
    state::public_address::{self, PublicAddress},
};
use js_sys::Array;
use leptos::{mount::mount_to, prelude::*};
use std::{
    any::Any,
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, HtmlElement, KeyboardEvent, MutationObserver, MutationObserverInit};

thread_local! {
    static STAGE: RefCell<Option<Rc<Director>>> = const { RefCell::new(None) };
}

/// The running stage.
pub(super) struct Director {
    pub(super) deck: RefCell<Deck>,
    pub(super) found: RefCell<Found>,
    pub(super) memory: Memory,
    pub(super) talk: RefCell<Talk>,
    pub(super) note: RefCell<String>,
    pub(super) rehearsal: RefCell<String>,
    /// Where sliders stood before their step.
    pub(super) moved: RefCell<HashMap<String, String>>,
    /// Steps of the past that a reload does again, once their controls are there.
    pub(super) pending: RefCell<Vec<Pending>>,
    pub(super) owner: Owner,
    pub(super) site: Site,
    overlay: RwSignal<Overlay>,
    channel: RefCell<Option<Channel>>,
    /// When each lab's present run began, by `performance.now`.
    running_since: RefCell<HashMap<u32, f64>>,
    /// Runs that were kept already.
    kept: RefCell<HashMap<u32, LabPhase>>,
    /// Where the address says that the talk stands, until the first press.
    pub(super) wanted: Cell<Option<usize>>,
    /// What ends when the stage ends: listeners, the observer, the overlay.
    hands: RefCell<Vec<Box<dyn Any>>>,
}

/// Starts the stage on the page that is open.
pub(super) fn start(site: Site) {
    if STAGE.with_borrow(Option::is_some) {
        return;
    }
    let owner = Owner::new();
    let overlay = owner.with(|| {
        provide_context(site.clone());
        RwSignal::new(Overlay::default())
    });
    let memory = Memory::default();
    let mut talk = memory.talk();
    if talk.began <= 0.0 {
        talk.began = js_sys::Date::now();
    }
    memory.keep_talk(&talk);
    let director = Rc::new(Director {
        deck: RefCell::new(Deck::new(Vec::new(), 0)),
        found: RefCell::default(),
        memory,
        talk: RefCell::new(talk),
        note: RefCell::default(),
        rehearsal: RefCell::default(),
        moved: RefCell::default(),
        pending: RefCell::default(),
        owner,
        site,
        overlay,
        channel: RefCell::new(None),
        running_since: RefCell::default(),
        kept: RefCell::default(),
        wanted: Cell::new(query("step").and_then(|step| step.parse().ok())),
        hands: RefCell::default(),
    });
    STAGE.set(Some(Rc::clone(&director)));
    director.take_the_page();
}

impl Director {
    fn take_the_page(self: &Rc<Self>) {
        self.dress();
        if let Some(body) = document().body() {
            let (overlay, this) = (self.overlay, Rc::clone(self));
            let address = UnsyncCallback::new(move |public: String| this.set_public(&public));
            self.hold(mount_to(body.unchecked_into::<HtmlElement>(), move || overlay_view(overlay, address)));
        }
        let this = Rc::clone(self);
        *self.channel.borrow_mut() =
            Channel::open(&window().location().pathname().unwrap_or_default(), move |message| match message {
                Message::Ask => this.refresh(),
                Message::Press(intent) => this.act(intent),
                Message::State(_) => {}
            });
        let this = Rc::clone(self);
        self.listen("keydown", move |event: KeyboardEvent| this.key(&event));
        let this = Rc::clone(self);
        self.listen("resize", move |_: web_sys::Event| {
            this.collect();
            this.refresh();
        });
        self.listen("visibilitychange", move |_: web_sys::Event| {
            if document().visibility_state() == web_sys::VisibilityState::Visible {
                stay_awake();
            }
        });
        self.observe();
        stay_awake();
        self.refresh();
    }

    /// Ends the stage: the page is as it was.
    pub(super) fn leave(&self) {
        STAGE.set(None);
        self.found.borrow().release();
        self.channel.borrow_mut().take();
        let hands = std::mem::take(&mut *self.hands.borrow_mut());
        // Later: one of them may be the listener that called this.
        leptos::task::spawn_local(async move { drop(hands) });
        if let Some(root) = document().document_element() {
            for name in ["data-stage", "data-stage-contrast", "data-stage-type"] {
                let _ = root.remove_attribute(name);
            }
        }
        set_query(&[("stage", None), ("step", None)]);
    }

    /// Puts the stage's style on the page.
    pub(super) fn dress(&self) {
        let Some(root) = document().document_element() else { return };
        let talk = self.talk.borrow();
        let _ = root.set_attribute("data-stage", "on");
        let _ = root.set_attribute("data-stage-contrast", if talk.contrast { "high" } else { "normal" });
        let _ = root.set_attribute("data-stage-type", if talk.large { "large" } else { "normal" });
    }

    /// Makes screens of what is on the page.
    pub(super) fn collect(&self) {
        let Some(signature) = steps::signature() else { return };
        let before = self.found.borrow().signature.page.clone();
        let is_same_page = before == signature.page;
        if !is_same_page && !before.is_empty() {
            self.wanted.set(None);
        }
        let (found, screens) = steps::collect(signature);
        *self.found.borrow_mut() = found;
        if is_same_page && self.wanted.get().is_none() {
            self.deck.borrow_mut().repack(screens);
            return;
        }
        let deck = Deck::new(screens, self.wanted.get().unwrap_or_default());
        // A reload does again what does not last by itself; runs come back as recorded ones.
        *self.pending.borrow_mut() = deck.past().cloned().collect();
        *self.deck.borrow_mut() = deck;
    }

    /// Looks at the page and brings everything to what the deck says.
    pub(super) fn refresh(&self) {
        let Some(signature) = steps::signature() else { return };
        if self.found.borrow().signature != signature {
            self.collect();
        }
        self.do_pending();
        self.keep_finished_runs();
        self.found.borrow().apply(&self.deck.borrow());
        let at = self.deck.borrow().at();
        set_query(&[("stage", Some("1".to_owned())), ("step", Some(at.to_string()))]);
        let state = self.state();
        self.overlay.set(self.draw(&state));
        if let Some(channel) = &*self.channel.borrow() {
            channel.say(&Message::State(Box::new(state)));
        }
    }

    /// What the deck must know of the present screen's lab.
    pub(super) fn status(&self) -> LabStatus {
        self.found.borrow().lab(&self.deck.borrow()).map(|lab| self.status_of(&lab)).unwrap_or_default()
    }

    pub(super) fn status_of(&self, lab: &Seen) -> LabStatus {
        let since = lab.instance().and_then(|id| self.running_since.borrow().get(&id).copied());
        let backstage = lab.backstage();
        let noisy = backstage.as_ref().and_then(|lab| {
            lab.runner.run().try_with_untracked(|run| Some(run.as_ref()?.report()?.notes.iter().copied().any(is_doubt)))?
        });
        LabStatus {
            phase: lab.phase(),
            running_ms: since.map_or(0.0, |since| now() - since),
            noisy: noisy.unwrap_or_default(),
            pinned: backstage.is_some_and(|lab| lab.pin.with_untracked(Option::is_some)),
        }
    }

    /// Notes when runs begin, and keeps those that ended well.
    fn keep_finished_runs(&self) {
        for lab in self.found.borrow().labs() {
            let (Some(id), Some(backstage)) = (lab.instance(), lab.backstage()) else { continue };
            let phase = lab.phase();
            let before = self.kept.borrow_mut().insert(id, phase);
            if before == Some(phase) {
                continue;
            }
            match phase {
                LabPhase::Running => {
                    self.running_since.borrow_mut().insert(id, now());
                }
                LabPhase::Done => {
                    if let Some(pin) = backstage.taken("a run of this device", &clock_words()) {
                        self.memory.keep(Kept::Last, &pin);
                    }
                }
                LabPhase::Idle | LabPhase::Stale | LabPhase::Failed => {}
            }
        }
    }

    /// Does the past's steps again whose controls are there now.
    fn do_pending(&self) {
        let pending = std::mem::take(&mut *self.pending.borrow_mut());
        let rest = pending.into_iter().filter(|(host, step)| !self.redo(*host, &step.kind)).collect();
        *self.pending.borrow_mut() = rest;
    }

    fn redo(&self, host: usize, kind: &StepKind) -> bool {
        match kind {
            StepKind::Predict => {
                let found = self.found.borrow();
                let (deck, kept) = (self.deck.borrow(), self.memory.guess(&found.signature.page, host));
                if let (Some(control), Some(value)) = (deck.guess_of(host), kept) {
                    found.offer(host, control, &value);
                }
                // In the next frame: the form does not yet know what has just been entered.
                request_animation_frame(move || settle_guess(host));
            }
            StepKind::Answer => self.found.borrow().settle(host, kind),
            StepKind::Offer(to) => self.found.borrow().offer(host, &to.control, &to.to),
            StepKind::Move(to) => return self.slide(host, to),
            StepKind::Press(button) => return self.found.borrow().press(host, button),
            StepKind::Walk(walk) => {
                let found = self.found.borrow();
                let lines = self.memory.walked(&found.signature.page, host);
                let missing = lines.saturating_sub(found.gone(host));
                // Not there yet, or all of them: the first press tells.
                return missing == 0
                    || (0..missing).map(|_| found.press(host, &walk.next)).fold(false, |any, pressed| any | pressed);
            }
            StepKind::Run => {
                let backstage = self.found.borrow().lab_of(host).and_then(|lab| lab.backstage());
                if let Some(lab) = backstage.filter(|lab| lab.pin.with_untracked(Option::is_none)) {
                    let input = (lab.request)().input;
                    let kept = self.memory.kept(Kept::Frozen, &input).or_else(|| self.memory.kept(Kept::Last, &input));
                    if kept.is_some() {
                        lab.pin.set(kept);
                    }
                }
            }
            StepKind::Reveal(_) | StepKind::Part(_) | StepKind::Qr | StepKind::Scroll(_) => {}
        }
        true
    }

    /// Takes in the public address that the speaker entered; an empty one goes back to what the build was told.
    fn set_public(&self, entered: &str) {
        let chosen = if entered.trim().is_empty() { Ok(None) } else { entered.parse::<PublicAddress>().map(Some) };
        match chosen {
            Ok(address) => {
                public_address::choose(address);
                self.deck.borrow_mut().sheet = Sheet::None;
                self.say("");
            }
            Err(error) => self.say(&error.to_string()),
        }
        self.refresh();
    }

    fn key(self: &Rc<Self>, event: &KeyboardEvent) {
        let focus =
            event.target().and_then(|target| target.dyn_into::<Element>().ok()).map_or(Focus::Page, |target| focus_of(&target));
        let command = event.ctrl_key() || event.alt_key() || event.meta_key();
        let key = event.key();
        if let Some(intent) = (Press { key: &key, shift: event.shift_key(), command, focus }).intent() {
            event.prevent_default();
            event.stop_propagation();
            self.act(intent);
        }
    }

    /// Listens on the window, before whatever has the focus.
    fn listen<E: JsCast + 'static>(&self, name: &'static str, heard: impl Fn(E) + 'static) {
        let closure = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| heard(event.unchecked_into()));
        let _ = window().add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
        self.hold(Listening(name, closure));
    }

    fn observe(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let closure = Closure::<dyn Fn(Array)>::new(move |_: Array| this.refresh());
        let (Ok(observer), Some(main)) =
            (MutationObserver::new(closure.as_ref().unchecked_ref()), document().get_element_by_id("content"))
        else {
            return;
        };
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        what.set_attribute_filter(
            &["data-state", "data-provenance"].iter().map(|name| JsValue::from_str(name)).collect::<Array>(),
        );
        let _ = observer.observe_with_options(&main, &what);
        self.hold(Observing(observer, closure));
    }

    /// Looks again when a run that has just begun would have lasted too long.
    pub(super) fn look_again_later(self: &Rc<Self>) {
        let this = Rc::clone(self);
        set_timeout(move || this.refresh(), Duration::from_secs_f64((PATIENCE_MS + 50.0) / 1000.0));
    }

    fn hold(&self, thing: impl Any) {
        self.hands.borrow_mut().push(Box::new(thing));
    }
}

/// Settles a guess on the stage, if there is still one.
fn settle_guess(host: usize) {
    STAGE.with_borrow(|stage| {
        if let Some(stage) = stage {
            stage.found.borrow().settle(host, &StepKind::Predict);
        }
    });
}

/// A listener on the window, for as long as this lives.
struct Listening(&'static str, Closure<dyn Fn(web_sys::Event)>);

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = window().remove_event_listener_with_callback_and_bool(self.0, self.1.as_ref().unchecked_ref(), true);
    }
}

/// An observer of the page, for as long as this lives.
struct Observing(MutationObserver, #[allow(dead_code, reason = "the observer calls it")] Closure<dyn Fn(Array)>);

impl Drop for Observing {
    fn drop(&mut self) {
        self.0.disconnect();
    }
}
