//! What a panel shows of lessons: fetched when the reader asks for it, and never before. It must never repeat in a lesson what stands in it.

use crate::{
    app::manifest,
    markup::{dynamic, html},
    state::lessons::{self, LessonError},
};
use course::LessonArchive;
use leptos::prelude::*;
use std::rc::Rc;

/// The pillar that they are of.
const PILLAR: &str = "memory";

/// The lessons that the lab's questions are taken from, in the order in which they are asked.
const LESSONS: [&str; 2] = ["lifetimes", "variance"];

/// The same for a rehearsal on stage, which fetches them beforehand.
fn fetched() -> String {
    LESSONS.map(|lesson| format!("{PILLAR}/{lesson}")).join(" ")
}

type Found = Option<Result<Vec<Rc<LessonArchive>>, LessonError>>;

/// A button, and in its place, once it was pressed, what `draw` makes of the lessons.
pub(super) fn on_press(
    (action, label): (&'static str, &'static str),
    draw: impl Fn(&[Rc<LessonArchive>]) -> AnyView + Send + 'static,
) -> AnyView {
    let (found, set_found) = signal_local::<Found>(None);
    let (is_asked, set_asked) = signal(false);
    let site = manifest();
    let press = move |_| {
        set_asked.set(true);
        set_found.set(None);
        let site = site.clone();
        leptos::task::spawn_local(async move {
            let Some(site) = site else { return };
            let mut all = Vec::new();
            for lesson in LESSONS {
                match lessons::lesson(&site, PILLAR, lesson).await {
                    Ok(lesson) => all.push(lesson),
                    Err(error) => {
                        let _ = set_found.try_set(Some(Err(error)));
                        return;
                    }
                }
            }
            let _ = set_found.try_set(Some(Ok(all)));
        });
    };
    let is_here = move || matches!(&*found.read(), Some(Ok(_)));
    let shown = move || match (&*found.read(), is_asked.get()) {
        (None, false) => ().into_any(),
        (None, true) => html("loading", "<p role=\"status\">Fetching the questions.</p>".to_owned()),
        (Some(Err(error)), _) => html("failure", format!("<p role=\"alert\">{error}</p>")),
        (Some(Ok(lessons)), _) => draw(lessons),
    };
    view! {
        <div class="row" hidden=dynamic(is_here) data-fetches=fetched()>
            <button type="button" class="primary" data-action=action on:click=press>{label}</button>
        </div>
        {shown}
    }
    .into_any()
}
