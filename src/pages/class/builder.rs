//! The assignment's builder: lessons to tick, a seed, the guess; and the link that comes of it.

use super::assignment::{Assignment, GuessRule};
use crate::{app::manifest, components::copy::CopyField, labs::LinkRoot, markup::html, state::lessons};
use course::url_form;
use leptos::{ev, prelude::*};

/// A lesson to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    /// As the assignment names it.
    name: String,
    title: String,
    minutes: u16,
}

/// The builder.
#[component]
pub fn Builder() -> impl IntoView {
    let start = Assignment { guess: GuessRule::Required, seed: Some(1), ..Assignment::default() };
    let assignment = RwSignal::new(start);
    let at_hand = choices();
    let lessons = RwSignal::new(at_hand);
    Effect::new(move |_| {
        let manifest = manifest();
        leptos::task::spawn_local(async move {
            let Some(manifest) = manifest else { return };
            if lessons.with_untracked(Vec::is_empty) && lessons::index(&manifest).await.is_ok() {
                let _ = lessons.try_set(choices_of(&manifest));
            }
        });
    });
    let link = Signal::derive(move || assignment.with(link_of));
    let seed = move |event: ev::Event| assignment.update(|one| one.seed = event_target_value(&event).trim().parse().ok());
    let guess = move |event: ev::Event| {
        let rule = if event_target_checked(&event) { GuessRule::Required } else { GuessRule::Free };
        assignment.update(|one| one.guess = rule);
    };
    let ticks = move || {
        let tick = |lesson: Choice| {
            let Choice { name, title, minutes } = lesson;
            let (mark, shown) = (name.clone(), name.clone());
            let change = move |event: ev::Event| {
                assignment.update(|one| if event_target_checked(&event) { one.add(&mark) } else { one.remove(&mark) });
            };
            let place = move || {
                let at = assignment.with(|one| one.lessons.iter().position(|other| *other == shown));
                at.map(|at| format!(" (no. {})", at + 1)).unwrap_or_default()
            };
            view! {
                <label class="check">
                    <input type="checkbox" name="lesson" value=name on:change=change/>
                    <span>{title}", "{minutes}" minutes"{place}</span>
                </label>
            }
        };
        lessons.get().into_iter().map(tick).collect::<Vec<_>>()
    };
    view! {
        <div class="class-tool">
            <fieldset class="assignment-lessons">
                <legend>"Lessons, in the order in which you tick them"</legend>
                {ticks}
            </fieldset>
            <div class="row">
                <label class="choice"><span>"Seed (empty: each lab’s own)"</span><input type="number" name="seed" min="0" step="1" value="1" on:input=seed/></label>
                <label class="check"><input type="checkbox" name="guess" checked on:change=guess/>"A guess before every run"</label>
            </div>
            {move || match link.get() {
                link if link.is_empty() => html("faint", "<p role=\"status\">Tick a lesson: the link appears here.</p>".to_owned()),
                _ => view! { <CopyField label="Link to the assignment" name="assignment" text=link rows=2/> }.into_any(),
            }}
        </div>
    }
}

/// The link to an assignment, as the class reaches it. Empty while there is no lesson.
fn link_of(assignment: &Assignment) -> String {
    if assignment.lessons.is_empty() {
        return String::new();
    }
    format!("{}?{}", LinkRoot::of(assignment.start()).page(), assignment.to_query())
}

fn choices() -> Vec<Choice> {
    manifest().map(|manifest| choices_of(&manifest)).unwrap_or_default()
}

fn choices_of(manifest: &crate::engine::Manifest) -> Vec<Choice> {
    let Some(index) = lessons::index_at_hand(manifest) else { return Vec::new() };
    let choice = |one: &course::ArchivedIndexEntry| Choice {
        name: format!("{}/{}", url_form(&one.pillar), url_form(&one.slug)),
        title: one.title.as_str().to_owned(),
        minutes: one.minutes.to_native(),
    };
    index.lessons.iter().map(choice).collect()
}
