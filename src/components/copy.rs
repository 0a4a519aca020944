//! A button that copies text, and shows the text itself where the clipboard is denied or missing: never a dead button.

use crate::markup::dynamic;
use leptos::{ev, html::Textarea, prelude::*};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// What became of a press.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Copied {
    NotYet,
    Yes,
    /// The clipboard is denied: here is the text to select.
    Denied(String),
}

impl Copied {
    /// What is said beside the button.
    const fn words(&self) -> &'static str {
        match self {
            Self::NotYet => "",
            Self::Yes => "Copied.",
            Self::Denied(_) => "Your browser does not let this page copy: select the text below.",
        }
    }

    /// The text to select, where there is no other way.
    fn to_select(&self) -> Option<String> {
        match self {
            Self::Denied(text) => Some(text.clone()),
            Self::NotYet | Self::Yes => None,
        }
    }
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
            let _ = copied.try_set(if write_to_clipboard(&text).await { Copied::Yes } else { Copied::Denied(text) });
        });
    };
    let word = Signal::derive(move || copied.with(Copied::words).to_owned());
    let denied = dynamic(move || {
        copied.with(Copied::to_select).map(|text| view! { <SelectableText label="Text to copy" text/> }.into_any())
    });
    view! {
        <button type="button" class="quiet" data-action=name disabled=dynamic(move || !enabled.get()) on:click=press>{label}</button>
        <span role="status" class="copied">{word}</span>
        <div class="denied">{denied}</div>
    }
}

/// Whether the clipboard took the text.
async fn write_to_clipboard(text: &str) -> bool {
    // `navigator.clipboard` is missing outside secure contexts, and then the call itself would throw.
    let clipboard = window().navigator().clipboard();
    if JsValue::from(clipboard.clone()).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// A text that stands there to be selected, and a button that copies it. Where the clipboard is denied the button selects the text instead.
#[component]
pub fn CopyField(
    /// What the text is.
    label: &'static str,
    /// The field's name in tests; the button's is `copy-` and this.
    name: &'static str,
    /// The text.
    text: Signal<String>,
    /// How many lines are seen at once.
    rows: u8,
) -> impl IntoView {
    let copied = RwSignal::new(Copied::NotYet);
    let field: NodeRef<Textarea> = NodeRef::new();
    // What was said is of an earlier text.
    Effect::new(move |_| {
        text.with(|_| ());
        copied.set(Copied::NotYet);
    });
    let press = move |_| {
        copied.set(Copied::NotYet);
        let text = text.get_untracked();
        leptos::task::spawn_local(async move {
            let was_written = write_to_clipboard(&text).await;
            if let Some(field) = field.try_get_untracked().flatten().filter(|_| !was_written) {
                // The field is on the page, so it takes the focus; if not, it can still be reached by hand.
                let _ = field.focus();
                field.select();
            }
            let _ = copied.try_set(if was_written { Copied::Yes } else { Copied::Denied(text) });
        });
    };
    let word = Signal::derive(move || copied.with(Copied::words).to_owned());
    view! {
        <div class="copy-field">
            <textarea class="copy-text" readonly aria-label=label name=name rows=rows.to_string() spellcheck="false" node_ref=field prop:value=text on:focus=select_all></textarea>
            <p class="row">
                <button type="button" data-action=format!("copy-{name}") on:click=press>"Copy"</button>
                <span role="status" class="copied">{word}</span>
            </p>
        </div>
    }
}

/// Selects the whole text of the field that got the focus.
fn select_all(event: ev::FocusEvent) {
    if let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
        field.select();
    }
}

/// A text that can be read, focused and selected, but not changed. It is selected as a whole once it has the focus.
#[component]
pub fn SelectableText(
    /// What the text is.
    label: &'static str,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <textarea class="copy-text" readonly aria-label=label rows="4" spellcheck="false" prop:value=text on:focus=select_all></textarea> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_shows_the_text() {
        assert_eq!(Copied::NotYet.to_select(), None);
        assert_eq!(Copied::Yes.to_select(), None);
        let denied = Copied::Denied("x".to_owned());
        assert_eq!(denied.to_select().as_deref(), Some("x"));
        assert!(denied.words().contains("select the text"));
    }
}
