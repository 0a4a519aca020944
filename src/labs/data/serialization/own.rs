//! The reader's own JSON: pasted, or a file dropped or chosen. It stays on the device, and in its field whatever is wrong with it.

use crate::{
    app::manifest,
    engine::{AskStage, Asker, Asking},
    markup::dynamic,
};
use leptos::{ev, html::Textarea, prelude::*};
use protocol::{Answer, DocumentInput, DocumentQuestion, Question};
use std::sync::Arc;
use units::{Bytes, Nanos};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

/// A document that was taken: JSON, and not too long.
pub type Taken = Option<Arc<[u8]>>;

/// How long a worker may look at ten megabytes.
const PATIENCE: Nanos = Nanos(20e9);

/// What is said under the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing was brought yet.
    Nothing,
    /// It is longer than what is taken.
    TooLong(usize),
    /// A worker looks at it.
    Looking,
    /// It is taken; its length, and what it is made of.
    Taken(usize, String),
    /// It is not, and why.
    Refused(String),
}

impl Said {
    /// What has come of the question about `text`.
    #[must_use]
    pub fn of(text: &str, asking: &Asking) -> Self {
        if text.trim().is_empty() {
            return Self::Nothing;
        }
        if text.len() > DocumentInput::LONGEST {
            return Self::TooLong(text.len());
        }
        match (&asking.stage, asking.current()) {
            (AskStage::Failed(failure), _) => Self::Refused(failure.to_string()),
            (_, Some(Answer::Serialization(answer))) => Self::Taken(text.len(), answer.shape.clone()),
            _ => Self::Looking,
        }
    }

    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::TooLong(length) => format!(
                "This text has {}, and {} are taken at most. It is left as it is: shorten it, or take a part.",
                bytes(*length),
                bytes(DocumentInput::LONGEST)
            ),
            Self::Looking => "Looking at it.".to_owned(),
            Self::Taken(length, shape) => format!("Taken: {}, {shape}. Press Run.", bytes(*length)),
            Self::Refused(reason) => format!("Not taken: {reason}. Your text is left as it is: correct it there."),
        }
    }
}

fn bytes(length: usize) -> String {
    Bytes(length as u64).to_string()
}

/// The field, and what came of it. While a document is taken the lab runs on it.
#[component]
pub fn OwnDocument(
    /// What is taken.
    taken: RwSignal<Taken>,
) -> impl IntoView {
    let asker = Asker::new(manifest(), PATIENCE);
    let text = RwSignal::new(String::new());
    let field: NodeRef<Textarea> = NodeRef::new();
    let bring = move |brought: String| {
        // What was taken before is another text.
        taken.set(None);
        let is_askable = !brought.trim().is_empty() && brought.len() <= DocumentInput::LONGEST;
        if is_askable {
            asker.ask(Question::Serialization(DocumentQuestion { text: brought.clone().into_bytes().into() }));
        }
        text.set(brought);
    };
    let read = move |file: Option<web_sys::File>| {
        let Some(file) = file else { return };
        leptos::task::spawn_local(async move {
            if let Some(brought) = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
                bring(brought);
            }
        });
    };
    let asking = asker.asking();
    let said = Memo::new(move |_| text.with(|text| asking.with(|asking| Said::of(text, asking))));
    Effect::new(move |_| {
        let is_taken = said.with(|said| matches!(said, Said::Taken(..)));
        if is_taken && taken.with_untracked(Option::is_none) {
            taken.set(Some(text.with_untracked(|text| text.as_bytes().into())));
        }
    });
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        read(input.and_then(|input| input.files()).and_then(|files| files.get(0)));
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        read(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)));
    };
    let typed = move |_| {
        if let Some(field) = field.get_untracked() {
            bring(field.value());
        }
    };
    let back = move |_| {
        asker.cancel();
        bring(String::new());
    };
    view! {
        <details class="beside own">
            <summary>"Your own JSON"</summary>
            <p>
                "Paste JSON, or drop or choose a file of up to 10 MB. It stays on this device. Every format then holds the same dynamic value: \
                 the text is parsed once and written again in each format, every value with its kind before it. A schema made for your data \
                 would be smaller and faster in all of them; this shows what each does without one."
            </p>
            <label class="own-field">
                <span>"JSON"</span>
                <textarea name="own-json" rows="6" spellcheck="false" autocomplete="off" node_ref=field prop:value=text
                    on:change=typed on:dragover=|event: ev::DragEvent| event.prevent_default() on:drop=dropped></textarea>
            </label>
            <p class="row">
                <label class="own-file">"Choose a file " <input type="file" name="own-file" accept=".json,application/json,text/plain" on:change=chosen/></label>
                <button type="button" class="quiet" data-action="own-back" disabled=dynamic(move || text.with(String::is_empty)) on:click=back>
                    "Back to the samples"
                </button>
            </p>
            <p role="status" class="own-said">{move || said.with(Said::words)}</p>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::BuildId;

    #[test]
    fn what_is_empty_or_too_long_is_never_asked_about() {
        let asking = Asking::new(BuildId(0), PATIENCE);
        assert_eq!(Said::of(" \n", &asking), Said::Nothing);
        let long = "1".repeat(DocumentInput::LONGEST + 1);
        assert_eq!(Said::of(&long, &asking), Said::TooLong(long.len()));
        assert!(Said::TooLong(long.len()).words().contains("left as it is"));
        assert_eq!(Said::of("[1]", &asking), Said::Looking);
    }

    #[test]
    fn a_refusal_keeps_the_text_and_says_the_place() {
        let words = Said::Refused("line 3, column 7: expected `,` or `]`".to_owned()).words();
        assert!(words.contains("line 3, column 7") && words.contains("left as it is"));
    }
}
