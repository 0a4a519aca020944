//! Variance as a table that answers: a type, a parameter, a question, a guess, and then the program with rustc's words.

use super::{
    super::carried::{Key, Pair},
    fetched::on_press,
};
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

/// The row that is asked about, as menus name it: lessons may get rows, and links are to mean what they meant. Empty is the first.
const ROW: Key<String> = Key { name: "variance", start: String::new, write: Clone::clone, read: |text| Some(text.to_owned()) };

/// Which of a row's two questions, from 0.
const DIRECTION: Key<usize> = Key {
    name: "direction",
    start: usize::default,
    write: usize::to_string,
    read: |text| text.parse().ok().filter(|direction| *direction < 2),
};

/// What is asked.
pub(super) type Asked = Pair<String, usize>;

/// The keys of both.
pub(super) const ASKED: (&Key<String>, &Key<usize>) = (&ROW, &DIRECTION);

/// The panel under the figures.
pub(super) fn view(asked: Asked) -> AnyView {
    panel(
        "Variance: ask the table",
        "May a type with a longer lifetime in it stand where one with a shorter lifetime is asked for, or the other way round? Answer first; then read the program that rustc took or refused.",
        "press [data-action=ask-variance] | ask the table; answer | the answer; choose 3 [name=variance-type] | the same behind a &mut; answer | the answer; \
         choose 1 [name=variance-question] | the other way round; answer | the answer"
            .to_owned(),
        on_press(("ask-variance", "Ask the table"), move |lessons| ask(lessons, asked)),
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

/// What menus and links call a row.
fn name(row: &ArchivedVarianceRow) -> String {
    plain(&format!("{}, in {}", row.of, row.place))
}

fn ask(lessons: &[Rc<LessonArchive>], asked: Asked) -> AnyView {
    let (row, direction) = (asked.0.value(), asked.1.value());
    // By number, as a beat on a stage names its choice: in a word.
    let types: Vec<_> = rows(lessons).iter().enumerate().map(|(at, row)| alternative(&at.to_string(), &name(row))).collect();
    let directions = rows(lessons).first().map(|row| row.questions().map(|(question, _)| question)).unwrap_or_default();
    let directions = directions.into_iter().enumerate().map(|(index, question)| alternative(&index.to_string(), question));
    let (types, directions) = (Signal::stored(types), Signal::stored(directions.collect()));
    // A row that a link names and no lesson has gives way to the first.
    let chosen = Memo::new(move |_| {
        row.with(|row| types.with(|types| types.iter().position(|one| one.label == *row))).unwrap_or_default()
    });
    let choose = move |at: String| {
        let name = types.with_untracked(|types| types.iter().skip(1).find(|one| one.value == at).map(|one| one.label.clone()));
        row.set(name.unwrap_or_default());
    };
    let whole = variance_table(rows(lessons));
    let lessons = StoredValue::new_local(lessons.to_vec());
    let question = move || {
        lessons.with_value(|lessons| {
            let row = rows(lessons).get(chosen.get())?;
            Some(variance_question(row, *row.questions().get(direction.get())?))
        })
    };
    view! {
        <div class="toolbar">
            <Choice label="Type" name="variance-type" options=types value=Signal::derive(move || chosen.get().to_string()) on_choose=choose/>
            <Choice label="Question" name="variance-question" options=directions
                value=Signal::derive(move || direction.get().to_string())
                on_choose=move |text: String| direction.set(text.parse().unwrap_or_default())/>
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
    use super::{super::super::carried::is_brought_back, *};
    use crate::state::permalink::Permalink;

    #[test]
    fn a_link_brings_the_question_back() {
        assert!(is_brought_back(&DIRECTION, [0, 1]));
        let owner = Owner::new();
        owner.with(|| {
            let mut link = Permalink::default();
            link.set("variance", "Cell<T>, in T");
            link.set("direction", "1");
            assert_eq!(Asked::of_link(ASKED, &link).link().get_untracked(), link);
        });
    }

    #[test]
    fn a_type_is_named_in_a_menu_as_it_is_written() {
        assert_eq!(plain("<code>Cell&lt;&amp;&#39;a T&gt;</code>"), "Cell<&'a T>");
    }
}
