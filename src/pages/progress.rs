//! What the reader has done, to look at, take along and reset. It is kept on this device alone; the page says where, and what that means.

mod file;

use super::{
    awaited::awaited,
    guide::Guide,
    path::Docs,
    resume,
    standing::{self, LessonStanding, Standing},
};
use crate::{
    app::{Route, href},
    components::save_file::SaveText,
    markup::{Html, all, dynamic, escaped, html},
    state::progress::{self, Kept, Progress as Done},
};
use leptos::{ev, prelude::*};
use protocol::{Page, Pillar};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlInputElement};

/// The page.
#[component]
pub fn Progress() -> impl IntoView {
    awaited(Guide::Page(Page::Progress), |manifest| Some(draw(&Arc::new(Docs::at_hand(manifest)?))))
}

fn draw(docs: &Arc<Docs>) -> AnyView {
    let page = Page::Progress;
    let head = format!("<h1>{}</h1><p class=\"lead\">{}</p>", page.title(), page.summary());
    let derived = |words: fn(&Docs, &Done) -> String| {
        let docs = Arc::clone(docs);
        Signal::derive(move || words(&docs, &progress::now()))
    };
    let (resume, lessons, stations) = (derived(resume::from_progress), derived(lessons), derived(stations));
    // Said at once, as it is for most: a line that came later would push the page down.
    let kept = RwSignal::new(where_kept(Kept::OnDevice));
    Effect::new(move |_| kept.set(where_kept(progress::kept())));
    let said = RwSignal::new(String::new());
    // The buttons stand in text that is written anew at every change: what is pressed is told by its lesson's name.
    let reset_one = move |event: ev::MouseEvent| {
        let button = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(lesson) = button.and_then(|button| button.get_attribute("data-reset")) else { return };
        progress::change(&mut |progress| progress.forget(&lesson));
        said.set(format!("Reset: {lesson}."));
    };
    view! {
        <div class="progress-page">
            {html("progress-head", head)}
            <p class="kept-note" role="status">{kept}</p>
            <Html class="resume" html=resume/>
            <section aria-labelledby="lessons-title" on:click=reset_one>
                <h2 id="lessons-title">"By pillar and lesson"</h2>
                <Html class="pillar-progress" html=lessons/>
            </section>
            <section aria-labelledby="stations-title">
                <h2 id="stations-title">"By station of the path"</h2>
                <Html class="station-progress" html=stations/>
            </section>
            {files(said)}
            {reset_all(said)}
            <p role="status" class="said">{said}</p>
        </div>
    }
    .into_any()
}

const fn where_kept(kept: Kept) -> &'static str {
    match kept {
        Kept::OnDevice => "Kept in this browser, on this device. Save it as a file to take it elsewhere.",
        Kept::InPage => {
            "This browser keeps nothing for this page, so your progress lasts only as long as the page stays open. Save it as a file to keep it."
        }
    }
}

/// Each pillar with its lessons and their marks.
fn lessons(docs: &Docs, progress: &Done) -> String {
    all(Pillar::ALL, |pillar| {
        let own = docs.index.lessons.iter().filter(|entry| entry.pillar == pillar.slug());
        let own: Vec<LessonStanding> =
            own.filter_map(|entry| LessonStanding::of(&docs.index, progress, &entry.pillar, &entry.slug)).collect();
        let standing = Standing::in_all(&own);
        let items = all(&own, |lesson| {
            let reset = if lesson.marks.count() == 0 {
                String::new()
            } else {
                let (name, title) = (escaped(&lesson.name), escaped(&lesson.title));
                format!(
                    "<button type=\"button\" class=\"quiet\" data-reset=\"{name}\" aria-label=\"Reset: {title}\">Reset</button>"
                )
            };
            standing::lesson_item(lesson, &reset)
        });
        let items = if items.is_empty() { items } else { format!("<ul class=\"served\">{items}</ul>") };
        format!(
            "<h3><a href=\"{}\">{}</a></h3><p class=\"{} standing-words\">{}</p>{items}",
            href(&Route::Pillar(pillar)),
            pillar.title(),
            standing.class(),
            standing.words()
        )
    })
}

/// Each station with its standing.
fn stations(docs: &Docs, progress: &Done) -> String {
    let path = href(&Route::Page(Page::Path));
    let items = all(docs.path.stations.iter().enumerate(), |(index, station)| {
        let standing = Standing::in_all(&standing::of_station(&docs.path, &docs.index, progress, index));
        let here = if docs.start(progress) == Some(index) { ", you were placed here" } else { "" };
        let (id, title) = (escaped(&station.id), escaped(&station.title));
        format!(
            "<li class=\"{} standing-words\"><a href=\"{path}#station-{id}\">{id} {title}</a>: {}{here}</li>",
            standing.class(),
            standing.words()
        )
    });
    format!("<ul>{items}</ul>")
}

/// Save as a file, take in a file.
fn files(said: RwSignal<String>) -> AnyView {
    let take = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(chosen) = input.and_then(|input| input.files()?.get(0)) else { return };
        leptos::task::spawn_local(async move {
            let text = JsFuture::from(chosen.text()).await.ok().and_then(|text| text.as_string()).unwrap_or_default();
            let words = match file::import(&text) {
                Ok(brought) => {
                    progress::change(&mut |own| file::join(own, &brought));
                    format!("Taken in: {} lessons. What you had done here is kept too.", brought.lessons.len())
                }
                Err(reason) => reason.to_string(),
            };
            let _ = said.try_set(words);
        });
    };
    view! {
        <section aria-labelledby="files-title">
            <h2 id="files-title">"Take it along"</h2>
            <div class="row">
                <SaveText label="Save as a file" name="save-progress" file="ferroscope-progress.json" kind="application/json" text=|()| Some(file::export(&progress::now()))/>
                <label class="choice"><span>"Take in a saved file"</span><input type="file" name="progress-file" accept="application/json,.json" on:change=take/></label>
            </div>
        </section>
    }
    .into_any()
}

/// Reset everything, after a second press.
fn reset_all(said: RwSignal<String>) -> AnyView {
    let is_asked = RwSignal::new(false);
    let press = move |_| {
        if is_asked.get_untracked() {
            progress::change(&mut |progress| *progress = Done::default());
            said.set("Everything was reset.".to_owned());
        }
        is_asked.update(|asked| *asked = !*asked);
    };
    let label = dynamic(move || if is_asked.get() { "Really reset everything" } else { "Reset everything" });
    view! {
        <section aria-labelledby="reset-title">
            <h2 id="reset-title">"Begin anew"</h2>
            <div class="row">
                <button type="button" data-action="reset-all" on:click=press>{label}</button>
                <button type="button" data-action="keep" hidden=dynamic(move || !is_asked.get()) on:click=move |_| is_asked.set(false)>"Keep it"</button>
            </div>
        </section>
    }
    .into_any()
}
