//! Programs of addresses, run by the worker when the reader asks.

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
    pinned::{PinProgram, PinQuestion, PinStep},
};
use units::Nanos;

/// How long an answer may take on a slow phone: a dozen lines run at once, so it is the bundle that takes its time.
const DEADLINE: Nanos = Nanos(20e9);

/// The panel under the figures.
pub(super) fn view() -> impl IntoView {
    let asker = Asker::new(crate::app::manifest(), DEADLINE);
    let (program, is_open, at) = (RwSignal::new(PinProgram::default()), RwSignal::new(false), RwSignal::new(0_usize));
    // Once it is open, it follows the choice.
    Effect::new(move |_| {
        let program = program.get();
        if is_open.get() {
            at.set(0);
            asker.ask(Question::Pin(PinQuestion { program }));
        }
    });
    let steps = Memo::new(move |_| {
        asker.asking().with(|asking| match asking.answer.as_deref() {
            Some(Answer::Pin(answer)) => answer.steps.clone(),
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
    let drawn = move |draw: fn(&[PinStep], usize) -> String| Signal::derive(move || steps.with(|steps| draw(steps, at.get())));
    let last = move || steps.with_untracked(|steps| steps.len().saturating_sub(1));
    let choose = move |slug: String| program.set(PinProgram::from_slug(&slug).unwrap_or_default());
    let all = PinProgram::ALL.map(|program| alternative(program.slug(), program.label())).to_vec();
    view! {
        <form class="cells-stepped needs-scripts" on:submit=|event| event.prevent_default()>
            <h2 class="lab-part">"Addresses, line by line"</h2>
            <p>"Each line is run by the worker, and the addresses are those of its own memory. Say whether the value will still be where it believes to be before you go on."</p>
            <div class="toolbar">
                <Choice label="Program" name="pin-program" options=Signal::stored(all)
                    value=Signal::derive(move || program.get().slug().to_owned()) on_choose=choose/>
            </div>
            <div class="row">
                <button type="button" class="primary" data-action="run-pin" hidden=dynamic(move || is_there.get())
                    on:click=move |_| is_open.set(true)>"Run the program"</button>
                <button type="button" class="quiet" data-action="pin-back" hidden=dynamic(move || !is_there.get())
                    disabled=dynamic(move || at.get() == 0) on:click=move |_| at.update(|at| *at = at.saturating_sub(1))>"Line back"</button>
                <button type="button" class="quiet" data-action="pin-next" hidden=dynamic(move || !is_there.get())
                    on:click=move |_| at.update(|at| *at = (*at + 1).min(last()))>"Next line"</button>
            </div>
            <p class="meaning owner-step pin-step" role="status">{status}</p>
            <Html class="pin-picture" html=drawn(draw::places)/>
            <Html class="owner-program" html=drawn(draw::program)/>
            <details class="layout-all" hidden=dynamic(move || !is_there.get())>
                <summary>"All lines with their addresses"</summary>
                <Html class="table-box" html=drawn(|steps, _| draw::table(steps).draw())/>
            </details>
        </form>
    }
}
