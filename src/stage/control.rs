//! A control of the page, operated as a reader would operate it: its value, then the event that the view listens for. It must never reach into a view's state.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// A field, most often a slider, or a select.
pub enum Control {
    /// `<input>`
    Field(HtmlInputElement),
    /// `<select>`
    Select(HtmlSelectElement),
}

impl Control {
    /// The control that an element is, if it is one.
    #[must_use]
    pub fn of(element: HtmlElement) -> Option<Self> {
        let select = |element: HtmlElement| element.dyn_into().map(Self::Select);
        element.dyn_into().map(Self::Field).or_else(select).ok()
    }

    /// Its value.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Field(field) => field.value(),
            Self::Select(select) => select.value(),
        }
    }

    /// Gives it a value, and says so to the view.
    pub fn set(&self, value: &str) {
        match self {
            Self::Field(field) => {
                field.set_value(value);
                dispatch(field, "input");
            }
            Self::Select(select) => {
                select.set_value(value);
                dispatch(select, "change");
            }
        }
    }
}

/// Enters a value into the field of a guess, and says so to the view; of a question's answers it only marks the one of that value, which the view
/// learns when it is settled. Whether anything changed by it.
pub fn offer(field: &HtmlInputElement, value: &str) -> bool {
    let Some(answers) = answers(field) else {
        let is_new = field.value() != value;
        if is_new {
            field.set_value(value);
            dispatch(field, "input");
        }
        return is_new;
    };
    let other = answers.iter().find(|one| one.value() == value && !one.checked());
    if let Some(other) = other {
        other.set_checked(true);
    }
    other.is_some()
}

/// What stands in the field of a guess, or which of a question's answers is marked.
#[must_use]
pub fn offered(field: &HtmlInputElement) -> Option<String> {
    let value = match answers(field) {
        Some(answers) => answers.iter().find(|one| one.checked())?.value(),
        None => field.value(),
    };
    Some(value).filter(|value| !value.is_empty())
}

/// Tells the view which of a question's answers is marked; whether one is.
pub fn settle(field: &HtmlInputElement) -> bool {
    let marked = answers(field).and_then(|answers| answers.into_iter().find(HtmlInputElement::checked));
    if let Some(marked) = &marked {
        dispatch(marked, "change");
    }
    marked.is_some()
}

/// The answers of the question that a radio button belongs to; none for any other field.
fn answers(field: &HtmlInputElement) -> Option<Vec<HtmlInputElement>> {
    let group = field.closest("fieldset").ok().flatten().filter(|_| field.type_() == "radio")?;
    let found = group.query_selector_all("input[type=radio]").ok()?;
    Some((0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect())
}

/// Tells whoever listens for this event, on the element or above it.
pub fn dispatch(element: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(name, &init) {
        // Nobody here cancels it.
        let _ = element.dispatch_event(&event);
    }
}
