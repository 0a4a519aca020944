//! What the builder gives: the text to paste, the picture for hosts without frames, and frames to look at.

use super::{Shared, controls::text, drawn, section};
use crate::{
    components::{copy::CopyField, save_picture::SavePicture},
    embed::{
        builder::Preview,
        snippet::{ALLOW, Place, Snippet},
    },
    markup::{dynamic, escaped},
    state::address::IN_BROWSER,
};
use leptos::prelude::*;

/// “Where do you write?”, and what works there.
pub(super) fn paste(shared: Shared) -> AnyView {
    let state = shared.state;
    let place = Memo::new(move |_| state.with(|state| state.place));
    let radios: Vec<_> = Place::ALL
        .iter()
        .map(|&one| {
            view! {
                <label class="tab">
                    <input type="radio" name="builder-where" value=one.slug() prop:checked=dynamic(move || place.get() == one)
                        on:change=move |_| state.update(|state| state.place = one)/>
                    <span>{one.label()}</span>
                </label>
            }
        })
        .collect();
    let snippets = Memo::new(move |_| found(shared));
    let names = Memo::new(move |_| snippets.with(|all| all.iter().map(|one| (one.name, one.what)).collect::<Vec<_>>()));
    let fields =
        drawn(move || names.get().into_iter().map(|(name, what)| field(snippets, name, what)).collect::<Vec<_>>().into_any());
    let picture = drawn(move || if place.get() == Place::Picture { own_picture(shared) } else { ().into_any() });
    let content = view! {
        <fieldset class="tabs"><legend class="visually-hidden">"Where do you write?"</legend>{radios}</fieldset>
        <p class="host-allows">{move || place.get().allows()}</p>
        {picture}
        {fields}
    };
    section("where-title", "Where do you write?", content.into_any())
}

/// What to paste; nothing while the site's address is none, which the field for it says.
fn found(shared: Shared) -> Vec<Snippet> {
    let (alternative, file) = shared
        .picture
        .with(|picture| picture.as_ref().map(|picture| (picture.alternative(), format!("{}.png", picture.file_stem()))))
        .unzip();
    shared.state.with(|state| {
        let title = state.choice.title();
        let file = file.unwrap_or_else(|| format!("ferroscope-{}.png", state.choice.lab.slug()));
        state.snippets(&shared.known.get(), alternative.as_deref().unwrap_or(&title), &file).unwrap_or_default()
    })
}

fn field(snippets: Memo<Vec<Snippet>>, name: &'static str, what: &'static str) -> AnyView {
    let text = Signal::derive(move || {
        snippets.with(|all| all.iter().find(|one| one.name == name).map(|one| one.text.clone())).unwrap_or_default()
    });
    view! { <div class="snippet"><p>{what}</p><CopyField label=what name text rows=5/></div> }.into_any()
}

/// The picture itself, to be saved, and the question where it will lie.
fn own_picture(shared: Shared) -> AnyView {
    let state = shared.state;
    let enabled = Signal::derive(move || shared.picture.with(Option::is_some));
    let which = Signal::derive(move || {
        shared.picture.with(|picture| match picture {
            Some(picture) => format!("The picture: {}", picture.provenance_line()),
            None => "There is no recorded run of this choice, so there is no picture yet. Run the lab on its page, and press “Embed this” there.".to_owned(),
        })
    });
    let typed = Signal::derive(move || state.with(|state| state.picture.clone()));
    let on_change = Callback::new(move |typed: String| state.update(|state| state.picture = typed));
    view! {
        <div class="own-picture">
            <p>{which}</p>
            <div class="row"><SavePicture picture=move |()| shared.picture.get_untracked() enabled/></div>
            {text("Where you have put the picture (its address; empty: beside the article)", "builder-picture", "", typed, on_change)}
        </div>
    }
    .into_any()
}

/// The frame as a reader will see it: light, dark, and on a phone.
pub(super) fn previews(shared: Shared) -> AnyView {
    let frames: Vec<AnyView> = (0..3)
        .map(|index| {
            // An address that changes behind `#` alone loads nothing anew, so a change makes a new element.
            let frame = Memo::new(move |_| {
                shared.state.with(|state| {
                    let preview = &state.previews(&shared.here.get())[index];
                    format!("<figcaption>{}</figcaption>{}", preview.title, preview_frame(preview, state.choice.height))
                })
            });
            view! { <figure class="preview" inner_html=frame></figure> }.into_any()
        })
        .collect();
    section("previews-title", "How it will look", view! { <div class="previews">{frames}</div> }.into_any())
}

/// A frame of this very site. Unlike the snippets' it is not sandboxed: a host that sends no `Access-Control-Allow-Origin` shows it all the same.
fn preview_frame(preview: &Preview, height: u16) -> String {
    let Preview { title, name, src, width } = preview;
    // A prerendered frame would begin to load, only to be replaced: it keeps the place alone.
    let source = if IN_BROWSER { format!("src=\"{}\"", escaped(src)) } else { String::new() };
    format!(
        "<iframe {source} title=\"{title}\" name=\"preview-{name}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" \
         allow=\"{ALLOW}\"></iframe>"
    )
}
