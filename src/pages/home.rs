//! The home page: what this is, where to start, the seven pillars and the labs.

use super::{Listed, lesson_links, lessons_of, listed_lessons};
use crate::{
    app::{Route, href},
    components::chrome::lead_to_fragment,
    markup::{Html, all},
};
use leptos::prelude::*;
use protocol::{LabId, Page, Pillar};

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    Effect::new(|_| document().set_title("Ferroscope"));
    let lessons = listed_lessons();
    lead_to_fragment();
    let words = Signal::derive(move || lessons.with(|lessons| draw(lessons)));
    view! { <Html class="home" html=words/> }
}

fn draw(lessons: &[Listed]) -> String {
    let pillars = all(Pillar::ALL.into_iter().enumerate(), |(index, pillar)| card(index + 1, pillar, lessons));
    let start = href(&Route::Lesson { pillar: "data".to_owned(), lesson: "zero-copy".to_owned() });
    let budget = href(&Route::Lab(LabId::LatencyBudget));
    let ways = all([Page::Start, Page::Path, Page::Audit], |page| {
        format!("<li><a href=\"{}\"><b>{}</b><span>{}</span></a></li>", href(&Route::Page(page)), page.title(), page.summary())
    });
    let ways = format!("<section aria-label=\"Ways in\"><ul class=\"lab-list\">{ways}</ul></section>");
    let labs = super::lab_links(LabId::ALL.into_iter().filter(|lab| lab.is_listed()));
    format!(
        "<section class=\"hero\"><h1>A Rust roadmap that runs and measures itself in your browser</h1>\
         <p class=\"lead\">Each lesson asks a question. You predict, press Run, and real Rust, compiled to WebAssembly, answers on your own machine, \
         with its uncertainty.</p>\
         <p class=\"row\"><a class=\"button primary\" href=\"{start}\">Start with zero-copy reads</a><a class=\"button\" href=\"{budget}\">Open the latency \
         budget</a></p></section>{ways}\
         <section id=\"pillars\" aria-labelledby=\"pillars-title\"><h2 id=\"pillars-title\">The seven pillars</h2><ol class=\"pillars\">{pillars}</ol></section>\
         <section id=\"labs\" aria-labelledby=\"labs-title\"><h2 id=\"labs-title\">The labs</h2><ul class=\"lab-list\">{labs}</ul></section>{HOW_TO_READ}"
    )
}

fn card(number: usize, pillar: Pillar, lessons: &[Listed]) -> String {
    let own = lessons_of(pillar, lessons);
    let own = if own.is_empty() {
        "<p class=\"faint\">Lessons to come.</p>".to_owned()
    } else {
        format!("<ul>{}</ul>", lesson_links(own))
    };
    format!(
        "<li><article><h3><span class=\"ordinal\" aria-hidden=\"true\">{number}</span><a href=\"{}\">{}</a></h3><p>{}</p>{own}</article></li>",
        href(&Route::Pillar(pillar)),
        pillar.title(),
        pillar.summary(),
    )
}

/// The site's one convention: what is solid was measured, what is hatched was not.
const HOW_TO_READ: &str = "<section aria-labelledby=\"how-title\"><h2 id=\"how-title\">How to read a figure</h2><dl class=\"figure-key\">\
    <div><dt><i class=\"swatch measured\"></i>solid: measured</dt><dd>With its median, its 95 % interval, how many samples, and where: LIVE on this \
    device, RECORDED on a named machine, SENT by a link, or STALE since you changed the input.</dd></div>\
    <div><dt><i class=\"swatch modelled\"></i>hatched: modelled</dt><dd>Somebody’s figure, with its source and date. It never looks like a measured one.</dd></div>\
    <div><dt>a winner</dt><dd>is named only where the interval of the ratio excludes 1. Otherwise the page says that this run can tell no \
    difference.</dd></div></dl></section>";
