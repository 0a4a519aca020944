//! The questions that find out where to begin: what does this program do? Which answer is right was decided by rustc and by the program itself.

mod result;
mod sheet;

use self::sheet::Sheet;
use super::{awaited::awaited, guide::Guide, path::Docs};
use crate::{
    engine::Manifest,
    markup::{dynamic, escaped, html},
    state::{documents, progress},
};
use course::{ArchivedPlacementQuestion, PlacementArchive};
use leptos::prelude::*;
use protocol::Page;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the page is drawn from.
struct Asked {
    placement: PlacementArchive,
    docs: Docs,
}

impl Asked {
    fn at_hand(manifest: &Manifest) -> Option<Self> {
        Some(Self { placement: documents::at_hand(manifest)?, docs: Docs::at_hand(manifest)? })
    }
}

/// The page.
#[component]
pub fn Start() -> impl IntoView {
    awaited(Guide::Page(Page::Start), |manifest| Some(draw(&Arc::new(Asked::at_hand(manifest)?))))
}

fn draw(asked: &Arc<Asked>) -> AnyView {
    let sheet = RwSignal::new(Sheet::default());
    // What was found at the last press; what an earlier visit found until then.
    let found = RwSignal::new(None::<Sheet>);
    Effect::new(move |_| {
        if found.get_untracked().is_none() {
            found.set(progress::now().placed.and_then(|placed| Sheet::of_text(&placed)));
        }
    });
    let count = asked.placement.questions.len();
    let questions = asked.placement.questions.iter().enumerate();
    let questions: Vec<AnyView> = questions.map(|(index, one)| question(one, (index, count), sheet, found)).collect();
    let judged = Arc::clone(asked);
    let words = Signal::derive(move || {
        found.with(|found| found.as_ref().map(|sheet| result::words(&judged.placement, &judged.docs, sheet)))
    });
    let placed = Arc::clone(asked);
    let place = move |_| {
        let mut own = sheet.get_untracked();
        own.station = own.place(&placed.placement).station;
        let text = own.to_text();
        progress::change(&mut |progress| progress.placed = Some(text.clone()));
        found.set(Some(own));
        focus("placement-result");
    };
    let again = move |_| {
        sheet.set(Sheet::default());
        found.set(None);
        progress::change(&mut |progress| progress.placed = None);
        focus("questions");
    };
    let page = Page::Start;
    let head = format!("<h1>{}</h1><p class=\"lead\">{}</p>{HOW}", page.title(), page.summary());
    view! {
        <div class="start-page">
            {html("start-head", head)}
            <div id="questions" tabindex="-1" role="group" aria-label="The questions">{questions}</div>
            {wishes(asked, sheet)}
            <p class="row">
                <button type="button" class="primary" data-action="place" on:click=place>"Place me"</button>
                <button type="button" data-action="place-again" hidden=dynamic(move || found.with(Option::is_none)) on:click=again>"Start over"</button>
            </p>
            <section id="placement-result" class="placement-result" tabindex="-1" aria-labelledby="result-title">
                <div inner_html=dynamic(move || words.get().unwrap_or_else(|| NOT_YET.to_owned()))></div>
            </section>
        </div>
    }
    .into_any()
}

const HOW: &str = "<p>Each program is whole. rustc compiled it and it was run: the answers are the compiler’s and the program’s, and a test of the \
    project holds them to it. \
    Guess before you look. What you leave out counts as not known, and nothing leaves this device.</p>";

const NOT_YET: &str =
    "<h2 id=\"result-title\">Your place</h2><p>Not found yet: answer what you can, then press <b>Place me</b>.</p>";

/// A question: the program, its answers, and what came of it, folded away until it is asked for.
fn question(
    one: &ArchivedPlacementQuestion,
    (index, count): (usize, usize),
    sheet: RwSignal<Sheet>,
    found: RwSignal<Option<Sheet>>,
) -> AnyView {
    let id = one.id.as_str().to_owned();
    let answers = one.answers.iter().enumerate().map(|(at, answer)| {
        let (id, picked, correct) = (id.clone(), id.clone(), answer.correct);
        let pick = move |_| sheet.update(|sheet| sheet.pick(&id, at, correct));
        let of_radio = picked.clone();
        let is_checked = dynamic(move || sheet.with(|sheet| sheet.picked(&of_radio) == Some(at)));
        view! {
            <label class="answer">
                <input type="radio" name=format!("{picked}-answers") value=at prop:checked=is_checked on:change=pick/>
                <span inner_html=answer.text.as_str().to_owned()></span>
            </label>
        }
    });
    let whys: Vec<(bool, String)> = one.answers.iter().map(|answer| (answer.correct, answer.why.as_str().to_owned())).collect();
    let judged = id.clone();
    let verdict = Signal::derive(move || {
        if found.with(Option::is_none) {
            return String::new();
        }
        let picked = sheet.with(|sheet| sheet.picked(&judged)).and_then(|at| whys.get(at));
        match picked {
            Some((true, why)) => format!("<p><b>Right. </b>{why}</p>"),
            Some((false, why)) => format!("<p><b>Not quite. </b>{why}</p>"),
            None => String::new(),
        }
    });
    let (words, came) = one.came.words();
    let why = one.answers.iter().find(|answer| answer.correct).map(|answer| answer.why.as_str()).unwrap_or_default();
    let came = format!(
        "<summary>What it does</summary><p>{words}</p><pre class=\"output\" tabindex=\"0\"><samp>{}</samp></pre><p>{why}</p>",
        escaped(came)
    );
    let code = format!(
        "<pre class=\"code\" tabindex=\"0\" aria-label=\"Program {} of {count}\"><code>{}</code></pre>",
        index + 1,
        one.code
    );
    view! {
        <fieldset class="question" id=format!("q-{id}") data-placement=id.clone()>
            <legend><span class="eyebrow">{format!("{} of {count}", index + 1)}</span>"What does this program do?"</legend>
            {html("placement-code", code)}
            <div class="answers">{answers.collect::<Vec<_>>()}</div>
            <div class="verdict" inner_html=verdict></div>
            <details class="came" inner_html=came></details>
        </fieldset>
    }
    .into_any()
}

/// What the reader would like to build, which decides between the branches.
fn wishes(asked: &Asked, sheet: RwSignal<Sheet>) -> AnyView {
    let branches =
        asked.placement.branches.iter().map(|branch| (branch.station.as_str().to_owned(), branch.wish.as_str().to_owned()));
    let none = std::iter::once((String::new(), "I do not know yet".to_owned()));
    let choices = branches.chain(none).map(|(station, words)| {
        let chosen = station.clone();
        let is_checked = dynamic(move || sheet.with(|sheet| sheet.wish == chosen));
        let value = station.clone();
        view! {
            <label class="answer">
                <input type="radio" name="wish" value=value prop:checked=is_checked on:change=move |_| sheet.update(|sheet| sheet.wish.clone_from(&station))/>
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <fieldset class="question" id="q-wish">
            <legend><span class="eyebrow">"Your wish"</span>"What would you like to build?"</legend>
            <div class="answers">{choices.collect::<Vec<_>>()}</div>
        </fieldset>
    }
    .into_any()
}

fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that refuses the focus is no reason to stop.
        let _ = element.focus();
    }
}
