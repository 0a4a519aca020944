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

/// Tells whoever listens for this event, on the element or above it.
pub fn dispatch(element: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(name, &init) {
        // Nobody here cancels it.
        let _ = element.dispatch_event(&event);
    }
}
