//! The sections of a lesson that the reader does not see. All of a long lesson laid out in one task held a phone up for a tenth of a second; so each of
//! these is laid out in a task of its own, and meanwhile takes the room that its static counterpart took. Nothing shifts, since no margin of a
//! section collapses with another's: each is a `flow-root`.

use super::{STATIC, elements};
use crate::components::later::next_task;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomRect, Element, HtmlElement};

/// The sections that are not in view: the near ones, nearest first, hidden; the far ones left to the browser, which lays them out where it must.
pub(super) struct Unseen {
    near: Vec<HtmlElement>,
    far: Vec<HtmlElement>,
}

/// How far from view a section is for the browser to lay out when it has nothing else to do, in heights of the window: a reader gets there in no moment.
const FAR: f64 = 2.0;

impl Unseen {
    /// Hides them in the drawn page, as long as the static one still tells how tall they are. On a stage, which measures all at once, none is;
    /// nor is the one with the focus, which what is hidden would lose.
    pub(super) fn hide(fresh: &HtmlElement) -> Self {
        let none = Self { near: Vec::new(), far: Vec::new() };
        let is_stage = document().document_element().is_some_and(|root| root.has_attribute("data-waiting"));
        let Some(old) = document().get_element_by_id(STATIC).filter(|_| !is_stage) else { return none };
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let focused = document().active_element();
        let is_focused = |section: &HtmlElement| focused.as_ref().is_some_and(|focused| section.contains(Some(focused)));
        let rooms = sections(&old).into_iter().map(|section| (section.get_bounding_client_rect(), is_focused(&section)));
        let paired = rooms.zip(sections(fresh)).filter(|((_, is_focused), _)| !is_focused);
        let mut unseen: Vec<(f64, HtmlElement)> = paired
            .filter_map(|((room, _), section)| {
                let away = distance(&room, height);
                let how = if away > FAR * height { "auto" } else { "hidden" };
                (away > 0.0).then(|| (away, keeping(section, how, room.height())))
            })
            .collect();
        unseen.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let (near, far): (Vec<_>, Vec<_>) = unseen.into_iter().partition(|(away, _)| *away <= FAR * height);
        let only = |all: Vec<(f64, HtmlElement)>| all.into_iter().map(|(_, section)| section).collect();
        Self { near: only(near), far: only(far) }
    }

    /// Lays the near ones out; the far ones follow when the browser is idle, and are there for whoever looks for them before.
    pub(super) async fn lay_out(self) {
        for section in self.near {
            next_task().await;
            show(&section);
        }
        leptos::task::spawn_local(async move {
            for section in self.far {
                idle().await;
                show(&section);
            }
        });
    }
}

/// How many CSS pixels a rectangle is away from what is in view; nothing if part of it is in view.
fn distance(room: &DomRect, window_height: f64) -> f64 {
    (room.top() - window_height).max(-room.bottom()).max(0.0)
}

/// What hides a section and keeps its room.
const KEEPING: [&str; 2] = ["content-visibility", "contain-intrinsic-height"];

/// The section, hidden in one way or the other, with room for so many CSS pixels of height.
fn keeping(section: HtmlElement, how: &str, height: f64) -> HtmlElement {
    for (property, value) in KEEPING.into_iter().zip([how, &format!("{height}px")]) {
        // A browser that knows no such property lays the section out at once.
        let _ = section.style().set_property(property, value);
    }
    section
}

fn show(section: &HtmlElement) {
    for property in KEEPING {
        let _ = section.style().remove_property(property);
    }
    // To be asked for its height, a section must be laid out.
    let _ = section.offset_height();
}

/// Waits until the browser has nothing else to do; where it cannot tell, for the next task.
async fn idle() {
    let mut is_asked = false;
    let promise = js_sys::Promise::new(&mut |done, _| is_asked = window().request_idle_callback(&done).is_ok());
    if is_asked {
        // The promise is never refused.
        let _ = JsFuture::from(promise).await;
    } else {
        next_task().await;
    }
}

fn sections(page: &Element) -> Vec<HtmlElement> {
    page.query_selector_all(".lesson > section").map(|found| elements(&found).collect()).unwrap_or_default()
}
