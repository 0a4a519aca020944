//! The memory view: blocks at their addresses, coloured by owner, at any moment of a program and at any scale from all of it to bytes. It is fed by
//! a [`History`]; it must never know which lab it draws, and never touch the browser while it is built.

mod cache;
mod controls;
mod history;
mod paint;
mod reading;
mod sorting;
mod stops;
mod surface;
mod telling;
mod window;
mod words;

pub use history::History;
pub use stops::{Course, ON_STAGE};
pub use telling::Telling;
pub use window::Window;
pub use words::Space;

use crate::{
    markup::{Html, dynamic},
    state::address::IN_BROWSER,
};
use history::TEARING_DOWN;
use leptos::{html::Canvas, prelude::*};
use reading::Reading;
use std::sync::Arc;
use surface::{Surface, Watching};

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
            Begin::Fullest => history.moment_of_mark(TEARING_DOWN).unwrap_or_else(|| history.fullest()),
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
    /// What its addresses count from.
    #[prop(optional)]
    space: Space,
) -> impl IntoView {
    let (shown, told) = (RwSignal::new(Shown::default()), RwSignal::new(String::new()));
    // Another history is shown from its own beginning, and no button has led there.
    Effect::new(move |_| {
        told.set(String::new());
        shown.set(latest.with(|history| history.as_deref().map(|history| Shown::of(history, begin)).unwrap_or_default()));
    });
    let now = Memo::new(move |_| shown.get().now);
    // One pass over all blocks for each moment, shared by all who tell of it. No two are alike, and to compare them would be another pass.
    let reading = Memo::new_with_compare(
        move |_| latest.with(|history| history.as_deref().map(|history| Arc::new(history.reading(now.get())))),
        |_, _| true,
    );
    let with = move |words: fn(&History, &Reading) -> String| {
        Memo::new(move |_| {
            latest.with(|history| {
                reading
                    .with(|reading| history.as_deref().zip(reading.as_deref()).map(|(history, reading)| words(history, reading)))
            })
        })
    };
    let finding = with(words::finding);
    let said = Signal::derive(move || finding.get().unwrap_or_else(|| idle.to_owned()));
    let counted = Signal::derive(move || {
        reading.with(|reading| reading.as_deref().map(|reading| words::counters(reading, space)).unwrap_or_default())
    });
    let legend = Signal::derive(move || latest.with(|history| history.as_deref().map(words::legend).unwrap_or_default()));
    // Nobody sees the tables before they are opened.
    let is_open = RwSignal::new(false);
    let tables = Signal::derive(move || {
        let drawn = is_open.get().then(|| {
            latest.with(|history| {
                let window = shown.get().window;
                reading.with(|reading| {
                    history
                        .as_deref()
                        .zip(reading.as_deref())
                        .map(|(history, reading)| words::tables(history, reading, &window, space))
                })
            })
        });
        drawn.flatten().unwrap_or_default()
    });
    let canvas = NodeRef::<Canvas>::new();
    draw_on_change(canvas, latest, reading, shown);
    let is_empty = move || latest.with(Option::is_none);
    let place = Memo::new(move |_| if is_empty() { String::new() } else { words::place(&shown.get().window, space) });
    view! {
        <figure class="memory-view" class:is-empty=is_empty>
            <figcaption class="memory-finding">{said}</figcaption>
            <Html class="memory-counted" html=counted/>
            <Html class="budget-legend" html=legend/>
            <canvas class="memory-canvas" node_ref=canvas width=surface::SIZE.0 height=surface::SIZE.1 role="img" aria-label="Memory, drawn"></canvas>
            <p class="memory-place">{dynamic(move || place.get())}</p>
            <div class="memory-controls" hidden=is_empty>
                <div>{controls::time(latest, shown, told)}</div>
                <div>{controls::place(latest, shown, space, told)}</div>
            </div>
            <p class="visually-hidden" role="status">{told}</p>
            <details class="memory-table" on:toggle=move |event| is_open.set(event_target::<web_sys::Element>(&event).has_attribute("open"))>
                <summary>"Counters, owners and blocks as tables"</summary>
                <Html class="table-box" html=tables/>
            </details>
        </figure>
    }
}

/// Draws whenever what is shown changes, and when the page's colours or the canvas' size may have; once a frame at most.
fn draw_on_change(
    canvas: NodeRef<Canvas>,
    latest: Signal<Option<Arc<History>>>,
    reading: Memo<Option<Arc<Reading>>>,
    shown: RwSignal<Shown>,
) {
    let surface = StoredValue::new_local(None::<Surface>);
    let is_due = StoredValue::new(false);
    let draw = move || {
        is_due.try_set_value(false);
        let Some(Some(canvas)) = canvas.try_get_untracked() else { return };
        let Some(Some(history)) = latest.try_get_untracked() else { return };
        let Some(Some(reading)) = reading.try_get_untracked() else { return };
        let took = surface.try_update_value(|surface| {
            if surface.is_none() {
                *surface = Surface::of(&canvas);
            }
            paint::paint(&canvas, surface.as_ref()?, &history, &reading, shown.get_untracked())
        });
        if let Some(Some(took)) = took {
            let figures = [
                ("data-frame-ms", format!("{took:.2}")),
                ("data-moment", reading.now.to_string()),
                ("data-blocks", reading.counters.blocks.to_string()),
            ];
            for (name, figure) in figures {
                let _ = canvas.set_attribute(name, &figure);
            }
        }
    };
    let ask = move || {
        // The legend, whose colours the canvas takes, is in place by the next frame.
        if is_due.try_get_value() == Some(false) {
            is_due.set_value(true);
            request_animation_frame(draw);
        }
    };
    let afresh = move || {
        surface.try_set_value(None);
        ask();
    };
    // Another history may have other owners, and so another legend; and only with a history is the canvas as large as it will be.
    Effect::new(move |_| {
        let _ = latest.with(Option::is_some);
        afresh();
    });
    Effect::new(move |_| {
        let _ = (reading.with(Option::is_some), shown.get());
        ask();
    });
    if IN_BROWSER {
        let watching = StoredValue::new_local(None::<Watching>);
        Effect::new(move |_| {
            if let Some(canvas) = canvas.get() {
                watching.set_value(Some(Watching::of(&canvas, afresh)));
            }
        });
    }
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
}
