//! The home page: what this is, where to start, the seven pillars and the labs.

use super::{Listed, listed_lessons};
use crate::app::{Route, href};
use leptos::prelude::*;
use protocol::{LabId, Pillar};

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    document().set_title("Ferroscope");
    let lessons = listed_lessons();
    let start = href(&Route::Lesson { pillar: "data".to_owned(), lesson: "zero-copy".to_owned() });
    let labs = LabId::ALL.into_iter().filter(|lab| lab.is_listed()).map(|lab| {
        view! { <li><a href=href(&Route::Lab(lab))><b>{lab.title()}</b><span>{lab.summary()}</span></a></li> }
    });
    view! {
        <section class="hero">
            <h1>"A Rust roadmap that runs and measures itself in your browser"</h1>
            <p class="lead">"Each lesson asks a question. You predict, press Run, and real Rust, compiled to WebAssembly, answers on your own machine, with its uncertainty."</p>
            <p class="row">
                <a class="button primary" href=start>"Start with zero-copy reads"</a>
                <a class="button" href=href(&Route::Lab(LabId::LatencyBudget))>"Open the latency budget"</a>
            </p>
        </section>
        <section id="pillars" aria-labelledby="pillars-title">
            <h2 id="pillars-title">"The seven pillars"</h2>
            <ol class="pillars">
                {Pillar::ALL.into_iter().enumerate().map(|(index, pillar)| view! { <li>{pillar_card(index + 1, pillar, lessons)}</li> }).collect_view()}
            </ol>
        </section>
        <section id="labs" aria-labelledby="labs-title">
            <h2 id="labs-title">"The labs"</h2>
            <ul class="lab-list">{labs.collect_view()}</ul>
        </section>
        <section aria-labelledby="how-title">
            <h2 id="how-title">"How to read a figure"</h2>
            <dl class="figure-key">
                <div><dt><i class="swatch measured"></i>"solid: measured"</dt><dd>"With its median, its 95 % interval, how many samples, and where: LIVE on this device, RECORDED on a named machine, SENT by a link, or STALE since you changed the input."</dd></div>
                <div><dt><i class="swatch modelled"></i>"hatched: modelled"</dt><dd>"Somebody’s figure, with its source and date. It never looks like a measured one."</dd></div>
                <div><dt>"a winner"</dt><dd>"is named only where the interval of the ratio excludes 1. Otherwise the page says that this run can tell no difference."</dd></div>
            </dl>
        </section>
    }
}

fn pillar_card(number: usize, pillar: Pillar, lessons: ReadSignal<Vec<Listed>>) -> impl IntoView {
    let own = move || {
        let found: Vec<Listed> =
            lessons.with(|all| all.iter().filter(|lesson| lesson.pillar == pillar.slug()).cloned().collect());
        if found.is_empty() {
            return view! { <p class="faint">"Lessons to come."</p> }.into_any();
        }
        let items = found.into_iter().map(|lesson| {
            let address = href(&Route::Lesson { pillar: lesson.pillar, lesson: lesson.slug });
            view! { <li><a href=address>{lesson.title}</a>" "<span class="faint">{lesson.minutes}" min"</span></li> }
        });
        view! { <ul>{items.collect_view()}</ul> }.into_any()
    };
    view! {
        <article>
            <h3><span class="ordinal" aria-hidden="true">{number}</span><a href=href(&Route::Pillar(pillar))>{pillar.title()}</a></h3>
            <p>{pillar.summary()}</p>
            {own}
        </article>
    }
}
