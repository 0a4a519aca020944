//! The dialog: a field, what was found as links, and the switch for the key that opens it. The browser keeps the focus inside, closes it at
//! Escape and gives the focus back; this adds the arrow keys.

use super::found::Found;
use crate::{
    app::Site,
    components::lesson_blocks::address,
    markup::Html,
    state::{
        documents,
        lessons::LessonError,
        settings::{SearchKey, load_search_key, save_search_key},
    },
};
use course::SearchArchive;
use leptos::{ev, html::Dialog, mount::mount_to, prelude::*};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

thread_local! {
    /// The dialog, once it was opened; it stays in the page.
    static OPEN: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Opens the search.
pub fn open(site: Site) {
    let again = OPEN.with_borrow(Clone::clone);
    if let Some(open) = again {
        return open();
    }
    let Some(body) = document().body() else { return };
    let dialog: NodeRef<Dialog> = NodeRef::new();
    mount_to(body, move || {
        provide_context(site.clone());
        view! { <SearchDialog dialog/> }
    })
    .forget();
    let show = move || {
        if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
            let _ = dialog.show_modal();
            if let Some(field) = field_of(&dialog) {
                field.select();
            }
        }
    };
    show();
    OPEN.set(Some(Rc::new(show)));
}

/// The dialog's content.
#[component]
fn SearchDialog(
    /// The dialog itself.
    dialog: NodeRef<Dialog>,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let (index, set_index) = signal_local(None::<Result<Rc<SearchArchive>, LessonError>>);
    let fetch = move || {
        let manifest = crate::app::manifest();
        leptos::task::spawn_local(async move {
            let Some(manifest) = manifest else { return };
            set_index.set(Some(documents::get::<SearchArchive>(&manifest).await.map(Rc::new)));
        });
    };
    fetch();
    let found = Memo::new(move |_| {
        let query = query.get();
        index.with(|index| index.as_ref()?.as_ref().ok().map(|index| Found::of(index, &query)))
    });
    let results = Signal::derive(move || found.with(|found| found.as_ref().map(|found| found.html(address)).unwrap_or_default()));
    let summary = move || match (&*index.read(), &*found.read()) {
        (None, _) => "Fetching the index.".to_owned(),
        (Some(Err(error)), _) => format!("The search index did not arrive. {error}"),
        (_, Some(found)) => found.summary(),
        _ => String::new(),
    };
    let typed = move |event: ev::Event| {
        query.set(event_target_value(&event));
        // What did not arrive is asked for again with the next letter.
        if index.with_untracked(|index| matches!(index, Some(Err(_)))) {
            fetch();
        }
    };
    let key = RwSignal::new(load_search_key());
    let switch = move |event: ev::Event| {
        key.set(if event_target_checked(&event) { SearchKey::On } else { SearchKey::Off });
        save_search_key(key.get_untracked());
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let leave = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("a").is_ok_and(|link| link.is_some()))
            && !event.ctrl_key()
            && !event.meta_key()
        {
            close();
        }
    };
    view! {
        <dialog class="search" node_ref=dialog aria-labelledby="search-title" on:keydown=move |event| steer(&event, dialog) on:click=leave>
            <div class="search-head">
                <label id="search-title" for="search-field">"Search lessons, labs, claims and terms"</label>
                <button type="button" class="quiet" data-action="close-search" on:click=move |_| close()>"Close"</button>
            </div>
            <input id="search-field" type="search" autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="go" on:input=typed/>
            <p class="search-summary" role="status">{summary}</p>
            <Html class="search-results" html=results/>
            <p class="search-foot">
                <label class="check">
                    <input type="checkbox" name="search-key" prop:checked=move || key.get() == SearchKey::On on:change=switch/>
                    "The key / opens this search"
                </label>
                <span class="faint">"Arrow keys go through the results, Enter opens one, Escape closes."</span>
            </p>
        </dialog>
    }
}

/// Moves through the results by arrow keys; Enter in the field opens the first.
fn steer(event: &ev::KeyboardEvent, dialog: NodeRef<Dialog>) {
    let Some(dialog) = dialog.get_untracked() else { return };
    let Some(field) = field_of(&dialog) else { return };
    let links = links_of(&dialog);
    let focused = document().active_element();
    let at = links.iter().position(|link| focused.as_ref().is_some_and(|focused| link.is_same_node(Some(focused))));
    let in_field = focused.is_some_and(|focused| field.is_same_node(Some(&focused)));
    let next = match (event.key().as_str(), at) {
        // A search field would take the first Escape for itself, to be emptied.
        ("Escape", _) => {
            event.prevent_default();
            dialog.close();
            return;
        }
        ("Enter", None) if in_field => {
            event.prevent_default();
            if let Some(first) = links.first() {
                first.click();
            }
            return;
        }
        ("ArrowDown", None) if in_field => links.first(),
        ("ArrowDown", Some(at)) => links.get(at + 1).or_else(|| links.last()),
        ("ArrowUp", Some(at)) => at.checked_sub(1).and_then(|at| links.get(at)).or(Some(&*field)),
        ("Home", Some(_)) => links.first(),
        ("End", Some(_)) => links.last(),
        _ => return,
    };
    event.prevent_default();
    if let Some(next) = next {
        // A link on the page takes the focus.
        let _ = next.focus();
    }
}

fn field_of(dialog: &HtmlElement) -> Option<HtmlInputElement> {
    dialog.query_selector("#search-field").ok().flatten()?.dyn_into().ok()
}

fn links_of(dialog: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(links) = dialog.query_selector_all(".search-results a") else { return Vec::new() };
    (0..links.length()).filter_map(|at| links.item(at)?.dyn_into().ok()).collect()
}
