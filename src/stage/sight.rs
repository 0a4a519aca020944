//! What of a screen the hall cannot see, because it lies below the view. It measures and changes nothing.

use super::{deck::Sight, steps::all};
use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// Whether something of these elements lies below the view of `main`, and the view can get there; `held` is the attribute of what waits for its beat.
#[must_use]
pub fn of(main: &Element, items: &[Element], held: &str) -> Sight {
    // Most screens fit: nothing of them is measured.
    if main.scroll_top() + main.client_height() + 1 >= main.scroll_height() {
        return Sight::Whole;
    }
    let (foot, held) = (main.get_bounding_client_rect().bottom(), format!("[{held}]"));
    let lies_below = |element: &Element| {
        let place = element.get_bounding_client_rect();
        // What is for screen readers alone is a pixel high.
        place.height() > 2.0
            && place.bottom() > foot + 1.0
            && is_content(element)
            && is_drawn(element)
            && holds_nothing_back(element, &held)
    };
    let has_more = items.iter().any(|item| lies_below(item) || all(item, "*").iter().any(lies_below));
    if has_more { Sight::More } else { Sight::Whole }
}

/// Whether there is something to see in an element itself: text, a drawing, a control; what only holds others has margins and nothing to miss.
fn is_content(element: &Element) -> bool {
    let is_drawing =
        matches!(element.tag_name().to_ascii_lowercase().as_str(), "svg" | "canvas" | "input" | "select" | "progress");
    let nodes = element.child_nodes();
    let texts = (0..nodes.length()).filter_map(|at| nodes.item(at)).filter(|node| node.node_type() == Node::TEXT_NODE);
    is_drawing || texts.filter_map(|text| text.text_content()).any(|text| !text.trim().is_empty())
}

/// Whether an element is drawn at all: what a closed `<details>` holds has a place and is not. Where a browser cannot tell, it is.
fn is_drawn(element: &Element) -> bool {
    let check = Reflect::get(element, &"checkVisibility".into()).ok().and_then(|check| check.dyn_into::<Function>().ok());
    check.and_then(|check| check.call0(element).ok()).is_none_or(|drawn| drawn.is_truthy())
}

/// Whether an element is neither held back, nor within what is, nor holds such: that keeps its place, but there is nothing to see in it yet.
fn holds_nothing_back(element: &Element, held: &str) -> bool {
    element.closest(held).ok().flatten().is_none() && element.query_selector(held).ok().flatten().is_none()
}
