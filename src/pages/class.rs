//! For a class: an assignment as a link, a sheet to hand in, results side by side. What is set and what is done stays in links and on the
//! reader's device; this page sends nothing.

pub mod assignment;
mod builder;
pub mod follow;
mod kept;
mod pasted;
mod seen;
mod sheet;
mod sheet_view;
mod side;

use crate::{components::chrome::lead_to_fragment, markup::html};
use builder::Builder;
use leptos::{ev, prelude::*};
use pasted::Pasted;
use protocol::Page;
use sheet_view::SheetView;

/// The page.
#[component]
pub fn Class() -> impl IntoView {
    let page = Page::Class;
    lead_to_fragment();
    view! {
        <div class="class-page">
            {html("page-head", format!("<h1>{}</h1><p class=\"lead\">{}</p>{PARTS}", page.title(), page.summary()))}
            <section id="assignment" aria-labelledby="assignment-title">
                {html("words", ASSIGNMENT.to_owned())}
                <Builder/>
            </section>
            <section id="sheet" aria-labelledby="sheet-title">
                {html("words", SHEET.to_owned())}
                <SheetView/>
            </section>
            <section id="side-by-side" aria-labelledby="side-title">
                {html("words", SIDE.to_owned())}
                <SideBySide/>
            </section>
        </div>
    }
}

const PARTS: &str = "<nav aria-label=\"On this page\"><ol><li><a href=\"#assignment\">Set an assignment</a></li><li><a href=\"#sheet\">Hand in a \
                     sheet</a></li><li><a href=\"#side-by-side\">Results side by side</a></li></ol></nav>";

const ASSIGNMENT: &str = "<h2 id=\"assignment-title\">Set an assignment</h2><p>Choose lessons, and give your class the link. It leads through \
                          them in your order; every lab starts with the same seed, so that all work on the same data; and no lab runs before \
                          its guess is made, if you say so. A guess costs nothing and is half of the learning: what surprises is remembered.</p>";

const SHEET: &str = "<h2 id=\"sheet-title\">Hand in a sheet</h2><p>While an assignment is open, the page notes what you guess, measure and answer, \
                     on this device alone. Add your name and, for each lab, one sentence that begins with “because”. Then print the sheet, or \
                     save it as a file, and hand that in.</p>";

const SIDE: &str = "<h2 id=\"side-title\">Results side by side</h2><p>Paste results of several devices: links that carry one (“Copy link” at a lab), \
                    results as JSON (“Copy result”), or whole sheets that were handed in. Nothing is sent anywhere.</p>";

/// Results, pasted and compared.
#[component]
fn SideBySide() -> impl IntoView {
    let pasted = RwSignal::new(Pasted::default());
    let drawn = Signal::derive(move || pasted.with(side::draw));
    let typed = move |event: ev::Event| pasted.set(Pasted::of(&event_target_value(&event)));
    view! {
        <div class="class-tool">
            <label for="pasted">"Links or JSON, one after another"</label>
            <textarea id="pasted" name="pasted" rows="5" spellcheck="false" autocomplete="off" on:input=typed></textarea>
            <p role="status" class="faint side-summary">{move || pasted.with(side::summary)}</p>
            <div inner_html=drawn></div>
        </div>
    }
}
