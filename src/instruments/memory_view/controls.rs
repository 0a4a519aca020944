//! The view's controls: what moves through time, and what moves along the addresses. They change what is shown and nothing else.

use super::{
    Shown,
    history::History,
    window::Window,
    words::{self, Space},
};
use crate::{components::controls::number_of, markup::dynamic};
use leptos::{ev, prelude::*};
use std::sync::Arc;

/// A moment that a button leads to: its words, its name, and which it is.
type Stop = (&'static str, &'static str, fn(&History) -> u32);

pub(super) const STOPS: [Stop; 4] = [
    ("Start", "moment-start", |_| 0),
    ("Built", "moment-built", |history| history.moment_of_mark(1).unwrap_or_else(|| history.fullest())),
    ("Walked", "moment-walked", |history| history.moment_of_mark(2).unwrap_or_else(|| history.fullest())),
    ("End", "moment-end", History::moments),
];

/// The time: a slider over all events, the events one by one, and the moments that one looks for.
pub(super) fn time(latest: Signal<Option<Arc<History>>>, shown: RwSignal<Shown>) -> AnyView {
    let most = move || latest.with(|history| history.as_deref().map_or(0, History::moments));
    let now = move || shown.get().now;
    let words = Memo::new(move |_| {
        latest.with(|history| history.as_deref().map(|history| words::moment(history, now())).unwrap_or_default())
    });
    let go = move |now: u32| shown.update(|shown| shown.now = now.min(most()));
    let slid = move |event: ev::Event| number_of(&event).map_or((), |now| go(whole(now)));
    let stops = STOPS.map(|(label, name, moment)| {
        let to = move |_| go(latest.with_untracked(|history| history.as_deref().map_or(0, moment)));
        view! { <button type="button" class="quiet" name=name on:click=to>{label}</button> }
    });
    view! {
        <label class="memory-slider">
            <span>"Time: one step is one event"</span>
            <input type="range" name="memory-time" min="0" max=dynamic(most) step="1" prop:value=dynamic(now)
                aria-valuetext=dynamic(move || words.get()) on:input=slid/>
        </label>
        <p class="memory-moment" aria-hidden="true">{dynamic(move || words.get())}</p>
        <div class="row" role="group" aria-label="Events">
            <button type="button" name="event-back" disabled=dynamic(move || now() == 0)
                on:click=move |_| go(shown.get_untracked().now.saturating_sub(1))>"Previous event"</button>
            <button type="button" name="event-next" disabled=dynamic(move || now() >= most())
                on:click=move |_| go(shown.get_untracked().now.saturating_add(1))>"Next event"</button>
        </div>
        <div class="row" role="group" aria-label="Moments">{stops.collect_view()}</div>
    }
    .into_any()
}

/// The place: closer and farther, and a slider along the addresses.
pub(super) fn place(latest: Signal<Option<Arc<History>>>, shown: RwSignal<Shown>, space: Space) -> AnyView {
    let window = Memo::new(move |_| shown.get().window);
    let steps = move || window.get().steps();
    let slid = move |event: ev::Event| {
        if let Some(step) = number_of(&event) {
            shown.update(|shown| shown.window = shown.window.stepped(whole(step)));
        }
    };
    let change = move |change: fn(Window) -> Window| move |_| shown.update(|shown| shown.window = change(shown.window));
    let all = move |_| {
        latest.with_untracked(|history| {
            if let Some(history) = history {
                shown.update(|shown| shown.window = Window::whole(history));
            }
        });
    };
    view! {
        <label class="memory-slider">
            <span>{space.way()}</span>
            <input type="range" name="memory-place" min="0" max=dynamic(steps) step="1" prop:value=dynamic(move || window.get().step())
                aria-valuetext=dynamic(move || words::place(&window.get(), space)) disabled=dynamic(move || steps() == 0) on:input=slid/>
        </label>
        <div class="row" role="group" aria-label="Scale">
            <button type="button" name="closer" disabled=dynamic(move || window.get().is_closest()) on:click=change(Window::closer)>"Closer"</button>
            <button type="button" name="farther" disabled=dynamic(move || window.get().is_whole()) on:click=change(Window::farther)>"Farther"</button>
            <button type="button" name="all" class="quiet" on:click=all>"All of it"</button>
        </div>
    }
    .into_any()
}

/// A slider's place.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a slider's whole number, from 0")]
fn whole(number: f64) -> u32 {
    number.max(0.0) as u32
}
