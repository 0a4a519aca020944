//! The glossary: every term with its definition, in the page as it arrives; a field above shows fewer of them.

mod shown;

use super::{awaited::awaited, guide::Guide};
use crate::{
    app::{Route, href},
    components::chrome::lead_to_fragment,
    markup::{all, escaped, html},
    state::documents,
};
use course::{ArchivedGlossary, ArchivedTerm, GlossaryArchive};
use leptos::{ev, html::Div, prelude::*};
use protocol::{Page, Pillar};
use shown::{Shown, initial};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The page.
#[component]
pub fn Glossary() -> impl IntoView {
    let page = Page::Glossary;
    let head = html("page-head", format!("<h1>{}</h1><p class=\"lead\">{}</p>", page.title(), page.summary()));
    let body = awaited(Guide::Page(page), |manifest| {
        let glossary: GlossaryArchive = documents::at_hand(manifest)?;
        lead_to_fragment();
        Some(body(&glossary))
    });
    view! { <div class="glossary-page">{head}{body}</div> }
}

fn body(glossary: &ArchivedGlossary) -> AnyView {
    let list: NodeRef<Div> = NodeRef::new();
    let total = glossary.terms.len();
    let words = RwSignal::new(format!("{total} terms."));
    let typed = move |event: ev::Event| {
        if let Some(list) = list.get_untracked() {
            words.set(filter(&list, &Shown::of(&event_target_value(&event)), total));
        }
    };
    let terms = draw(glossary);
    view! {
        <div class="glossary-filter">
            <label for="glossary-field">"Show only terms with"</label>
            <input id="glossary-field" type="search" autocomplete="off" autocapitalize="none" spellcheck="false" on:input=typed/>
            <span role="status">{words}</span>
        </div>
        <div class="glossary-list" node_ref=list inner_html=terms></div>
    }
    .into_any()
}

/// Every term as HTML, by its first letter.
fn draw(glossary: &ArchivedGlossary) -> String {
    let mut letters: Vec<(char, String)> = Vec::new();
    for term in glossary.terms.iter() {
        let letter = initial(&term.term);
        if letters.last().is_none_or(|(last, _)| *last != letter) {
            letters.push((letter, String::new()));
        }
        if let Some((_, items)) = letters.last_mut() {
            items.push_str(&draw_term(term, glossary));
        }
    }
    let ways = all(&letters, |(letter, _)| format!("<li><a href=\"#letter-{letter}\">{letter}</a></li>"));
    let groups = all(&letters, |(letter, items)| {
        format!("<section aria-labelledby=\"letter-{letter}\"><h2 id=\"letter-{letter}\">{letter}</h2><dl>{items}</dl></section>")
    });
    format!("<nav class=\"letters\" aria-label=\"Letters\"><ul>{ways}</ul></nav>{groups}")
}

fn draw_term(term: &ArchivedTerm, glossary: &ArchivedGlossary) -> String {
    let pillar = Pillar::from_slug(&term.pillar)
        .map(|pillar| format!("<a href=\"{}\">{}</a>", href(&Route::Pillar(pillar)), escaped(pillar.title())));
    let others: Vec<String> = term
        .see
        .iter()
        .filter_map(|id| glossary.term(id))
        .map(|other| format!("<a href=\"#{}\">{}</a>", other.id, escaped(&other.term)))
        .collect();
    let see = if others.is_empty() { String::new() } else { format!(" See also {}.", others.join(", ")) };
    format!(
        "<div id=\"{}\" class=\"glossary-term\"><dt>{}</dt><dd>{}<span class=\"glossary-more\">{}.{see}</span></dd></div>",
        term.id,
        escaped(&term.term),
        escaped(&term.definition),
        pillar.unwrap_or_default(),
    )
}

/// Hides the terms that do not fit, and the letters of which none is left. What is said of it.
fn filter(list: &HtmlElement, shown: &Shown, total: usize) -> String {
    let mut count = 0;
    for section in each(list, "section") {
        let mut is_any = false;
        for term in each(&section, ".glossary-term") {
            let fits = shown.fits(&term.text_content().unwrap_or_default());
            term.set_hidden(!fits);
            count += usize::from(fits);
            is_any |= fits;
        }
        section.set_hidden(!is_any);
    }
    shown.words(count, total)
}

fn each(within: &HtmlElement, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}
