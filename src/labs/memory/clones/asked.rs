//! What is counted and not timed: each stage's copies, and the program of owners. It is asked for when the reader presses, and never before.

use super::draw;
use crate::{
    engine::{AskStage, Asker},
    markup::{Html, dynamic},
};
use leptos::prelude::*;
use protocol::{
    Answer, Question,
    clones::{ClonesAnswer, ClonesQuestion},
};
use units::Nanos;

/// Its beats on a stage: what each stage copies, then the owners.
const ON_STAGE: &str = "press [data-action=count-stages] | count each stage; part owners | on to the owners; \
     walk [data-action=owner-next] back [data-action=owner-back] | next line";

/// How long an answer may take on a slow phone: it goes through the text once for each contender.
const DEADLINE: Nanos = Nanos(20e9);

/// The two panels under the figures.
pub(super) fn view(question: Signal<ClonesQuestion>) -> impl IntoView {
    let asker = Asker::new(crate::app::manifest(), DEADLINE);
    let is_open = RwSignal::new(false);
    // Once it is open, it follows the input.
    Effect::new(move |_| {
        let question = question.get();
        if is_open.get() {
            asker.ask(Question::Clones(question));
        }
    });
    let at = RwSignal::new(0_usize);
    let answer = Memo::new(move |_| {
        asker.asking().with(|asking| match asking.answer.as_deref() {
            Some(Answer::Clones(answer)) => Some(answer.clone()),
            _ => None,
        })
    });
    let is_there = Memo::new(move |_| answer.with(Option::is_some));
    let status = Signal::derive(move || {
        asker.asking().with(|asking| match &asking.stage {
            AskStage::Idle => String::new(),
            AskStage::Loading { .. } | AskStage::Answering { .. } => "Counting.".to_owned(),
            AskStage::Answered => answer.with(|answer| answer.as_ref().map(draw::needless).unwrap_or_default()),
            AskStage::Failed(failure) => format!("No answer: {failure}. {}", failure.what_next()),
        })
    });
    let said = move |read: fn(&ClonesAnswer, usize) -> String| {
        Signal::derive(move || answer.with(|answer| answer.as_ref().map(|answer| read(answer, at.get())).unwrap_or_default()))
    };
    let last = move || answer.with(|answer| answer.as_ref().map_or(0, |answer| answer.steps.len().saturating_sub(1)));
    let back = move |_| at.update(|at| *at = at.saturating_sub(1));
    let on = move |_| at.update(|at| *at = (*at + 1).min(last()));
    view! {
        <form class="clones-counted needs-scripts" data-panel="" data-steps=ON_STAGE on:submit=move |event| event.prevent_default()>
            <div data-part="stages">
                <h2 class="lab-part">"Where the copies are made"</h2>
                <div class="row" hidden=dynamic(move || is_there.get())>
                    <button type="button" class="primary" data-action="count-stages" on:click=move |_| is_open.set(true)>"Count each stage"</button>
                </div>
                <p class="meaning clones-finding" role="status">{status}</p>
                <div hidden=dynamic(move || !is_there.get())>
                    <Html class="table-box" html=said(|answer, _| draw::stages(answer).draw())/>
                </div>
            </div>
            <div data-part="owners">
                <h2 class="lab-part">"Owners, line by line"</h2>
                <p>"A program that runs while the copies are counted: behind each line, what its Rc and the allocator said."</p>
                <div class="row" hidden=dynamic(move || !is_there.get())>
                    <button type="button" class="quiet" data-action="owner-back" disabled=dynamic(move || at.get() == 0) on:click=back>"Line back"</button>
                    <button type="button" class="quiet" data-action="owner-next" disabled=dynamic(move || at.get() >= last()) on:click=on>"Next line"</button>
                </div>
                <p class="meaning owner-step" role="status">{said(|answer, at| answer.steps.get(at).map(draw::step).unwrap_or_default())}</p>
                <Html class="owner-program" html=said(|answer, at| draw::program(&answer.steps, at))/>
                <details class="layout-all" hidden=dynamic(move || !is_there.get())>
                    <summary>"All counts, line by line"</summary>
                    <Html class="table-box" html=said(|answer, _| draw::counts(&answer.steps).draw())/>
                </details>
            </div>
        </form>
    }
}
