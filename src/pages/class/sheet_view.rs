//! The sheet on its page: what was noted, the reader's name and sentences, and the ways to hand it in.

use super::{
    kept,
    sheet::{LabSheet, LessonSheet, Sheet, draw_answers, draw_assignment, draw_result},
};
use crate::{components::save_file::SaveText, markup::html};
use leptos::{ev, prelude::*};

/// The sheet.
#[component]
pub fn SheetView() -> impl IntoView {
    // A prerendered page knows no sheet, and the page that takes it over begins as it does.
    let sheet = RwSignal::new(Sheet::default());
    let told = RwSignal::new("");
    Effect::new(move |_| sheet.set(kept::sheet()));
    // The fields keep what is typed; only another set of entries draws them anew.
    let shape = Memo::new(move |_| {
        sheet.with(|sheet| {
            let lessons = sheet.lessons.iter().map(|lesson| (lesson.lesson.clone(), lesson.results.len()));
            (sheet.assignment.clone(), lessons.collect::<Vec<_>>())
        })
    });
    let body = move || shape.with(|_| draw(sheet));
    let is_empty = Signal::derive(move || sheet.with(Sheet::is_empty));
    let text = move |()| Some(sheet.with_untracked(Sheet::to_json));
    let print = move |_| {
        let _ = window().print();
    };
    let clear = move |_| {
        kept::forget();
        sheet.set(Sheet::default());
        told.set("The sheet is empty again.");
    };
    view! {
        <div class="class-tool sheet">
            {body}
            <div class="row sheet-ways">
                <button type="button" data-action="print-sheet" disabled=is_empty on:click=print>"Print"</button>
                <SaveText label="Save as JSON" name="save-sheet" file="ferroscope-sheet.json" kind="application/json" text disabled=is_empty/>
                <button type="button" class="quiet" data-action="clear-sheet" disabled=is_empty on:click=clear>"Empty the sheet"</button>
                <span role="status">{told}</span>
            </div>
        </div>
    }
}

fn draw(sheet: RwSignal<Sheet>) -> AnyView {
    let now = sheet.get_untracked();
    if now.is_empty() {
        return html(
            "faint",
            "<p>Nothing is noted yet. Open an assignment’s link, guess, run and answer; then come back.</p>".to_owned(),
        );
    }
    let name = now.name.clone();
    let named = move |event: ev::Event| {
        let name = event_target_value(&event);
        sheet.set(kept::change(|sheet| sheet.name = name));
    };
    let note = if kept::is_stored() {
        "Kept on this device."
    } else {
        "This browser keeps nothing: save the sheet before you close the page."
    };
    let lessons = now.lessons.iter().enumerate().map(|(at, lesson)| draw_lesson(sheet, at, lesson)).collect::<Vec<_>>();
    view! {
        <label class="sheet-name" for="sheet-name">"Name"</label>
        <input id="sheet-name" name="name" type="text" autocomplete="name" value=name on:input=named/>
        {html("words", draw_assignment(&now.assignment))}
        <p class="faint">{note}</p>
        {lessons}
    }
    .into_any()
}

fn draw_lesson(sheet: RwSignal<Sheet>, at: usize, lesson: &LessonSheet) -> AnyView {
    let results =
        lesson.results.iter().enumerate().map(|(index, result)| draw_lab(sheet, (at, index), result)).collect::<Vec<_>>();
    view! { <article><h3>{lesson.title.clone()}</h3>{html("words", draw_answers(lesson))}{results}</article> }.into_any()
}

fn draw_lab(sheet: RwSignal<Sheet>, (lesson, index): (usize, usize), result: &LabSheet) -> AnyView {
    let id = format!("because-{lesson}-{index}");
    let typed = move |event: ev::Event| {
        let text = event_target_value(&event);
        sheet.set(kept::change(|sheet| sheet.because(lesson, index, &text)));
    };
    view! {
        {html("sheet-result", draw_result(result))}
        <label for=id.clone()>"It came out like that because…"</label>
        <textarea id=id.clone() name="because" rows="2" prop:value=result.because.clone() on:input=typed></textarea>
    }
    .into_any()
}
