//! What the reader did in the prerendered page before the app came: where the focus is, what was opened, typed, chosen and pressed. It is done in
//! the app's page to the same element and to no other: where two could be meant, nothing is done.

use super::elements;
use crate::components::chrome::focus_in_place;
use js_sys::Reflect;
use leptos::prelude::*;
use web_sys::{Element, Event, EventInit, HtmlElement};

/// What `boot.js` marks elements with that were used before the app came.
const USED: &str = "data-early";

/// What the reader left.
pub(super) struct Left {
    focused: Option<Mark>,
    used: Vec<(Mark, Use)>,
}

/// What was done to an element.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Use {
    /// A button was pressed.
    Pressed,
    /// A `details` was opened or closed: whether it is open now.
    Folded(bool),
    /// A box or a radio button was set: whether it is now.
    Checked(bool),
    /// This was typed or chosen.
    Set(String),
}

impl Left {
    /// What was left in the prerendered page.
    pub(super) fn of(old: &Element) -> Self {
        let focused = document().active_element().filter(|active| old.contains(Some(active)));
        let focused = focused.map(|active| Mark::of(&active, old));
        let used = old.query_selector_all(&format!("[{USED}]")).map(|found| elements(&found).collect()).unwrap_or_default();
        let used: Vec<HtmlElement> = used;
        Self { focused, used: used.iter().map(|one| (Mark::of(one, old), Use::of(one))).collect() }
    }

    /// Gives the app's page, in its place, all of it but the press.
    pub(super) fn give(&self, page: &HtmlElement) {
        for (mark, how) in self.used.iter().filter(|(_, how)| *how != Use::Pressed) {
            if let Some(same) = mark.find(page) {
                how.repeat(&same);
            }
        }
        if let Some(same) = self.focused.as_ref().and_then(|mark| mark.find(page)) {
            focus_in_place(&same);
        }
    }

    /// Presses what was pressed, if the reader can see it.
    pub(super) fn press(&self, page: &HtmlElement) {
        let pressed = self.used.iter().filter(|(_, how)| *how == Use::Pressed).filter_map(|(mark, _)| mark.find(page));
        for button in pressed.filter(is_seen) {
            button.click();
        }
    }
}

impl Use {
    fn of(element: &HtmlElement) -> Self {
        match element.local_name().as_str() {
            "button" => Self::Pressed,
            "details" => Self::Folded(element.has_attribute("open")),
            _ if is_checkable(element) => Self::Checked(property(element, "checked").is_truthy()),
            _ => Self::Set(property(element, "value").as_string().unwrap_or_default()),
        }
    }

    fn repeat(&self, element: &HtmlElement) {
        match self {
            Self::Pressed => element.click(),
            Self::Folded(open) => {
                // An attribute of a fixed name is never refused.
                let _ = element.toggle_attribute_with_force("open", *open);
            }
            Self::Checked(checked) => {
                if property(element, "checked").is_truthy() != *checked {
                    element.click();
                }
            }
            Self::Set(value) => {
                let _ = Reflect::set(element, &"value".into(), &value.into());
                let bubbling = EventInit::new();
                bubbling.set_bubbles(true);
                for kind in ["input", "change"] {
                    if let Ok(event) = Event::new_with_event_init_dict(kind, &bubbling) {
                        let _ = element.dispatch_event(&event);
                    }
                }
            }
        }
    }
}

/// What tells an element from every other on the page, in the prerendered page as in the app's.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    tag: String,
    /// What it is called and says.
    words: Vec<String>,
    /// The nearest element around it that has a name.
    place: Option<String>,
    /// Which of those that are alike it is, and how many there are.
    of_alike: (usize, usize),
}

/// The attributes that say what an element is for.
const NAMES: [&str; 6] = ["id", "data-action", "name", "type", "role", "aria-label"];

impl Mark {
    fn of(element: &Element, page: &Element) -> Self {
        let (tag, words, place) = (element.local_name(), words(element), place(element));
        let alike = alike(page, &tag, &words, place.as_deref());
        let at = alike.iter().position(|one| one.is_same_node(Some(element))).unwrap_or_default();
        Self { tag, words, place, of_alike: (at, alike.len()) }
    }

    /// The same element of another page; none where it lacks one, or has others that are alike.
    fn find(&self, page: &HtmlElement) -> Option<HtmlElement> {
        let alike = alike(page, &self.tag, &self.words, self.place.as_deref());
        let (at, of) = self.of_alike;
        (alike.len() == of).then(|| alike.into_iter().nth(at))?
    }
}

fn alike(page: &Element, tag: &str, what: &[String], around: Option<&str>) -> Vec<HtmlElement> {
    let Ok(found) = page.query_selector_all(tag) else { return Vec::new() };
    elements(&found).filter(|one: &HtmlElement| words(one) == what && place(one).as_deref() == around).collect()
}

/// What an element is called and says. Of what holds a value the value is left out, but a radio button's, which is its name among others.
fn words(element: &Element) -> Vec<String> {
    let mut words: Vec<String> = NAMES.iter().map(|name| element.get_attribute(name).unwrap_or_default()).collect();
    // As a property it is whole: in the page that was prerendered it is relative, in the app's it begins with the site's path.
    words.push(property(element, "href").as_string().unwrap_or_default());
    if is_checkable(element) {
        words.push(element.get_attribute("value").unwrap_or_default());
    }
    let said = match element.local_name().as_str() {
        "input" | "select" | "textarea" => None,
        "details" => element.query_selector("summary").ok().flatten().and_then(|summary| summary.text_content()),
        _ => element.text_content(),
    };
    words.push(said.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "));
    words
}

/// The name of what stands around an element.
fn place(element: &Element) -> Option<String> {
    const NAMED: &str = "[id]:not(#prerendered), [data-lab], [data-question]";
    let around = element.parent_element()?.closest(NAMED).ok().flatten()?;
    ["data-lab", "data-question", "id"].iter().find_map(|name| around.get_attribute(name))
}

fn is_checkable(element: &Element) -> bool {
    matches!(element.get_attribute("type").as_deref(), Some("radio" | "checkbox"))
}

/// Whether it takes room: what the style sheet hides takes none.
fn is_seen(element: &HtmlElement) -> bool {
    element.offset_width() > 0 && element.offset_height() > 0
}

fn property(element: &Element, name: &str) -> wasm_bindgen::JsValue {
    Reflect::get(element, &name.into()).unwrap_or_default()
}
