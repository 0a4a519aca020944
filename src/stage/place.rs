//! Small questions to the browser and to a lab's element, for the stage's other parts.

use super::{channel::LabSeen, keys::Focus, steps::Seen};
use crate::labs::backstage::{Hold, Pin};
use js_sys::Reflect;
use leptos::prelude::{WithUntracked, window};
use protocol::Note;
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
            _ => Focus::Text,
        },
        _ => Focus::Page,
    }
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

/// A parameter of the address.
pub fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// Sets parameters of the address, or takes them out of it; the state behind `#` stays, and the history gets no new entry.
pub fn set_query(changes: &[(&str, Option<String>)]) {
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
    // In a sandboxed frame the history is denied; the stage works on without it.
    let _ = window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
}

/// Keeps the screen from going dark.
pub fn stay_awake() {
    // Where there is no wake lock, the screen does as it likes.
    let lock = Reflect::get(&window().navigator(), &"wakeLock".into()).ok().filter(|lock| !lock.is_undefined());
    let request = lock.as_ref().and_then(|lock| Reflect::get(lock, &"request".into()).ok()?.dyn_into::<js_sys::Function>().ok());
    let promise = request.zip(lock).and_then(|(request, lock)| request.call1(&lock, &"screen".into()).ok());
    let Some(promise) = promise.and_then(|promise| promise.dyn_into::<js_sys::Promise>().ok()) else { return };
    leptos::task::spawn_local(async move {
        let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    });
}
