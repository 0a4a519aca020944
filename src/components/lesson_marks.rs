//! Notices what the reader does in a lesson, from outside: no question and no lab knows of marks. It never marks what was not done.

use crate::{
    components::later::once_in_place,
    engine::OnDone,
    state::progress::{self, Mark},
};
use js_sys::Array;
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

/// A press that makes a guess, or a guess that is made by picking.
const GUESS: &str = "[data-step=predict], [data-action=lock-guess], [data-kind=Predict]";
/// A question of the lesson's own that has no answer yet.
const OPEN: &str = ".lesson [data-kind=Question]:not(:has(:checked))";

/// Marks a lesson, `<pillar>/<lesson>` as folders spell them, for as long as its view stands.
pub fn follow(lesson: String) {
    let ran = lesson.clone();
    provide_context(OnDone(Callback::new(move |()| progress::mark(&ran, Mark::Ran))));
    Effect::new(move |_| {
        progress::be_at(&lesson);
        for name in ["change", "click"] {
            let lesson = lesson.clone();
            let listener = window_event_listener_untyped(name, move |event| acted(&lesson, &event));
            on_cleanup(move || listener.remove());
        }
        let lesson = lesson.clone();
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            for entry in entries.iter().map(JsCast::unchecked_into::<IntersectionObserverEntry>) {
                if entry.is_intersecting() {
                    saw(&lesson, &entry.target().id());
                }
            }
        });
        let Ok(observer) = IntersectionObserver::new(seen.as_ref().unchecked_ref()) else { return };
        let observe = observer.clone();
        once_in_place(move || {
            let parts = document().query_selector_all(".lesson > section, .lesson .sources");
            for part in parts.iter().flat_map(|parts| (0..parts.length()).filter_map(|index| parts.item(index))) {
                observe.observe(part.unchecked_ref());
            }
        });
        let held = StoredValue::new_local((observer, seen));
        on_cleanup(move || {
            let _ = held.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
}

/// A click or a change somewhere on the page. `click` on a label comes before the answer is picked; the `change` that follows it does not.
fn acted(lesson: &str, event: &ev::Event) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let is_pick = event.type_() == "change";
    let guess = target.closest(GUESS).ok().flatten();
    if guess.is_some_and(|guess| is_pick == (guess.tag_name() == "FIELDSET")) {
        progress::mark(lesson, Mark::Predicted);
    }
    let is_answer = is_pick && target.closest("[data-kind=Question]").is_ok_and(|one| one.is_some());
    if is_answer && document().query_selector(OPEN).is_ok_and(|open| open.is_none()) {
        progress::mark(lesson, Mark::Answered);
    }
}

/// A part of the lesson is on the screen; the sources bear no id and end it.
fn saw(lesson: &str, section: &str) {
    if section.is_empty() {
        progress::mark(lesson, Mark::Read);
    } else {
        progress::be_at(&format!("{lesson}#{section}"));
    }
}
