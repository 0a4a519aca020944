//! The stage at work: it owns the deck, looks at the page whenever something changed there, and keeps page, address, overlay and speaker's window
//! at what the deck says. What a press does is in `actions`.

use super::{
    channel::{Channel, Message},
    deck::{Deck, LabPhase, PATIENCE_MS, Sheet},
    keys::{Focus, Press},
    memory::{Memory, Shown, Talk},
    past::{Pending, Restored},
    place::{Awake, focus_of, left_at, query, set_query},
    steps::{self, Found},
    view::{Overlay, overlay_view},
};
use crate::{
    app::Site,
    state::{
        permalink::Permalink,
        public_address::{self, PublicAddress},
    },
};
use js_sys::Array;
use leptos::{mount::mount_to, prelude::*};
use std::{
    any::Any,
    cell::{Cell, RefCell},
    collections::{HashMap, HashSet},
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, HtmlElement, KeyboardEvent, MutationObserver, MutationObserverInit};

thread_local! {
    static STAGE: RefCell<Option<Rc<Director>>> = const { RefCell::new(None) };
    /// Whether a stage has stood on this page since it was loaded.
    static STOOD: Cell<bool> = const { Cell::new(false) };
}

/// The attributes whose changes the stage looks at, beside everything that comes and goes.
const WATCHED: [&str; 9] =
    ["data-state", "data-provenance", "data-steps", "data-walked", "data-pressed", "data-watch", "hidden", "disabled", "open"];

/// The running stage.
pub(super) struct Director {
    pub(super) deck: RefCell<Deck>,
    pub(super) found: RefCell<Found>,
    pub(super) memory: Memory,
    pub(super) talk: RefCell<Talk>,
    pub(super) note: RefCell<String>,
    pub(super) rehearsal: RefCell<String>,
    /// Steps that wait for their controls: of the past, after a reload, or of the present.
    pub(super) pending: RefCell<Vec<Pending>>,
    /// Buttons that were pressed since the page was loaded: the page, whose they are, their selector.
    pub(super) pressed: RefCell<HashSet<(String, usize, String)>>,
    /// How far bringing each lab back has come.
    pub(super) restored: RefCell<HashMap<u32, Restored>>,
    /// What each lab shows.
    pub(super) shown: RefCell<HashMap<u32, Shown>>,
    /// What was kept of each lab last.
    pub(super) labs_kept: RefCell<HashMap<u32, (Permalink, Shown)>>,
    /// Whether the talk begins here, or goes on after a reload.
    pub(super) arrival: Cell<Arrival>,
    pub(super) owner: Owner,
    pub(super) site: Site,
    overlay: RwSignal<Overlay>,
    channel: RefCell<Option<Channel>>,
    /// When each lab's present run began, by `performance.now`.
    pub(super) running_since: RefCell<HashMap<u32, f64>>,
    /// How each lab's run stood when it was last looked at.
    pub(super) phases: RefCell<HashMap<u32, LabPhase>>,
    /// Where the address says that the talk stands, until the first press.
    pub(super) wanted: Cell<Option<usize>>,
    awake: Awake,
    /// Whether a key has been pressed since the page was loaded.
    pub(super) is_refilled: Cell<bool>,
    /// What ends when the stage ends: listeners, the observer, the overlay.
    hands: RefCell<Vec<Box<dyn Any>>>,
}

/// How the stage came to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// The talk begins.
    Anew,
    /// It goes on where it was, on a page that was loaded anew.
    Back,
    /// It goes on where it was left, on the page as it stands.
    Again,
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
    let wanted = query("step").and_then(|step| step.parse().ok()).or_else(left_at);
    let director = Rc::new(Director {
        deck: RefCell::new(Deck::new(Vec::new(), 0)),
        found: RefCell::default(),
        memory,
        talk: RefCell::new(talk),
        note: RefCell::default(),
        rehearsal: RefCell::default(),
        pending: RefCell::default(),
        pressed: RefCell::default(),
        restored: RefCell::default(),
        shown: RefCell::default(),
        labs_kept: RefCell::default(),
        arrival: Cell::new(match wanted {
            None => Arrival::Anew,
            Some(_) if STOOD.get() => Arrival::Again,
            Some(_) => Arrival::Back,
        }),
        owner,
        site,
        overlay,
        channel: RefCell::new(None),
        running_since: RefCell::default(),
        phases: RefCell::default(),
        wanted: Cell::new(wanted),
        awake: Awake::default(),
        is_refilled: Cell::new(false),
        hands: RefCell::default(),
    });
    STOOD.set(true);
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
        let awake = self.awake.clone();
        self.listen("visibilitychange", move |_: web_sys::Event| {
            if document().visibility_state() == web_sys::VisibilityState::Visible {
                awake.ask();
            }
        });
        let this = Rc::clone(self);
        self.listen("fullscreenchange", move |_: web_sys::Event| this.note_full_screen());
        self.observe();
        self.awake.ask();
        self.refresh();
    }

    /// Ends the stage: the page is as it was. A reload of it, or the stage's key, comes back to this step.
    pub(super) fn leave(&self) {
        STAGE.set(None);
        self.awake.release();
        self.note_the_past();
        let at = self.deck.borrow().at();
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
        set_query(&[("stage", None), ("step", None), ("down", None), ("seed", None)], Some(at));
    }

    /// The page that the screens were made of, for what is kept of it.
    pub(super) fn page(&self) -> String {
        self.found.borrow().signature.page.clone()
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
            self.arrival.set(Arrival::Anew);
        }
        let (found, screens) = steps::collect(signature);
        *self.found.borrow_mut() = found;
        if is_same_page && self.wanted.get().is_none() {
            self.deck.borrow_mut().repack(screens);
            return;
        }
        let mut deck = Deck::new(screens, self.wanted.get().unwrap_or_default());
        deck.stand_at(
            query("down").filter(|_| self.wanted.get().is_some()).and_then(|down| down.parse().ok()).unwrap_or_default(),
        );
        *self.deck.borrow_mut() = deck;
        // A reload does again what does not last by itself; runs come back as recorded ones.
        self.await_the_past();
    }

    /// Whether it is the stage that stands: a timer may outlive the stage that set it.
    pub(super) fn stands(self: &Rc<Self>) -> bool {
        STAGE.with_borrow(|stage| stage.as_ref().is_some_and(|stage| Rc::ptr_eq(stage, self)))
    }

    /// Looks at the page and brings everything to what the deck says.
    pub(super) fn refresh(self: &Rc<Self>) {
        if !self.stands() {
            return;
        }
        let Some(signature) = steps::signature() else { return };
        if self.found.borrow().signature != signature {
            self.collect();
        }
        if self.restore_labs() {
            self.do_pending();
            self.keep_finished_runs();
            self.keep_labs();
        }
        self.found.borrow().apply(&self.deck.borrow());
        let (at, down) = (self.deck.borrow().at(), self.deck.borrow().down());
        let changes = [
            ("stage", Some("1".to_owned())),
            ("step", Some(at.to_string())),
            ("down", (down > 0).then(|| down.to_string())),
            ("seed", self.seed()),
        ];
        set_query(&changes, None);
        let state = self.state();
        self.overlay.set(self.draw(&state));
        if let Some(channel) = &*self.channel.borrow() {
            channel.say(&Message::State(Box::new(state)));
        }
    }

    /// Takes in the public address that the speaker entered; an empty one goes back to what the build was told.
    fn set_public(self: &Rc<Self>, entered: &str) {
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
        self.fill_screen_again();
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
        what.set_attribute_filter(&WATCHED.iter().map(|name| JsValue::from_str(name)).collect::<Array>());
        what.set_character_data(true);
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

/// Has the stage, if it still stands, look again once the page has answered to what has just been done there.
pub(super) fn look_again_soon() {
    let look = || {
        if let Some(stage) = STAGE.with_borrow(Clone::clone) {
            stage.refresh();
        }
    };
    // A timer and no frame: a window that is covered draws none.
    set_timeout(look, Duration::from_millis(20));
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
