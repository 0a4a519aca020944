//! Reads off the page what was guessed, answered and measured in a lesson. Questions and labs know nothing of sheets: their elements say it.

use super::{
    kept,
    sheet::{Answered, LabSheet},
};
use crate::{
    components::save_picture::here,
    labs::{backstage::Backstage, compared::Compared},
    state::permalink::Permalink,
};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// A question without an answer that a lab after it waits for.
const OPEN_GUESS: &str = "fieldset[data-kind=Predict]:not(:has(:checked)), .question:has(.number-guess input:enabled)";

/// Notes everything that the lesson at hand shows as done, for the assignment of that query.
pub fn note(lesson: &str, assignment: &str) {
    let title = text_of(document().query_selector("main h1").ok().flatten());
    let answers: Vec<Answered> = all(&document(), ".question").iter().filter_map(answered).collect();
    let results: Vec<LabSheet> = all(&document(), "[data-lab][data-state=done]").iter().filter_map(measured).collect();
    if answers.is_empty() && results.is_empty() {
        return;
    }
    kept::change(|sheet| {
        sheet.assigned(assignment);
        for answer in answers {
            sheet.answer(lesson, &title, answer);
        }
        for result in results {
            sheet.result(lesson, &title, result);
        }
    });
}

/// The first guess that a lab still waits for: its own, else one that stands before it in the lesson.
#[must_use]
pub fn open_guess(lab: &Element) -> Option<Element> {
    if let Some(own) = lab.query_selector(".guess-form").ok().flatten() {
        return Some(own);
    }
    all(&document(), OPEN_GUESS).into_iter().find(|question| {
        question.closest("[data-lab]").is_ok_and(|within| within.is_none())
            && question.compare_document_position(lab) & web_sys::Node::DOCUMENT_POSITION_FOLLOWING != 0
    })
}

/// What a question was answered, if it was.
fn answered(question: &Element) -> Option<Answered> {
    let legend = question.query_selector("legend, .legend").ok().flatten()?;
    let kind = text_of(legend.query_selector(".eyebrow").ok().flatten());
    let asked = text_of(legend.query_selector("span:not(.eyebrow)").ok().flatten());
    let (answer, verdict) = if let Some(picked) = question.query_selector(".answer:has(:checked)").ok().flatten() {
        let verdict = if picked.class_list().contains("right") {
            "right"
        } else if picked.class_list().contains("wrong") {
            "not right"
        } else {
            "open"
        };
        (text_of(Some(picked)), verdict)
    } else {
        let locked = question.query_selector(".number-guess input:disabled").ok().flatten()?;
        let number = locked.dyn_into::<HtmlInputElement>().ok()?.value();
        (format!("{number} {}", text_of(question.query_selector(".unit").ok().flatten())), "open")
    };
    Some(Answered { id: question.id(), kind, question: asked, answer, verdict: verdict.to_owned() })
}

/// What a lab measured. A result that nothing can be read from is not noted.
fn measured(element: &Element) -> Option<LabSheet> {
    let lab = Backstage::find(element.get_attribute("data-instance")?.parse().ok()?)?;
    let place = here();
    let result = lab.taken(&place.browser, &place.date)?.recording.result;
    Compared::of_result(&result)?;
    let address = (lab.link)();
    let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
    let link = Permalink::of_fragment(fragment).unwrap_or_default();
    let guess = link.get("guess").unwrap_or_default().to_owned();
    Some(LabSheet { lab: lab.lab.slug().to_owned(), date: place.date, guess, result, because: String::new() })
}

/// Every element that a selector names.
#[must_use]
pub fn all(within: &web_sys::Document, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn text_of(element: Option<Element>) -> String {
    let text = element.and_then(|element| element.text_content()).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
