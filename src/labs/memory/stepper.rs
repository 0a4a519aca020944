//! A program that a worker has run, gone through line by line: what is asked, where the reader is, what is guessed of the next line, and the words.
//! It must never run anything by itself: the reader presses first, and from then on the choice is followed.

use super::{lines, reading::Reading};
use crate::{
    components::table::TableData,
    engine::{AskStage, Asker, Asking},
    markup::{Html, all, dynamic},
};
use leptos::prelude::*;
use protocol::{Answer, Question};
use units::Nanos;

/// How long an answer may take on a slow phone: a dozen lines run at once, so it is the bundle that takes its time.
pub(super) const DEADLINE: Nanos = Nanos(20e9);

/// What is a program's own.
#[derive(Clone, Copy)]
pub(super) struct Stepper {
    /// The names of its buttons in tests: run, back, next.
    pub actions: [&'static str; 3],
    /// What the button says that runs it.
    pub run: &'static str,
    /// The class of the present line's sentence.
    pub class: &'static str,
    /// What the table is called before it is opened.
    pub summary: &'static str,
    /// Which lines are to be seen.
    pub seen: Seen,
    /// The program that an answer brings; or, in words, why it brings none.
    pub read: fn(&Answer) -> Result<Program, String>,
}

/// Which lines are to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// All: the reader knows what comes, and says what it will give.
    All,
    /// Those so far: what comes next is the question.
    SoFar,
}

/// A program that ran.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Program {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Every line with what it gave.
    pub table: TableData,
}

/// A line of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The line itself.
    pub code: String,
    /// What it did, as a sentence.
    pub words: String,
    /// What is drawn over the lines while this is the present one, as HTML.
    pub picture: String,
    /// What may be guessed of it before it is shown, if anything.
    pub ask: Option<Ask>,
}

/// What is asked of a line before it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ask {
    /// The question's beginning, which an answer ends.
    pub about: &'static str,
    /// The answers, at most [`MOST_ANSWERS`].
    pub answers: &'static [&'static str],
    /// Which of them is right.
    pub right: usize,
}

/// The most answers that are offered.
const MOST_ANSWERS: usize = 3;

impl Stepper {
    /// Its beats on a stage: it runs, then it is gone through; then each of some others, which a beat chooses.
    pub fn steps(self, others: &[&str]) -> String {
        let [run, back, next] = self.actions;
        let walk = format!("walk [data-action={next}] back [data-action={back}] | next line");
        format!("press [data-action={run}] | {}; {walk}{}", self.run, all(others, |choose| format!("; {choose}; {walk}")))
    }

    /// The buttons, the present line, and all of them.
    pub fn view(self, question: Signal<Question>) -> AnyView {
        let asker = Asker::new(crate::app::manifest(), DEADLINE);
        let (is_open, reading) = (RwSignal::new(false), RwSignal::new(Reading::default()));
        let at = Memo::new(move |_| reading.with(Reading::at));
        let newest = RwSignal::new(None::<Question>);
        // Once it is open, it follows the choice. The reader begins anew here and not when the answer comes: until then there is no line to go to.
        Effect::new(move |_| {
            let question = question.get();
            if is_open.get() {
                reading.set(Reading::default());
                asker.ask(question.clone());
                newest.set(Some(question));
            }
        });
        let found = Memo::new(move |_| {
            let is_chosen = newest.with(|newest| question.with(|question| newest.as_ref() == Some(question)));
            asker.asking().with(|asking| chosen(asking, is_chosen, self.read))
        });
        let read = move |read: fn(&Program, Seen, usize) -> String| {
            Signal::derive(move || {
                found.with(|found| found.as_ref().map(|program| read(program, self.seen, at.get())).unwrap_or_default())
            })
        };
        let count = Memo::new(move |_| found.with(|found| found.as_ref().map_or(0, |program| program.lines.len())));
        let words = move || {
            let line = |program: &Program| {
                let judged = reading.with(|reading| reading.judged(&program.lines));
                judged + program.lines.get(at.get()).map_or("", |line| &line.words)
            };
            found.with(|found| found.as_ref().map_or_else(Clone::clone, line))
        };
        let status = Signal::derive(move || {
            asker.asking().with(|asking| match &asking.stage {
                AskStage::Loading { .. } | AskStage::Answering { .. } => "The worker is at it.".to_owned(),
                AskStage::Failed(failure) => format!("No answer: {failure}. {}", failure.what_next()),
                AskStage::Idle | AskStage::Answered => words(),
            })
        });
        let is_there = move || count.get() > 0;
        // The buttons stay while another program is on its way; where it has failed, it can be run again.
        let is_known = Memo::new(move |_| asker.asking().with(has_run) && found.with(Result::is_ok));
        let next_ask =
            Signal::derive(move || found.with(|found| reading.with(|reading| reading.asked(&found.as_ref().ok()?.lines))));
        // Does something to where the reader is, given the lines.
        let act = move |act: &dyn Fn(&mut Reading, &[Line])| {
            found.with_untracked(|found| {
                reading.update(|reading| act(reading, found.as_ref().map_or(&[][..], |program| &*program.lines)));
            });
        };
        let [run, back, next] = self.actions;
        view! {
            <div class="row">
                <button type="button" class="primary" data-action=run hidden=dynamic(move || is_known.get())
                    on:click=move |_| is_open.set(true)>{self.run}</button>
                <button type="button" class="quiet" data-action=back hidden=dynamic(move || !is_known.get())
                    disabled=dynamic(move || at.get() == 0) on:click=move |_| act(&|reading, _| reading.back())>"Line back"</button>
                <button type="button" class="quiet" data-action=next hidden=dynamic(move || !is_known.get())
                    disabled=dynamic(move || at.get() + 1 >= count.get())
                    on:click=move |_| act(&|reading, lines| reading.on(lines))>"Next line"</button>
            </div>
            {guesses(next_ask, move |answer| act(&|reading, lines| reading.guess(lines, answer)))}
            <p class=format!("meaning owner-step {}", self.class) role="status">{status}</p>
            <Html class="step-picture" html=read(|program, _, at| program.lines.get(at).map(|line| line.picture.clone()).unwrap_or_default())/>
            <Html class="owner-program" html=read(|program, seen, at| {
                let most = if seen == Seen::All { program.lines.len() } else { at + 1 };
                lines(program.lines.iter().take(most).map(|line| &*line.code), at)
            })/>
            <details class="layout-all" hidden=dynamic(move || !is_there())>
                <summary>{self.summary}</summary>
                <Html class="table-box" html=read(|program, _, _| program.table.draw())/>
            </details>
        }
        .into_any()
    }
}

/// The program of the present choice, which has no lines before it has run: an earlier one's are not to be gone through, nor guessed of. `is_chosen` is whether the
/// newest question is that of the choice.
fn chosen(asking: &Asking, is_chosen: bool, read: fn(&Answer) -> Result<Program, String>) -> Result<Program, String> {
    asking.current().filter(|_| is_chosen).map_or_else(|| Ok(Program::default()), read)
}

/// Whether a program has run, this one or one before it, and the newest has not failed to.
const fn has_run(asking: &Asking) -> bool {
    asking.answer.is_some() && !matches!(asking.stage, AskStage::Failed(_))
}

/// The answers that may be guessed of the next line, a button each. They stay where they are, so that the keyboard stays on the one that was pressed.
fn guesses(asked: Signal<Option<Ask>>, guess: impl Fn(usize) + Copy + Send + Sync + 'static) -> AnyView {
    let text = move |answer: usize| asked.get().and_then(|ask| ask.answers.get(answer).copied()).unwrap_or_default();
    let about = move || asked.get().map_or("", |ask| ask.about);
    let button = |answer: usize| {
        view! {
            <button type="button" data-step="predict" data-answer=answer.to_string() hidden=dynamic(move || text(answer).is_empty())
                on:click=move |_| guess(answer)>{dynamic(move || text(answer))}</button>
        }
    };
    view! {
        <div class="row step-guess" role="group" aria-label="A guess at the next line" hidden=dynamic(move || asked.get().is_none())>
            <span>{dynamic(about)}</span>
            {(0..MOST_ANSWERS).map(button).collect_view()}
        </div>
    }
    .into_any()
}

/// What is said where an answer is of another lab, which no worker of ours gives.
pub(super) fn none_of_ours() -> Result<Program, String> {
    Err("The worker answered something else. Reload the page.".to_owned())
}

/// A part of a lab under its figures, which needs scripts: a heading, a sentence, its beats on a stage, and what is operated.
pub(super) fn panel(title: &'static str, words: &'static str, steps: String, content: AnyView) -> AnyView {
    view! {
        <form class="cells-stepped needs-scripts" data-panel="" data-steps=steps on:submit=|event| event.prevent_default()>
            <h2 class="lab-part">{title}</h2>
            <p>{words}</p>
            {content}
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::RunFailure;
    use protocol::{BuildId, memory::MemoryAnswer};
    use std::sync::Arc;

    fn read(answer: &Answer) -> Result<Program, String> {
        let line = Line { code: "a line".into(), words: String::new(), picture: String::new(), ask: None };
        match answer {
            Answer::Memory(_) => Ok(Program { lines: vec![line], ..Program::default() }),
            _ => none_of_ours(),
        }
    }

    /// A program has run, and this came of the question after it.
    fn after(stage: AskStage) -> Asking {
        let mut asking = Asking::new(BuildId(1), DEADLINE);
        asking.answer = Some(Arc::new(Answer::Memory(MemoryAnswer::Trace(protocol::memory::Trace::default()))));
        asking.stage = stage;
        asking
    }

    #[test]
    fn lines_are_those_of_the_choice_or_there_are_none() {
        let lines = |asking: &Asking, is_chosen| chosen(asking, is_chosen, read).unwrap().lines.len();
        assert_eq!(lines(&Asking::new(BuildId(1), DEADLINE), true), 0);
        let answered = after(AskStage::Answered);
        assert_eq!([lines(&answered, true), lines(&answered, false)], [1, 0]);
        // An earlier program's lines stand under no other choice, neither while that is on its way nor once it has failed.
        for stage in [AskStage::Answering { fraction: 0.5 }, AskStage::Failed(RunFailure::Damaged)] {
            assert_eq!(lines(&after(stage), true), 0);
        }
    }

    #[test]
    fn what_has_failed_can_be_run_again() {
        let has_run = |stage| has_run(&after(stage));
        assert!(has_run(AskStage::Answered) && has_run(AskStage::Answering { fraction: 0.0 }));
        assert!(!has_run(AskStage::Failed(RunFailure::Damaged)));
    }
}
