//! A button that saves a text as a file, and shows the text itself where files are denied: never a dead button.

use super::{
    copy::SelectableText,
    save_picture::{blob_of, may_save_files, save},
};
use crate::markup::dynamic;
use leptos::prelude::*;

/// What became of a press.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Saved {
    #[default]
    NotYet,
    /// The browser was given the file.
    File,
    /// Files are denied here: this is the text.
    Text(String),
}

/// Saves what `text` returns at the press.
#[component]
pub fn SaveText(
    /// What the button says.
    label: &'static str,
    /// The name of the control in tests and hosts.
    name: &'static str,
    /// The file's name.
    file: &'static str,
    /// The file's media type.
    kind: &'static str,
    /// What is saved; nothing happens while there is none.
    #[prop(into)]
    text: Callback<(), Option<String>>,
    /// Whether there is nothing to save.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let saved = RwSignal::new(Saved::NotYet);
    let press = move |_| {
        saved.set(Saved::NotYet);
        let Some(text) = text.run(()) else { return };
        saved.set(match (may_save_files(), blob_of(&text, kind)) {
            (true, Some(blob)) if save(&blob, file).is_some() => Saved::File,
            _ => Saved::Text(text),
        });
    };
    let word = dynamic(move || match saved.get() {
        Saved::NotYet => String::new(),
        Saved::File => format!("Saved as {file}."),
        Saved::Text(_) => "A frame may not save files: select the text below and save it yourself.".to_owned(),
    });
    let denied = dynamic(move || match saved.get() {
        Saved::Text(text) => Some(view! { <SelectableText label="The file’s text" text/> }.into_any()),
        Saved::NotYet | Saved::File => None,
    });
    view! {
        <button type="button" class="quiet" data-action=name disabled=dynamic(move || disabled.get()) on:click=press>{label}</button>
        <span role="status" class="saved">{word}</span>
        <div class="denied">{denied}</div>
    }
}
