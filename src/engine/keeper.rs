//! Carries out what the offline machine ([`super::offline`]) decides: registers the service worker, asks it, hears what becomes of it.
//!
//! Where service workers are missing or denied (a sandboxed frame, plain http, a private window) it says so and nothing else happens: no error
//! of theirs may reach the page. It starts only some seconds after the page stands, when that is idle.

use super::Manifest;
use super::offline::{DataUse, Errand, Happening, Machine, Offline, Told, Which};
use crate::components::later::once_in_place;
use js_sys::{Object, Reflect};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    EventTarget, MessageChannel, MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

/// The service worker, from the site's root.
const WORKER: &str = "sw.js";
/// How long the reader has the page, its line and its processor for themselves once it stands: to hash and fetch some hundred files takes both.
const SETTLING: Duration = Duration::from_secs(4);

/// What keeps the site for offline use, on the page's side.
pub struct Keeper {
    machine: RefCell<Machine>,
    shown: RwSignal<Offline>,
    container: ServiceWorkerContainer,
    root: String,
    registration: RefCell<Option<ServiceWorkerRegistration>>,
    /// Whether this page has been served by a service worker: the first one's arrival replaces nothing.
    served: Cell<bool>,
}

impl Keeper {
    /// Starts where that is allowed; `shown` follows the machine from then on. Only in a browser.
    pub fn start(manifest: &Manifest, shown: RwSignal<Offline>) -> Option<Rc<Self>> {
        let allowed = manifest.offline().filter(|_| !is_embedded(manifest)).zip(container());
        let Some((total, container)) = allowed else {
            shown.set(Offline::Unsupported);
            return None;
        };
        let machine = Machine::new(manifest.build_text().to_owned(), data_use(), total);
        let served = Cell::new(container.controller().is_some());
        let root = manifest.address("");
        let keeper = Rc::new(Self { machine: machine.into(), shown, container, root, registration: None.into(), served });
        keeper.hear(&keeper.container, "controllerchange", |keeper| {
            if keeper.served.replace(true) {
                keeper.on(Happening::TakenOver);
            }
        });
        keeper.hear(&window(), "online", |keeper| keeper.on(Happening::Online));
        let started = Rc::clone(&keeper);
        when_idle(move || started.begin());
        Some(keeper)
    }

    /// The reader pressed the button.
    pub fn press(self: &Rc<Self>) {
        self.on(Happening::Pressed);
    }

    fn on(self: &Rc<Self>, happening: Happening) {
        let errand = self.machine.borrow_mut().on(happening);
        let state = self.machine.borrow().state().clone();
        // The footer may be gone; the work is then done unseen.
        if self.shown.try_get_untracked().is_some_and(|shown| shown != state) {
            self.shown.set(state);
        }
        match errand {
            Some(Errand::Register) => self.register(),
            Some(Errand::Look(which)) => self.ask(which, "look"),
            Some(Errand::Fill(which)) => self.ask(which, "fill"),
            Some(Errand::TakeOver) => {
                if let Some(worker) = self.worker(Which::Waiting) {
                    let _ = worker.post_message(&"take-over".into());
                }
            }
            Some(Errand::Reload) => {
                let _ = window().location().reload();
            }
            None => {}
        }
    }

    fn begin(self: &Rc<Self>) {
        let keeper = Rc::clone(self);
        leptos::task::spawn_local(async move {
            let found = JsFuture::from(keeper.container.get_registration_with_document_url(&keeper.root)).await;
            let registered = found.is_ok_and(|found| {
                // Another site's worker may serve a folder above this one.
                found.dyn_into::<ServiceWorkerRegistration>().is_ok_and(|found| found.scope() == keeper.root)
            });
            keeper.on(Happening::Idle { registered });
        });
    }

    fn register(self: &Rc<Self>) {
        let keeper = Rc::clone(self);
        let options = RegistrationOptions::new();
        options.set_scope(&self.root);
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let promise = self.container.register_with_options(&format!("{}{WORKER}", self.root), &options);
        leptos::task::spawn_local(async move {
            match JsFuture::from(promise).await.map(JsCast::dyn_into::<ServiceWorkerRegistration>) {
                Ok(Ok(registration)) => keeper.watch(&registration),
                Ok(Err(_)) | Err(_) => keeper.on(Happening::Refused),
            }
        });
    }

    fn watch(self: &Rc<Self>, registration: &ServiceWorkerRegistration) {
        let is_new = self.registration.replace(Some(registration.clone())).is_none();
        if is_new {
            self.hear(registration, "updatefound", Self::watch_installing);
            // A page that stays open for days hears of new releases when the reader comes back to it.
            self.hear(&document(), "visibilitychange", Self::look_for_release);
        }
        self.watch_installing();
        for which in [Which::Active, Which::Waiting] {
            if self.worker(which).is_some() {
                self.on(Happening::Found(which));
            }
        }
    }

    fn watch_installing(self: &Rc<Self>) {
        let installing = self.registration.borrow().as_ref().and_then(ServiceWorkerRegistration::installing);
        let Some(worker) = installing else { return };
        let watched = worker.clone();
        self.hear(&worker, "statechange", move |keeper| match watched.state() {
            ServiceWorkerState::Installed if keeper.worker(Which::Active).is_some() => {
                keeper.on(Happening::Found(Which::Waiting));
            }
            ServiceWorkerState::Activated => keeper.on(Happening::Found(Which::Active)),
            ServiceWorkerState::Redundant if keeper.worker(Which::Active).is_none() => keeper.on(Happening::NotInstalled),
            _ => {}
        });
    }

    fn look_for_release(self: &Rc<Self>) {
        if document().visibility_state() != web_sys::VisibilityState::Visible {
            return;
        }
        let update = self.registration.borrow().as_ref().and_then(|registration| registration.update().ok());
        if let Some(update) = update {
            leptos::task::spawn_local(async move {
                // Without a network there is nothing new, and nothing to say.
                let _ = JsFuture::from(update).await;
            });
        }
    }

    fn worker(&self, which: Which) -> Option<ServiceWorker> {
        let registration = self.registration.borrow();
        let registration = registration.as_ref()?;
        match which {
            Which::Active => registration.active(),
            Which::Waiting => registration.waiting(),
        }
    }

    /// Asks a service worker; what it answers comes as [`Happening::Told`].
    fn ask(self: &Rc<Self>, which: Which, question: &str) {
        let (Some(worker), Ok(channel)) = (self.worker(which), MessageChannel::new()) else { return };
        let keeper = Rc::clone(self);
        let hear = move |event: MessageEvent| {
            let told = event.data().as_string().and_then(|text| miniserde::json::from_str::<Told>(&text).ok());
            if let Some(told) = told {
                keeper.on(Happening::Told(which, told));
            }
        };
        // It lives as long as the port, which the worker lets go of when it has answered.
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(hear).into_js_value();
        channel.port1().set_onmessage(Some(hear.unchecked_ref()));
        let ports = js_sys::Array::of1(&channel.port2());
        let _ = worker.post_message_with_transferable(&question.into(), &ports);
    }

    /// Has something done at each of a target's events, for as long as the page lives.
    fn hear(self: &Rc<Self>, target: &EventTarget, event: &str, then: impl Fn(&Rc<Self>) + 'static) {
        let keeper = Rc::clone(self);
        let hear = Closure::<dyn FnMut()>::new(move || then(&keeper)).into_js_value();
        let _ = target.add_event_listener_with_callback(event, hear.unchecked_ref());
    }
}

/// Whether this page is part of another: then the host of that page decides what is kept, and it has not been asked.
fn is_embedded(manifest: &Manifest) -> bool {
    let window = window();
    let framed = window.parent().ok().flatten().is_none_or(|parent| !Object::is(&parent, &window));
    let path = window.location().pathname().unwrap_or_default();
    framed || path.strip_prefix(&manifest.base_path()).is_some_and(|path| path == "/embed" || path.starts_with("/embed/"))
}

/// The browser's service workers. In a sandboxed frame the property itself throws; on plain http it is missing.
fn container() -> Option<ServiceWorkerContainer> {
    let container = Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    container.dyn_into().ok()
}

/// `navigator.connection.saveData`, which only some browsers have.
fn data_use() -> DataUse {
    let connection = Reflect::get(&window().navigator(), &"connection".into()).unwrap_or_default();
    let saving = Reflect::get(&connection, &"saveData".into()).is_ok_and(|saving| saving.is_truthy());
    if saving { DataUse::Saving } else { DataUse::Free }
}

/// Calls it once, when the page stands, some time has passed, and there is nothing to do.
fn when_idle(then: impl FnOnce() + 'static) {
    let then = Rc::new(Cell::new(Some(then)));
    let once = move || {
        if let Some(then) = then.take() {
            then();
        }
    };
    let idle = move || {
        // A browser that cannot tell when it is idle has had its time.
        if request_idle_callback_with_handle(once.clone()).is_err() {
            once();
        }
    };
    once_in_place(move || set_timeout(idle, SETTLING));
}
