//! The sheet on its page: what was noted, the reader's name and sentences, and the ways to hand it in.

use super::{
    kept,
    sheet::{LabSheet, LessonSheet, Sheet, draw_answers, draw_result},
};
use crate::{
    components::{copy::SelectableText, later::is_taking_over},
    markup::html,
    state::address::IN_BROWSER,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The sheet.
#[component]
pub fn SheetView() -> impl IntoView {
    // A prerendered page knows no sheet, and the page that takes it over begins as it does; any other page shows it at once.
    let start = if IN_BROWSER && !is_taking_over() { kept::sheet() } else { Sheet::default() };
    let sheet = RwSignal::new(start);
    let told = RwSignal::new("");
    let denied = RwSignal::new(String::new());
    Effect::new(move |_| sheet.set(kept::sheet()));
    // The fields keep what is typed; only another set of entries draws them anew.
    let shape = Memo::new(move |_| {
        sheet.with(|sheet| sheet.lessons.iter().map(|lesson| (lesson.lesson.clone(), lesson.results.len())).collect::<Vec<_>>())
    });
    let body = move || {
        shape.track();
        draw(sheet)
    };
    let is_empty = Signal::derive(move || sheet.with(Sheet::is_empty));
    let save = move |_| {
        let text = sheet.with_untracked(Sheet::to_json);
        let is_saved = save_file(&text, "ferroscope-sheet.json").is_some();
        told.set(if is_saved { "Saved as ferroscope-sheet.json." } else { "Files are denied here: select the text below." });
        denied.set(if is_saved { String::new() } else { text });
    };
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
                <button type="button" data-action="save-sheet" disabled=is_empty on:click=save>"Save as JSON"</button>
                <button type="button" class="quiet" data-action="clear-sheet" disabled=is_empty on:click=clear>"Empty the sheet"</button>
                <span role="status">{told}</span>
            </div>
            {move || (!denied.with(String::is_empty)).then(|| view! { <SelectableText label="The sheet as JSON" text=denied.get()/> })}
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

/// Hands the browser a file.
fn save_file(text: &str, name: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&JsValue::from_str(text)), &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has begun to read it by the next turn.
    set_timeout(move || drop(Url::revoke_object_url(&address)), std::time::Duration::from_secs(1));
    Some(())
}
