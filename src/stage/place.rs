//! Small questions to the browser and to a lab's element, for the stage's other parts.

use super::{channel::LabSeen, keys::Focus, seen::Seen, steps};
use crate::{
    embed::picture::browser_family,
    labs::backstage::{Hold, Pin},
};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{WithUntracked, document, window};
use protocol::Note;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement, UrlSearchParams};

/// What an element does with keys.
pub fn focus_of(element: &Element) -> Focus {
    match element.tag_name().as_str() {
        "BUTTON" | "A" | "SUMMARY" => Focus::Button,
        "SELECT" => Focus::Control,
        "TEXTAREA" => Focus::Text,
        "INPUT" => match element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_).as_deref() {
            Some("range" | "radio" | "checkbox") => Focus::Control,
            Some("number") if takes_whole_numbers(element) => Focus::Digits,
            _ => Focus::Text,
        },
        _ => Focus::Page,
    }
}

/// Whether a field's numbers are whole: it steps by whole numbers from a whole one.
fn takes_whole_numbers(field: &Element) -> bool {
    let whole = |name: &str, usual: &str| {
        let text = field.get_attribute(name).unwrap_or_else(|| usual.to_owned());
        text.parse::<f64>().is_ok_and(|number| number.fract() == 0.0)
    };
    whole("step", "1") && whole("min", "0")
}

/// Whether a note says that the figures had better not be shown.
pub const fn is_doubt(note: Note) -> bool {
    matches!(note, Note::Hidden | Note::Noisy(_) | Note::NotSteady(_))
}

/// What the speaker sees of a lab.
pub fn seen(lab: &Seen) -> LabSeen {
    let backstage = lab.backstage();
    let is_frozen = |pin: &Option<Pin>| pin.as_ref().is_some_and(|pin| pin.hold == Hold::Frozen);
    let interval = lab.text(".finding .interval");
    let number = lab.text(".finding .number");
    let number = number.strip_suffix(interval.as_str()).unwrap_or(&number);
    LabSeen {
        lab: backstage.as_ref().map(|lab| lab.lab.slug().to_owned()).unwrap_or_default(),
        state: lab.state(),
        progress: lab.progress(),
        number: if interval.is_empty() { number.to_owned() } else { format!("{number} ({interval})") },
        finding: lab.text(".finding .meaning"),
        provenance: lab.text("[data-provenance]"),
        seed: backstage.as_ref().map(|lab| (lab.request)().seed.0.to_string()).unwrap_or_default(),
        frozen: backstage.is_some_and(|lab| lab.pin.with_untracked(is_frozen)),
    }
}

/// Milliseconds since the page was opened.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// The time of day: `15:43`.
pub fn clock_words() -> String {
    let date = js_sys::Date::new_0();
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// Date and time of day here: `2026-03-01 15:43`.
pub fn time_words() -> String {
    let date = js_sys::Date::new_0();
    format!("{}-{:02}-{:02} {}", date.get_full_year(), date.get_month() + 1, date.get_date(), clock_words())
}

/// This machine as far as it tells, and what was run on it: `this machine (Chrome on Linux, 8 cores), a run on stage`.
pub fn machine_words(what: &str) -> String {
    let navigator = window().navigator();
    let browser = browser_family(&navigator.user_agent().unwrap_or_default());
    let cores = Reflect::get(&navigator, &"hardwareConcurrency".into()).ok().and_then(|cores| cores.as_f64());
    let cores = cores.filter(|cores| *cores > 1.0).map(|cores| format!(", {cores} cores")).unwrap_or_default();
    format!("this machine ({browser}{cores}), {what}")
}

/// A parameter of the address.
pub fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// Sets parameters of the address, or takes them out of it; the state behind `#` stays, and the history gets no new entry. `left` is the step at which the
/// stage is being left: the entry remembers it, so that a reload comes back, and nothing else does.
pub fn set_query(changes: &[(&str, Option<String>)], left: Option<usize>) {
    let location = window().location();
    let before = location.search().unwrap_or_default();
    let Ok(query) = UrlSearchParams::new_with_str(&before) else { return };
    for (name, value) in changes {
        match value {
            Some(value) => query.set(name, value),
            None => query.delete(name),
        }
    }
    let text = String::from(query.to_string());
    if before.trim_start_matches('?') == text {
        return;
    }
    let question = if text.is_empty() { "" } else { "?" };
    let address = format!("{}{question}{text}{}", location.pathname().unwrap_or_default(), location.hash().unwrap_or_default());
    let mark = left.map_or(JsValue::NULL, |at| format!("{LEFT}{at}").into());
    // In a sandboxed frame the history is denied; the stage works on without it.
    let _ = window().history().and_then(|history| history.replace_state_with_url(&mark, "", Some(&address)));
}

/// What the history's entry bears after the stage was left, before the step.
const LEFT: &str = "ferroscope-stage:";

/// At which step the stage was left on the page that is open, if it was.
pub fn left_at() -> Option<usize> {
    window().history().ok()?.state().ok()?.as_string()?.strip_prefix(LEFT)?.parse().ok()
}

/// The wish that the screen does not go dark.
#[derive(Clone, Default)]
pub struct Awake(Rc<RefCell<Option<JsValue>>>);

impl Awake {
    /// Keeps the screen from going dark.
    pub fn ask(&self) {
        // Where there is no wake lock, the screen does as it likes.
        let lock = Reflect::get(&window().navigator(), &"wakeLock".into()).ok().filter(|lock| !lock.is_undefined());
        let Some(promise) = lock.and_then(|lock| call(&lock, "request", Some("screen"))) else { return };
        let kept = Rc::clone(&self.0);
        leptos::task::spawn_local(async move {
            if let Ok(lock) = wasm_bindgen_futures::JsFuture::from(promise).await {
                kept.borrow_mut().replace(lock);
            }
        });
    }

    /// Lets it go dark again.
    pub fn release(&self) {
        if let Some(lock) = self.0.borrow_mut().take() {
            let _ = call(&lock, "release", None);
        }
    }
}

/// Calls a method that gives a promise.
fn call(of: &JsValue, name: &str, with: Option<&str>) -> Option<Promise> {
    let method = Reflect::get(of, &name.into()).ok()?.dyn_into::<Function>().ok()?;
    let given = with.map_or_else(|| method.call0(of), |with| method.call1(of, &with.into()));
    given.ok()?.dyn_into().ok()
}

/// Whether something stands on the page.
#[must_use]
pub fn is_there(selector: &str) -> bool {
    steps::main().is_some_and(|main| main.query_selector(selector).ok().flatten().is_some())
}

/// The lessons that the page's panels fetch when they are operated, each as pillar and folder: `data-fetches`.
#[must_use]
pub fn fetched_lessons() -> Vec<(String, String)> {
    let lists = steps::main().map(|main| steps::all(&main, "[data-fetches]")).unwrap_or_default();
    let mut lessons = Vec::new();
    for list in lists.iter().filter_map(|one| one.get_attribute("data-fetches")) {
        for (pillar, folder) in list.split(' ').filter_map(|lesson| lesson.split_once('/')) {
            lessons.push((pillar.to_owned(), folder.to_owned()));
        }
    }
    lessons.sort_unstable();
    lessons.dedup();
    lessons
}

/// Whether the site works without a network, as its foot says.
#[must_use]
pub fn offline() -> String {
    let foot = document().query_selector("[data-offline]").ok().flatten();
    foot.and_then(|foot| foot.get_attribute("data-offline")).unwrap_or_default()
}
