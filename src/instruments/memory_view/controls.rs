//! The view's controls: what moves through time, and what moves along the addresses. They change what is shown and nothing else.

use super::{
    Shown,
    history::History,
    stops::{STOPS, Stop},
    window::Window,
    words::{self, Space},
};
use crate::{components::controls::number_of, markup::dynamic};
use leptos::{ev, prelude::*};
use std::sync::Arc;

/// The time: a slider over all events, the events one by one, and the moments that one looks for. Where a button leads is `told`, for whoever only hears; a
/// slider speaks for itself.
pub(super) fn time(latest: Signal<Option<Arc<History>>>, shown: RwSignal<Shown>, told: RwSignal<String>) -> AnyView {
    let most = move || latest.with(|history| history.as_deref().map_or(0, History::moments));
    let now = move || shown.get().now;
    let words = Memo::new(move |_| {
        latest.with(|history| history.as_deref().map(|history| words::moment(history, now())).unwrap_or_default())
    });
    let go = move |now: u32| {
        let most = latest.with_untracked(|history| history.as_deref().map_or(0, History::moments));
        show(shown, |shown| Shown { now: now.min(most), ..shown });
    };
    let slid = move |event: ev::Event| {
        if let Some(now) = number_of(&event) {
            told.set(String::new());
            go(whole(now));
        }
    };
    let led = move |now: u32| {
        go(now);
        told.set(words.get_untracked());
    };
    let stops = STOPS.map(|Stop { label, name, moment }| {
        let is_none = move || latest.with(|history| history.as_deref().and_then(moment).is_none());
        let to = move |_| {
            if let Some(now) = latest.with_untracked(|history| history.as_deref().and_then(moment)) {
                led(now);
            }
        };
        view! { <button type="button" class="quiet" name=name hidden=dynamic(is_none) on:click=to>{label}</button> }
    });
    view! {
        <label class="memory-slider">
            <span>"Time: one step is one event"</span>
            <input type="range" name="memory-time" min="0" max=dynamic(most) step="1" prop:value=dynamic(now)
                aria-valuetext=dynamic(move || words.get()) on:input=slid/>
        </label>
        <p class="memory-moment" aria-hidden="true">{dynamic(move || words.get())}</p>
        <div class="row" role="group" aria-label="Events">
            <button type="button" name="event-back" aria-disabled=dynamic(move || (now() == 0).to_string())
                on:click=move |_| led(shown.get_untracked().now.saturating_sub(1))>"Previous event"</button>
            <button type="button" name="event-next" aria-disabled=dynamic(move || (now() >= most()).to_string())
                on:click=move |_| led(shown.get_untracked().now.saturating_add(1))>"Next event"</button>
        </div>
        <div class="row" role="group" aria-label="Moments">{stops.collect_view()}</div>
    }
    .into_any()
}

/// The place: closer and farther, and a slider along the addresses. Where a button leads is `told`, as in [`time`].
pub(super) fn place(
    latest: Signal<Option<Arc<History>>>,
    shown: RwSignal<Shown>,
    space: Space,
    told: RwSignal<String>,
) -> AnyView {
    let window = Memo::new(move |_| shown.get().window);
    let steps = move || window.get().steps();
    let slid = move |event: ev::Event| {
        if let Some(step) = number_of(&event) {
            told.set(String::new());
            show(shown, |shown| Shown { window: shown.window.stepped(whole(step)), ..shown });
        }
    };
    let led = move |change: &dyn Fn(Window) -> Window| {
        show(shown, |shown| Shown { window: change(shown.window), ..shown });
        told.set(words::place(&shown.get_untracked().window, space));
    };
    let all = move |_| {
        if let Some(whole) = latest.with_untracked(|history| history.as_deref().map(Window::whole)) {
            led(&|_| whole);
        }
    };
    view! {
        <label class="memory-slider">
            <span>{space.way()}</span>
            <input type="range" name="memory-place" min="0" max=dynamic(steps) step="1" prop:value=dynamic(move || window.get().step())
                aria-valuetext=dynamic(move || words::place(&window.get(), space)) disabled=dynamic(move || steps() == 0) on:input=slid/>
        </label>
        <div class="row" role="group" aria-label="Scale">
            <button type="button" name="closer" aria-disabled=dynamic(move || window.get().is_closest().to_string())
                on:click=move |_| led(&Window::closer)>"Closer"</button>
            <button type="button" name="farther" aria-disabled=dynamic(move || window.get().is_whole().to_string())
                on:click=move |_| led(&Window::farther)>"Farther"</button>
            <button type="button" name="all" class="quiet" on:click=all>"All of it"</button>
        </div>
    }
    .into_any()
}

/// Shows something else, if it is something else: a button at its end stays where it is, so that the keyboard does, and draws nothing anew.
fn show(shown: RwSignal<Shown>, change: impl Fn(Shown) -> Shown) {
    let before = shown.get_untracked();
    let after = change(before);
    if after != before {
        shown.set(after);
    }
}

/// A slider's place.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a slider's whole number, from 0")]
fn whole(number: f64) -> u32 {
    number.max(0.0) as u32
}
