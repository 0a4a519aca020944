//! The memory view: blocks at their addresses, coloured by owner, at any moment of a program and at any scale from all of it to bytes. It is fed by
//! a [`History`]; it must never know which lab it draws, and never touch the browser while it is built.

mod history;
mod paint;
mod window;
mod words;

pub use history::History;
pub use window::Window;

use crate::markup::{Html, dynamic};
use leptos::{ev, html::Canvas, prelude::*};
use std::sync::Arc;
use words::finding;

/// What is shown of a history: a moment, and a part of memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// After how many events.
    pub now: u32,
    /// What is in sight.
    pub window: Window,
}

impl Shown {
    /// All memory, at the moment that is looked at first.
    #[must_use]
    pub fn of(history: &History, begin: Begin) -> Self {
        let now = match begin {
            Begin::Fullest => history.moment_of_mark(2).unwrap_or_else(|| history.fullest()),
            Begin::Latest => history.moments(),
        };
        Self { now, window: Window::whole(history) }
    }
}

/// Which moment of a new history is looked at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Begin {
    /// Before the tear-down, or where nothing is marked when most was alive.
    #[default]
    Fullest,
    /// The last: what has just happened.
    Latest,
}

/// A moment that a button leads to: its words, its name, and which it is.
type Stop = (&'static str, &'static str, fn(&History) -> u32);

/// The beats on a stage of whatever shows a view behind a button `trace`: the program runs, then its moments.
pub const ON_STAGE: &str = "press [data-action=trace] | trace it; press [name=moment-start] | the beginning; press [name=moment-built] | all is built; \
     press [name=moment-walked] | all is walked; press [name=moment-end] | the end: who is left";

const STOPS: [Stop; 4] = [
    ("Start", "moment-start", |_| 0),
    ("Built", "moment-built", |history| history.moment_of_mark(1).unwrap_or_else(|| history.fullest())),
    ("Walked", "moment-walked", |history| history.moment_of_mark(2).unwrap_or_else(|| history.fullest())),
    ("End", "moment-end", History::moments),
];

/// The view of a history; as long as there is none, an empty frame with `idle` in it.
#[component]
pub fn MemoryView(
    /// What happened.
    #[prop(into)]
    latest: Signal<Option<Arc<History>>>,
    /// What stands there before anything was traced.
    idle: &'static str,
    /// Where a new history is looked at first.
    #[prop(optional)]
    begin: Begin,
) -> impl IntoView {
    let shown = RwSignal::new(Shown::default());
    // Another history is shown from its own beginning.
    Effect::new(move |_| {
        shown.set(latest.with(|history| history.as_deref().map(|history| Shown::of(history, begin)).unwrap_or_default()));
    });
    let with = move |words: fn(&History, Shown) -> String| {
        Signal::derive(move || {
            latest.with(|history| history.as_deref().map(|history| words(history, shown.get())).unwrap_or_default())
        })
    };
    let said = Signal::derive(move || {
        latest.with(|history| history.as_deref().map_or_else(|| idle.to_owned(), |history| finding(history, shown.get().now)))
    });
    let canvas = NodeRef::<Canvas>::new();
    draw_on_change(canvas, latest, shown);
    let is_empty = move || latest.with(Option::is_none);
    let label = Signal::derive(move || format!("Memory, drawn. {}", said.get()));
    view! {
        <figure class="memory-view" class:is-empty=is_empty>
            <figcaption class="memory-finding">{said}</figcaption>
            <Html class="budget-legend" html=Signal::derive(move || latest.with(|history| history.as_deref().map(words::legend).unwrap_or_default()))/>
            <canvas class="memory-canvas" node_ref=canvas width=paint::WIDTH height=paint::HEIGHT role="img" aria-label=label></canvas>
            <p class="memory-place">{with(|_, shown| words::place(&shown.window))}</p>
            <div class="memory-controls" hidden=is_empty>{time_controls(latest, shown)}{place_controls(latest, shown)}</div>
            <details class="memory-table">
                <summary>"Counters, owners and blocks as tables"</summary>
                <Html class="table-box" html=with(|history, shown| words::tables(history, shown.now, &shown.window))/>
            </details>
        </figure>
    }
}

/// Draws whenever what is shown changes, and when a press may have changed the colours.
fn draw_on_change(canvas: NodeRef<Canvas>, latest: Signal<Option<Arc<History>>>, shown: RwSignal<Shown>) {
    let draw = move || {
        let Some(Some(canvas)) = canvas.try_get_untracked() else { return };
        latest.with_untracked(|history| {
            let Some(history) = history else { return };
            let Shown { now, window } = shown.get_untracked();
            if let Some(took) = paint::paint(&canvas, history, now, &window) {
                let _ = canvas.set_attribute("data-frame-ms", &format!("{took:.2}"));
                let _ = canvas.set_attribute("data-moment", &now.to_string());
            }
        });
    };
    Effect::new(move |_| {
        let _ = (latest.with(Option::is_some), shown.get());
        // The legend, whose colours the canvas takes, is in place by the next frame.
        request_animation_frame(draw);
    });
    if crate::state::address::IN_BROWSER {
        let listener = window_event_listener(ev::click, move |_| request_animation_frame(draw));
        on_cleanup(move || listener.remove());
    }
}

/// The time: a slider over all events, and the moments that one looks for.
fn time_controls(latest: Signal<Option<Arc<History>>>, shown: RwSignal<Shown>) -> AnyView {
    let most = move || latest.with(|history| history.as_deref().map_or(0, History::moments));
    let words = move || {
        latest.with(|history| history.as_deref().map(|history| words::moment(history, shown.get().now)).unwrap_or_default())
    };
    let slid = move |event: ev::Event| {
        if let Some(now) = crate::components::controls::number_of(&event) {
            shown.update(|shown| shown.now = whole(now).min(most()));
        }
    };
    let stops = STOPS.map(|(label, name, moment)| {
        let go = move |_| {
            let now = latest.with_untracked(|history| history.as_deref().map_or(0, moment));
            shown.update(|shown| shown.now = now);
        };
        view! { <button type="button" class="quiet" name=name on:click=go>{label}</button> }
    });
    view! {
        <label class="memory-slider">
            <span>"Time: one step is one event"</span>
            <input type="range" name="memory-time" min="0" max=dynamic(most) step="1" prop:value=dynamic(move || shown.get().now)
                aria-valuetext=dynamic(words) on:input=slid/>
        </label>
        <p class="memory-moment" aria-hidden="true">{dynamic(words)}</p>
        <div class="row" role="group" aria-label="Moments">{stops.collect_view()}</div>
    }
    .into_any()
}

/// The place: closer and farther, and a slider along the addresses.
fn place_controls(latest: Signal<Option<Arc<History>>>, shown: RwSignal<Shown>) -> AnyView {
    let steps = move || shown.get().window.steps();
    let slid = move |event: ev::Event| {
        if let Some(step) = crate::components::controls::number_of(&event) {
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
            <span>"Place: from the lowest address to the highest"</span>
            <input type="range" name="memory-place" min="0" max=dynamic(steps) step="1" prop:value=dynamic(move || shown.get().window.step())
                aria-valuetext=dynamic(move || words::place(&shown.get().window)) disabled=move || steps() == 0 on:input=slid/>
        </label>
        <div class="row" role="group" aria-label="Scale">
            <button type="button" name="closer" disabled=move || shown.get().window.is_closest() on:click=change(Window::closer)>"Closer"</button>
            <button type="button" name="farther" disabled=move || shown.get().window.is_whole() on:click=change(Window::farther)>"Farther"</button>
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

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::memory::{EventKind, MemoryEvent, Owner, Trace};

    fn history(marked: bool) -> History {
        let event = |kind, address, size| MemoryEvent { kind, owner: Owner::Node, align: 0, address, size, taken: size };
        let mut events = vec![
            event(EventKind::Alloc, 64, 10),
            event(EventKind::Alloc, 128, 20),
            event(EventKind::Free, 64, 10),
            event(EventKind::Free, 128, 20),
        ];
        if marked {
            events.insert(3, event(EventKind::Mark, 0, 2));
        }
        History::of(&Trace { start: 64, end: 192, events: MemoryEvent::pack(&events), lost: 0 }).unwrap()
    }

    #[test]
    fn a_history_is_shown_before_its_tear_down_or_when_it_is_fullest() {
        assert_eq!(Shown::of(&history(true), Begin::Fullest).now, 4);
        assert_eq!(Shown::of(&history(false), Begin::Fullest).now, 2);
        assert_eq!(Shown::of(&history(false), Begin::Latest).now, history(false).moments());
    }

    #[test]
    fn every_stop_is_a_moment_of_the_history() {
        for marked in [true, false] {
            let history = history(marked);
            assert!(STOPS.iter().all(|(_, _, moment)| moment(&history) <= history.moments()));
        }
    }
}
