//! "Does it compile?": the questions of two lessons, one at a time, and how many were right at the first try.

use super::fetched::on_press;
use crate::{
    components::{
        lesson_blocks::draw_compiles,
        questions::{Told, Verdict},
    },
    labs::memory::stepper::panel,
    markup::{all, dynamic},
};
use course::{ArchivedBlock, ArchivedCompiles, LessonArchive};
use leptos::prelude::*;
use std::{collections::BTreeMap, rc::Rc};

/// What came of the questions so far. Only the first answer to each counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Score {
    first: BTreeMap<usize, Verdict>,
}

impl Score {
    /// An answer to the question of that number.
    fn told(&mut self, question: usize, verdict: Verdict) {
        self.first.entry(question).or_insert(verdict);
    }

    /// The score, as a sentence.
    fn words(&self, of: usize) -> String {
        let right = self.first.values().filter(|verdict| **verdict == Verdict::Right).count();
        match self.first.len() {
            0 => format!("{of} questions. What counts is the first answer to each."),
            answered => format!("{right} of {answered} right at the first try; {} not asked yet.", of - answered.min(of)),
        }
    }
}

/// How many questions a talk asks: a room's patience, not the list's length.
const ON_STAGE: usize = 5;

/// Its beats on a stage.
fn asked_on_stage() -> String {
    let next = all(2..=ON_STAGE, |number| {
        format!("; press [data-action=judge-next] back [data-action=judge-back] | question {number}; answer | the answer")
    });
    format!("press [data-action=judge] | ask; answer | the answer{next}")
}

/// The panel under the figures.
pub(super) fn view() -> AnyView {
    panel(
        "Does it compile?",
        "Code of this repository, on lifetimes and variance. What compiles was compiled and tested when this site was made; what does not was refused with the words that you will see.",
        asked_on_stage(),
        on_press(("judge", "Ask me"), ask),
    )
}

fn questions(lessons: &[Rc<LessonArchive>]) -> Vec<&ArchivedCompiles> {
    let blocks = lessons.iter().flat_map(|lesson| lesson.sections.iter()).flat_map(|section| section.blocks.iter());
    let compiles = blocks.filter_map(|block| match block {
        ArchivedBlock::Compiles(compiles) => Some(compiles),
        _ => None,
    });
    compiles.collect()
}

fn ask(lessons: &[Rc<LessonArchive>]) -> AnyView {
    let (lessons, of) = (StoredValue::new_local(lessons.to_vec()), questions(lessons).len());
    let (at, score) = (RwSignal::new(0_usize), RwSignal::new(Score::default()));
    let question = move || {
        let number = at.get();
        let told = Told(Some(Callback::new(move |verdict| score.update(|score| score.told(number, verdict)))));
        lessons.with_value(|lessons| questions(lessons).get(number).map(|question| draw_compiles(question, told)))
    };
    let on = move |_| at.update(|at| *at = (*at + 1).min(of.saturating_sub(1)));
    view! {
        <p class="judge-score">{move || format!("Question {} of {of}. {}", at.get() + 1, score.with(|score| score.words(of)))}</p>
        {question}
        <div class="row">
            <button type="button" class="quiet" data-action="judge-back" disabled=dynamic(move || at.get() == 0)
                on:click=move |_| at.update(|at| *at = at.saturating_sub(1))>"Question back"</button>
            <button type="button" class="quiet" data-action="judge-next" disabled=dynamic(move || at.get() + 1 >= of) on:click=on>"Next question"</button>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_answer_counts() {
        let mut score = Score::default();
        assert_eq!(score.words(24), "24 questions. What counts is the first answer to each.");
        score.told(0, Verdict::Wrong);
        score.told(0, Verdict::Right);
        score.told(5, Verdict::Right);
        assert_eq!(score.words(24), "1 of 2 right at the first try; 22 not asked yet.");
    }
}
