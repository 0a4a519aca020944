//! A button that copies text, and shows the text itself where the clipboard is denied: never a dead button.

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
    text: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
    /// Whether there is something to copy.
    enabled: Signal<bool>,
) -> impl IntoView {
    let copied = RwSignal::new(Copied::NotYet);
    let press = move |_| {
        let Some(text) = text() else { return };
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
    view! {
        <button type="button" class="quiet" data-action=name disabled=move || !enabled.get() on:click=press>{label}</button>
        <span role="status" class="copied">
            {move || matches!(copied.get(), Copied::Yes).then_some("Copied.")}
            {move || matches!(copied.get(), Copied::Denied(_)).then_some("The clipboard is denied here; select the text:")}
        </span>
        {move || match copied.get() {
            Copied::Denied(text) => Some(view! { <textarea class="copy-text" readonly aria-label="Text to copy" rows="4">{text}</textarea> }),
            Copied::NotYet | Copied::Yes => None,
        }}
    }
}
