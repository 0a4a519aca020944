//! The speaker's window: notes, what comes next, the time, the lab as the hall sees it, and a few buttons. It holds no state of its own but what the
//! stage told it last; opened late or loaded anew, it asks for all of it.

use super::{
    channel::{Channel, Message, StageState},
    keys::Intent,
    place::clock_words,
};
use crate::{
    app::Site,
    markup::{Html, all, escaped},
    state::lessons,
};
use course::{ArchivedBlock, LessonArchive, folder_form};
use leptos::{mount::mount_to, prelude::*};
use std::{rc::Rc, time::Duration};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The buttons.
const BUTTONS: [(&str, &str, Intent); 7] = [
    ("next", "Next", Intent::Next),
    ("previous", "Back", Intent::Previous),
    ("black", "Black screen", Intent::Black),
    ("rehearse", "Rehearse", Intent::Rehearse),
    ("freeze", "Freeze", Intent::Freeze),
    ("replay", "Replay", Intent::Replay),
    ("qr", "QR code", Intent::Qr),
];

/// Shows the speaker's window in place of the page.
pub(super) fn start(site: Site) {
    let (Some(root), Some(body)) = (document().document_element(), document().body()) else { return };
    let _ = root.set_attribute("data-speaker", "on");
    let handle = mount_to(body.unchecked_into::<HtmlElement>(), move || view(site));
    // It stays for as long as its window does.
    handle.forget();
}

fn view(site: Site) -> impl IntoView {
    let state = RwSignal::new(None::<StageState>);
    let time = RwSignal::new((clock_words(), js_sys::Date::now()));
    let path = window().location().pathname().unwrap_or_default();
    let channel = Channel::open(&path, move |message| {
        if let Message::State(told) = message {
            state.set(Some(*told));
        }
    });
    if let Some(channel) = &channel {
        channel.say(&Message::Ask);
    }
    let channel = StoredValue::new_local(channel);
    let clock = set_interval_with_handle(move || time.set((clock_words(), js_sys::Date::now())), Duration::from_secs(1)).ok();
    on_cleanup(move || {
        if let Some(clock) = clock {
            clock.clear();
        }
    });
    let press = move |intent: Intent| {
        channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.say(&Message::Press(intent));
            }
        });
    };
    // The speaker's keyboard drives the stage too.
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let command = event.ctrl_key() || event.alt_key() || event.meta_key();
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let focus = target.map_or(super::keys::Focus::Page, |target| super::place::focus_of(&target));
        let intent = super::keys::Press { key: &event.key(), shift: event.shift_key(), command, focus }.intent();
        if let Some(intent) = intent.filter(|intent| !matches!(intent, Intent::Escape | Intent::FullScreen | Intent::Speaker)) {
            event.prevent_default();
            press(intent);
        }
    });
    on_cleanup(move || keys.remove());
    let notes = notes_of(site, path, Signal::derive(move || state.with(|state| state.as_ref().map(|one| one.section.clone()))));
    let words = Signal::derive(move || state.with(|state| state.as_ref().map_or_else(|| WAITING.to_owned(), draw)));
    let times = Signal::derive(move || {
        let began = state.with(|state| state.as_ref().map_or(0.0, |state| state.began));
        time.with(|(clock, now)| {
            format!("<p class=\"speaker-clock\">{clock}</p><p>{} since the beginning</p>", elapsed(now - began, began))
        })
    });
    let buttons = BUTTONS.map(|(name, label, intent)| {
        view! { <button type="button" data-action=format!("stage-{name}") on:click=move |_| press(intent)>{label}</button> }
    });
    let beat = move || state.with(|state| state.as_ref().map(|state| state.beat.to_string()));
    view! {
        <section id="speaker" aria-label="Speaker’s window" data-speaker-step=beat>
            <Html class="speaker-times" html=times/>
            <Html class="speaker-state" html=words/>
            <p class="row">{buttons.into_iter().collect::<Vec<_>>()}</p>
            <Html class="speaker-notes" html=notes/>
        </section>
    }
}

const WAITING: &str = "<p role=\"status\">Waiting for the stage. Open it in another window of this browser: this page’s address with <code>?stage=1</code>.</p>";

fn draw(state: &StageState) -> String {
    let lab = state.lab.as_ref().map(|lab| {
        let frozen = if lab.frozen { " (frozen)" } else { "" };
        format!(
            "<dl class=\"speaker-lab\"><div><dt>lab</dt><dd data-speaker-lab=\"{}\">{}{frozen} {}</dd></div><div><dt>number</dt><dd>{}</dd></div>\
             <div><dt>finding</dt><dd>{}</dd></div><div><dt>from</dt><dd>{}</dd></div><div><dt>seed</dt><dd>{}</dd></div></dl>",
            escaped(&lab.state),
            escaped(&lab.state),
            escaped(&lab.progress),
            escaped(&lab.number),
            escaped(&lab.finding),
            escaped(&lab.provenance),
            escaped(&lab.seed),
        )
    });
    let over = if state.over.is_empty() { String::new() } else { format!(" · over it: {}", escaped(&state.over)) };
    let now = if state.now.is_empty() { String::new() } else { format!(": {}", escaped(&state.now)) };
    format!(
        "<p>{} of {} · <b>{}</b>{now}{over}</p><p class=\"speaker-next\">Next: <b>{}</b></p>{}<p role=\"status\">{} {}</p>",
        state.beat + 1,
        state.beats,
        escaped(&state.screen),
        escaped(&state.next),
        lab.unwrap_or_default(),
        escaped(&state.note),
        escaped(&state.rehearsal),
    )
}

/// Time gone by, in minutes and seconds; nothing before the beginning is known.
fn elapsed(ms: f64, began: f64) -> String {
    if began <= 0.0 || !ms.is_finite() || ms < 0.0 {
        return "–".to_owned();
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive, and a talk's length; a cast saturates")]
    let seconds = (ms / 1000.0) as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The notes of the section that is on the stage.
fn notes_of(site: Site, path: String, section: Signal<Option<String>>) -> Signal<String> {
    let (lesson, set_lesson) = signal_local(None::<Rc<LessonArchive>>);
    Effect::new(move |_| {
        let base = site.manifest.as_ref().map(|manifest| manifest.base_path()).unwrap_or_default();
        let Some((pillar, slug)) = lesson_at(path.strip_prefix(&base).unwrap_or(&path)) else { return };
        let (manifest, pillar, slug) = (site.manifest.clone(), pillar.to_owned(), folder_form(slug));
        leptos::task::spawn_local(async move {
            let Some(manifest) = manifest else { return };
            if let Ok(lesson) = lessons::lesson(&manifest, &pillar, &slug).await {
                let _ = set_lesson.try_set(Some(lesson));
            }
        });
    });
    let html = RwSignal::new(String::new());
    Effect::new(move |_| {
        let section = section.get().unwrap_or_default();
        html.set(lesson.with(|lesson| {
            let Some(section) = lesson.as_ref().and_then(|lesson| lesson.section(&section)) else { return String::new() };
            all(section.blocks.iter(), |block| match block {
                ArchivedBlock::Notes(notes) => format!("<div class=\"prose\">{notes}</div>"),
                _ => String::new(),
            })
        }));
    });
    html.into()
}

/// Pillar and slug of a lesson's path below the site's root.
fn lesson_at(path: &str) -> Option<(&str, &str)> {
    path.trim_matches('/').strip_prefix("lessons/")?.split_once('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_gone_by_reads_as_a_stop_watch() {
        assert_eq!(elapsed(65_400.0, 1.0), "1:05");
        assert_eq!(elapsed(65_400.0, 0.0), "–");
        assert_eq!(elapsed(-1.0, 1.0), "–");
    }

    #[test]
    fn a_lessons_path_gives_pillar_and_slug() {
        assert_eq!(lesson_at("/lessons/data/zero-copy/"), Some(("data", "zero-copy")));
        assert_eq!(lesson_at("/budget/"), None);
    }

    #[test]
    fn what_the_stage_says_is_escaped() {
        let state = StageState { screen: "<b>".into(), beats: 3, ..StageState::default() };
        assert!(draw(&state).contains("1 of 3 · <b>&lt;b&gt;</b>"));
    }
}
