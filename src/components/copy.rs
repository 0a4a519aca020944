//! A button that copies text, and shows the text itself where the clipboard is denied: never a dead button.

use crate::markup::{Html, dynamic, escaped};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// What became of a press.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Copied {
    NotYet,
    Yes,
    /// The clipboard is denied: here is the text to select.
    Denied(String),
}

/// Copies what `text` returns at the press.
#[component]
pub fn CopyButton(
    /// What the button says.
    label: &'static str,
    /// The name of the control in tests and hosts.
    name: &'static str,
    /// What is copied; none while there is nothing, and the button then says so by being disabled.
    #[prop(into)]
    text: Callback<(), Option<String>>,
    /// Whether there is something to copy.
    enabled: Signal<bool>,
) -> impl IntoView {
    let copied = RwSignal::new(Copied::NotYet);
    let press = move |_| {
        // What an earlier press showed is of an earlier result.
        copied.set(Copied::NotYet);
        let Some(text) = text.run(()) else { return };
        leptos::task::spawn_local(async move {
            // `navigator.clipboard` is missing outside secure contexts, and then the call itself throws.
            let clipboard = window().navigator().clipboard();
            let written = if clipboard.is_undefined() {
                Err(wasm_bindgen::JsValue::UNDEFINED)
            } else {
                JsFuture::from(clipboard.write_text(&text)).await
            };
            let _ = copied.try_set(if written.is_ok() { Copied::Yes } else { Copied::Denied(text) });
        });
    };
    let word = Signal::derive(move || match copied.get() {
        Copied::NotYet => String::new(),
        Copied::Yes => "Copied.".to_owned(),
        Copied::Denied(_) => "The clipboard is denied here; select the text:".to_owned(),
    });
    let denied = Signal::derive(move || match copied.get() {
        Copied::Denied(text) => {
            format!("<textarea class=\"copy-text\" readonly aria-label=\"Text to copy\" rows=\"4\">{}</textarea>", escaped(&text))
        }
        Copied::NotYet | Copied::Yes => String::new(),
    });
    view! {
        <button type="button" class="quiet" data-action=name disabled=dynamic(move || !enabled.get()) on:click=press>{label}</button>
        <span role="status" class="copied">{word}</span>
        <Html class="denied" html=denied/>
    }
}
