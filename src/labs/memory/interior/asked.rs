//! Programs of cells, run by the worker when the reader asks; and the borrow that breaks the rule, which ends a worker of its own.

use super::draw;
use crate::{
    components::controls::Choice,
    engine::{AskStage, Asker},
    labs::shared::alternative,
    markup::{Html, dynamic},
};
use leptos::prelude::*;
use protocol::{
    Answer, Question,
    interior::{CellProgram, CellStep, InteriorQuestion},
};
use units::Nanos;

/// How long an answer may take on a slow phone: a dozen lines run at once, so it is the bundle that takes its time.
const DEADLINE: Nanos = Nanos(20e9);

/// The two panels under the figures.
pub(super) fn view() -> impl IntoView {
    view! {
        <form class="cells-stepped needs-scripts" on:submit=|event| event.prevent_default()>
            {programs()}
            {panicking()}
        </form>
    }
}

/// The programs, line by line.
fn programs() -> impl IntoView {
    let asker = Asker::new(crate::app::manifest(), DEADLINE);
    let (program, is_open, at) = (RwSignal::new(CellProgram::default()), RwSignal::new(false), RwSignal::new(0_usize));
    // Once it is open, it follows the choice.
    Effect::new(move |_| {
        let program = program.get();
        if is_open.get() {
            at.set(0);
            asker.ask(Question::InteriorMutability(InteriorQuestion::Steps(program)));
        }
    });
    let steps = Memo::new(move |_| {
        asker.asking().with(|asking| match asking.answer.as_deref() {
            Some(Answer::InteriorMutability(answer)) => answer.steps.clone(),
            _ => Vec::new(),
        })
    });
    let is_there = Memo::new(move |_| steps.with(|steps| !steps.is_empty()));
    let status = Signal::derive(move || {
        asker.asking().with(|asking| match &asking.stage {
            AskStage::Loading { .. } | AskStage::Answering { .. } => "Running the program.".to_owned(),
            AskStage::Failed(failure) => format!("No answer: {failure}. {}", failure.what_next()),
            AskStage::Idle | AskStage::Answered => steps.with(|steps| steps.get(at.get()).map(draw::step).unwrap_or_default()),
        })
    });
    let drawn = move |draw: fn(&[CellStep], usize) -> String| Signal::derive(move || steps.with(|steps| draw(steps, at.get())));
    let last = move || steps.with_untracked(|steps| steps.len().saturating_sub(1));
    let choose = move |slug: String| program.set(CellProgram::from_slug(&slug).unwrap_or_default());
    let all = CellProgram::ALL.map(|program| alternative(program.slug(), program.label())).to_vec();
    view! {
        <h2 class="lab-part">"Cells, line by line"</h2>
        <p>"Each line is run by the worker. Say what it will give before you go on; behind it stands what it gave, and what the cell says of itself."</p>
        <div class="toolbar">
            <Choice label="Program" name="cell-program" options=Signal::stored(all) value=Signal::derive(move || program.get().slug().to_owned())
                on_choose=choose/>
        </div>
        <div class="row">
            <button type="button" class="primary" data-action="run-cells" hidden=dynamic(move || is_there.get())
                on:click=move |_| is_open.set(true)>"Run the program"</button>
            <button type="button" class="quiet" data-action="cell-back" hidden=dynamic(move || !is_there.get())
                disabled=dynamic(move || at.get() == 0) on:click=move |_| at.update(|at| *at = at.saturating_sub(1))>"Line back"</button>
            <button type="button" class="quiet" data-action="cell-next" hidden=dynamic(move || !is_there.get())
                on:click=move |_| at.update(|at| *at = (*at + 1).min(last()))>"Next line"</button>
        </div>
        <p class="meaning owner-step cell-step" role="status">{status}</p>
        <Html class="owner-program" html=drawn(draw::program)/>
        <details class="layout-all" hidden=dynamic(move || !is_there.get())>
            <summary>"All lines with what they gave"</summary>
            <Html class="table-box" html=drawn(|steps, _| draw::table(steps).draw())/>
        </details>
    }
}

/// The borrow that is not asked for.
fn panicking() -> impl IntoView {
    let asker = Asker::new(crate::app::manifest(), DEADLINE);
    let status = Signal::derive(move || {
        asker.asking().with(|asking| match &asking.stage {
            AskStage::Idle => String::new(),
            AskStage::Loading { .. } | AskStage::Answering { .. } => "Borrowing.".to_owned(),
            AskStage::Answered => "It was let in, and should not have been.".to_owned(),
            AskStage::Failed(failure) => {
                format!("The worker’s last words: {failure}. It is gone; the page, and every other worker, goes on.")
            }
        })
    });
    view! {
        <h2 class="lab-part">"Without asking"</h2>
        <p>"The same second borrow by borrow_mut, which does not ask but insists. In the labs’ bundles a panic ends the whole worker, as it would end a program."</p>
        <div class="row">
            <button type="button" class="quiet" data-action="borrow-twice"
                on:click=move |_| asker.ask(Question::InteriorMutability(InteriorQuestion::BorrowTwice))>"Borrow twice"</button>
        </div>
        <p class="meaning borrow-twice" role="status">{status}</p>
    }
}
