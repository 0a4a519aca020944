//! The frame's side of `postMessage`, and its height. What comes in is handed on only when it comes from the frame's own parent.

use super::{
    message::{self, Field, HostMessage, Id, Ignored, MAX_TEXT},
    query::Scale,
};
use crate::components::later::once_in_place;
use js_sys::{JSON, Object, Reflect};
use leptos::{ev, leptos_dom::helpers::WindowListenerHandle, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver, Window};

/// What a frame tells its host. Every message bears the contract's envelope.
pub enum FrameMessage<'a> {
    /// The lab stands and listens.
    Ready {
        /// Its slug.
        lab: &'a str,
        /// The build's id.
        build: &'a str,
    },
    /// How high the frame's content is, in CSS pixels.
    Resize(f64),
    /// The lab's state.
    State {
        /// The state as a fragment, with its `#`.
        hash: &'a str,
        /// Which request this answers.
        id: Id,
    },
    /// A result.
    Result {
        /// The report's export, as text; sent as an object.
        json: &'a str,
        /// Which request this answers.
        id: Id,
    },
    /// A key that the frame has no use for.
    Key(&'a str),
    /// Something went wrong.
    Error {
        /// A short name that never changes.
        code: &'a str,
        /// A sentence.
        message: &'a str,
        /// Which request this answers.
        id: Id,
    },
}

/// A host that is listened to, until this is dropped.
pub struct Host {
    listeners: Vec<WindowListenerHandle>,
}

impl Host {
    /// Hands on every message of the parent window, read or ignored. Those of other windows are told as ignored.
    pub fn listen(heard: impl Fn(Result<HostMessage, Ignored>) + 'static) -> Self {
        let messages = window_event_listener(ev::message, move |event| {
            let data = event.data();
            let from_parent = parent()
                .is_some_and(|parent| event.source().is_some_and(|source| JsValue::from(source) == JsValue::from(parent)));
            heard(if from_parent && data.is_object() { message::read(|name| field(&data, name)) } else { Err(Ignored) });
        });
        let keys = window_event_listener(ev::keydown, |event| {
            let is_typing = event.target().is_some_and(|target| {
                target.has_type::<web_sys::HtmlInputElement>() || target.has_type::<web_sys::HtmlSelectElement>()
            });
            if !is_typing && matches!(event.key().as_str(), "PageUp" | "PageDown" | "Escape" | "F5" | ".") {
                post(&FrameMessage::Key(&event.key()));
            }
        });
        Self { listeners: vec![messages, keys] }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        for listener in self.listeners.drain(..) {
            listener.remove();
        }
    }
}

/// The host's window, if this page is in a frame.
fn parent() -> Option<Window> {
    let parent = window().parent().ok().flatten()?;
    (parent != window()).then_some(parent)
}

/// A message's own field. A structured clone has no getters, so that reading runs nobody's code.
fn field(message: &JsValue, name: &str) -> Option<Field> {
    let value = Reflect::get(message, &name.into()).ok().filter(|value| !value.is_undefined())?;
    Some(if let Some(text) = value.dyn_ref::<js_sys::JsString>() {
        // The length comes first: a huge text is not copied only to be refused.
        if text.length() as usize <= MAX_TEXT { Field::Text(text.into()) } else { Field::Other }
    } else {
        value.as_f64().filter(|number| number.is_finite()).map_or(Field::Other, Field::Number)
    })
}

/// Tells the host something. Without a host nothing happens.
pub fn post(told: &FrameMessage<'_>) {
    let Some(parent) = parent() else { return };
    let text = |text: &str| JsValue::from_str(text);
    let (kind, fields): (&str, Vec<(&str, JsValue)>) = match told {
        FrameMessage::Ready { lab, build } => ("ready", vec![("lab", text(lab)), ("build", text(build))]),
        FrameMessage::Resize(height) => ("resize", vec![("height", (*height).into())]),
        FrameMessage::State { hash, id } => ("state", with_id(vec![("hash", text(hash))], id)),
        FrameMessage::Result { json, id } => ("result", with_id(vec![("json", JSON::parse(json).unwrap_or(JsValue::NULL))], id)),
        FrameMessage::Key(key) => ("key", vec![("key", text(key))]),
        FrameMessage::Error { code, message, id } => {
            ("error", with_id(vec![("code", text(code)), ("message", text(message))], id))
        }
    };
    let envelope = [("ns", text(message::NAMESPACE)), ("v", message::VERSION.into()), ("type", text(kind))];
    send(&parent, &object(envelope.into_iter().chain(fields)));
}

fn with_id<'a>(mut fields: Vec<(&'a str, JsValue)>, id: &Id) -> Vec<(&'a str, JsValue)> {
    match id {
        Some(Field::Text(text)) => fields.push(("id", JsValue::from_str(text))),
        Some(Field::Number(number)) => fields.push(("id", (*number).into())),
        Some(Field::Other) | None => {}
    }
    fields
}

fn object<'a>(fields: impl IntoIterator<Item = (&'a str, JsValue)>) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

/// The host's origin is unknown, and what is sent is nobody's secret.
fn send(parent: &Window, message: &JsValue) {
    // A host that is gone hears nothing.
    let _ = parent.post_message(message, "*");
}

/// Tells the host the content's height, now and whenever it changes: in our envelope, and in the two forms that hosts already understand.
pub fn report_height() {
    once_in_place(observe_height);
}

fn observe_height() {
    let Some(content) = document().query_selector("[data-embed]").ok().flatten() else { return };
    let told = std::cell::Cell::new(0.0);
    let measured = content.clone();
    let on_resize = Closure::<dyn FnMut()>::new(move || {
        let height = f64::from(measured.unchecked_ref::<HtmlElement>().offset_height());
        if (told.replace(height) - height).abs() < 1.0 {
            return;
        }
        post(&FrameMessage::Resize(height));
        let Some(parent) = parent() else { return };
        let src = window().location().href().unwrap_or_default();
        let iframe_resize =
            object([("src", src.into()), ("context", JsValue::from_str("iframe.resize")), ("height", height.into())]);
        if let Ok(text) = JSON::stringify(&iframe_resize) {
            send(&parent, &text.into());
        }
        let amp = [("sentinel", JsValue::from_str("amp")), ("type", JsValue::from_str("embed-size")), ("height", height.into())];
        send(&parent, &object(amp));
    });
    if let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
        observer.observe(&content);
    }
    // The frame's content lives as long as the frame.
    on_resize.forget();
}

/// Sets the size of everything.
pub fn set_scale(scale: Scale) {
    if let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        let _ = root.style().set_property("font-size", &format!("{}%", scale.percent()));
    }
}
