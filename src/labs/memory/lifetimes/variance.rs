//! Variance as a table that answers: a type, a parameter, a question, a guess, and then the program with rustc's words.

use super::fetched::on_press;
use crate::{
    components::{
        controls::Choice,
        lesson_blocks::{variance_question, variance_table},
    },
    labs::{memory::stepper::panel, shared::alternative},
    markup::html,
};
use course::{ArchivedBlock, ArchivedVarianceRow, LessonArchive};
use leptos::prelude::*;
use std::rc::Rc;

/// The panel under the figures.
pub(super) fn view() -> AnyView {
    panel(
        "Variance: ask the table",
        "May a type with a longer lifetime in it stand where one with a shorter lifetime is asked for, or the other way round? Answer first; then read the program that rustc took or refused.",
        "press [data-action=ask-variance] | ask the table; answer | the answer".to_owned(),
        on_press(("ask-variance", "Ask the table"), ask),
    )
}

fn rows(lessons: &[Rc<LessonArchive>]) -> &[ArchivedVarianceRow] {
    let mut blocks = lessons.iter().flat_map(|lesson| lesson.sections.iter()).flat_map(|section| section.blocks.iter());
    let found = blocks.find_map(|block| match block {
        ArchivedBlock::Variance(rows) => Some(rows.as_slice()),
        _ => None,
    });
    found.unwrap_or_default()
}

fn ask(lessons: &[Rc<LessonArchive>]) -> AnyView {
    let (row, direction) = (RwSignal::new(0_usize), RwSignal::new(0_usize));
    let types = rows(lessons).iter().enumerate();
    let types = types.map(|(index, row)| alternative(&index.to_string(), &plain(&format!("{}, in {}", row.of, row.place))));
    let directions = rows(lessons).first().map(|row| row.questions().map(|(question, _)| question)).unwrap_or_default();
    let directions = directions.into_iter().enumerate().map(|(index, question)| alternative(&index.to_string(), question));
    let (types, directions) = (Signal::stored(types.collect()), Signal::stored(directions.collect()));
    let set = |signal: RwSignal<usize>| move |text: String| signal.set(text.parse().unwrap_or_default());
    let shown = |signal: RwSignal<usize>| Signal::derive(move || signal.get().to_string());
    let whole = variance_table(rows(lessons));
    let lessons = StoredValue::new_local(lessons.to_vec());
    let question = move || {
        lessons.with_value(|lessons| {
            let row = rows(lessons).get(row.get())?;
            Some(variance_question(row, *row.questions().get(direction.get())?))
        })
    };
    view! {
        <div class="toolbar">
            <Choice label="Type" name="variance-type" options=types value=shown(row) on_choose=set(row)/>
            <Choice label="Question" name="variance-question" options=directions value=shown(direction) on_choose=set(direction)/>
        </div>
        {question}
        <details class="layout-all">
            <summary>"The whole table"</summary>
            {html("variance-whole", whole)}
        </details>
    }
    .into_any()
}

/// Inline HTML of the course's parser as text: code alone is marked in it.
fn plain(html: &str) -> String {
    let text = html.replace("<code>", "").replace("</code>", "");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_named_in_a_menu_as_it_is_written() {
        assert_eq!(plain("<code>Cell&lt;&amp;&#39;a T&gt;</code>"), "Cell<&'a T>");
    }
}
