//! The sections of a lesson that the reader does not see. All of a long lesson laid out in one task held a phone up for a tenth of a second; so each of
//! these is laid out in a task of its own, and meanwhile takes the room that its static counterpart took. Nothing shifts, since no margin of a
//! section collapses with another's: each is a `flow-root`.

use super::{STATIC, elements};
use crate::components::later::next_task;
use leptos::prelude::*;
use web_sys::{DomRect, Element, HtmlElement};

/// The sections that are not in view, the nearest first.
pub(super) struct Unseen(Vec<HtmlElement>);

impl Unseen {
    /// Hides them in the drawn page, as long as the static one still tells how tall they are. On a stage, which measures all at once, none is;
    /// nor is the one with the focus, which what is hidden would lose.
    pub(super) fn hide(fresh: &HtmlElement) -> Self {
        let is_stage = document().document_element().is_some_and(|root| root.has_attribute("data-waiting"));
        let Some(old) = document().get_element_by_id(STATIC).filter(|_| !is_stage) else { return Self(Vec::new()) };
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let focused = document().active_element();
        let is_focused = |section: &HtmlElement| focused.as_ref().is_some_and(|focused| section.contains(Some(focused)));
        let rooms = sections(&old).into_iter().map(|section| (section.get_bounding_client_rect(), is_focused(&section)));
        let paired = rooms.zip(sections(fresh)).filter(|((_, is_focused), _)| !is_focused);
        let mut unseen: Vec<(f64, HtmlElement)> = paired
            .filter_map(|((room, _), section)| {
                let away = distance(&room, height);
                (away > 0.0).then(|| (away, hidden(section, room.height())))
            })
            .collect();
        unseen.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        Self(unseen.into_iter().map(|(_, section)| section).collect())
    }

    /// Lays them out, the nearest first.
    pub(super) async fn lay_out(self) {
        for section in self.0 {
            next_task().await;
            for property in HIDDEN {
                let _ = section.style().remove_property(property);
            }
            // To be asked for its height, a section must be laid out.
            let _ = section.offset_height();
        }
    }
}

/// How many CSS pixels a rectangle is away from what is in view; nothing if part of it is in view.
fn distance(room: &DomRect, window_height: f64) -> f64 {
    (room.top() - window_height).max(-room.bottom()).max(0.0)
}

/// What hides a section and keeps its room.
const HIDDEN: [&str; 2] = ["content-visibility", "contain-intrinsic-height"];

/// The section, hidden, with room for so many CSS pixels of height.
fn hidden(section: HtmlElement, height: f64) -> HtmlElement {
    for (property, value) in HIDDEN.into_iter().zip(["hidden", &format!("{height}px")]) {
        // A browser that knows no such property lays the section out at once.
        let _ = section.style().set_property(property, value);
    }
    section
}

fn sections(page: &Element) -> Vec<HtmlElement> {
    page.query_selector_all(".lesson > section").map(|found| elements(&found).collect()).unwrap_or_default()
}
