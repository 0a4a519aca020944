//! Programs of cells, run by the worker when the reader asks; and the borrow that breaks the rule, which ends a worker of its own.

use super::{
    super::carried::{Carried, Key},
    draw,
};
use crate::{
    components::controls::Choice,
    engine::{AskStage, Asker},
    labs::{
        memory::stepper::{DEADLINE, Seen, Stepper, none_of_ours, panel},
        shared::alternative,
    },
};
use leptos::prelude::*;
use protocol::{
    Answer, Question,
    interior::{CellProgram, InteriorQuestion},
};

const STEPPER: Stepper = Stepper {
    actions: ["run-cells", "cell-back", "cell-next"],
    run: "Run the program",
    class: "cell-step",
    summary: "All lines with what they gave",
    seen: Seen::All,
    read: |answer| match answer {
        Answer::InteriorMutability(answer) => Ok(draw::program(&answer.steps)),
        _ => none_of_ours(),
    },
};

/// Which program is shown.
pub(super) const PROGRAM: Key<CellProgram> = Key {
    name: "program",
    start: CellProgram::default,
    write: |program| program.slug().to_owned(),
    read: CellProgram::from_slug,
};

/// The two panels under the figures.
pub(super) fn view(shown: Carried<CellProgram>) -> [AnyView; 2] {
    [programs(shown.value()), panicking()]
}

/// The programs, line by line.
fn programs(program: RwSignal<CellProgram>) -> AnyView {
    let choose = move |slug: String| program.set(CellProgram::from_slug(&slug).unwrap_or_default());
    let all = CellProgram::ALL.map(|program| alternative(program.slug(), program.label())).to_vec();
    let question = Signal::derive(move || Question::InteriorMutability(InteriorQuestion::Steps(program.get())));
    let content = view! {
        <div class="toolbar">
            <Choice label="Program" name="cell-program" options=Signal::stored(all) value=Signal::derive(move || program.get().slug().to_owned())
                on_choose=choose/>
        </div>
        {STEPPER.view(question)}
    };
    panel(
        "Cells, line by line",
        "Each line is run by the worker. Say what it will give before you go on; behind it stands what it gave, and what the cell says of itself.",
        STEPPER.steps(&["choose cell [name=cell-program] | the same with Cell"]),
        content.into_any(),
    )
}

/// The borrow that is not asked for.
fn panicking() -> AnyView {
    let asker = Asker::new(crate::app::manifest(), DEADLINE);
    let status = Signal::derive(move || {
        asker.asking().with(|asking| match &asking.stage {
            AskStage::Idle => String::new(),
            AskStage::Loading { .. } | AskStage::Answering { .. } => "Borrowing.".to_owned(),
            AskStage::Answered => "It was let in, and should not have been.".to_owned(),
            AskStage::Failed(failure) if failure.ended_a_worker() => {
                format!("The worker’s last words: {failure}. It is gone; the page, and every other worker, goes on.")
            }
            AskStage::Failed(failure) => format!("No answer: {failure}. {}", failure.what_next()),
        })
    });
    let content = view! {
        <div class="row">
            <button type="button" class="quiet" data-action="borrow-twice"
                on:click=move |_| asker.ask(Question::InteriorMutability(InteriorQuestion::BorrowTwice))>"Borrow twice"</button>
        </div>
        <p class="meaning borrow-twice" role="status">{status}</p>
    };
    panel(
        "Without asking",
        "The same second borrow by borrow_mut, which does not ask but insists. In the labs’ bundles a panic ends the whole worker, as it would end a program.",
        "press [data-action=borrow-twice] | borrow twice".to_owned(),
        content.into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::{super::super::carried::is_brought_back, *};

    #[test]
    fn a_link_brings_the_program_back() {
        assert!(is_brought_back(&PROGRAM, CellProgram::ALL));
    }
}
