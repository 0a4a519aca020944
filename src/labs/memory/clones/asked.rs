//! What is counted and not timed: each stage's copies, and the program of owners. It is asked for when the reader presses, and never before.

use super::{super::carried::Carried, draw, pick::Pick};
use crate::{
    components::controls::{Alternative, Choice},
    engine::{AskStage, Asker, Asking},
    labs::shared::alternative,
    markup::{Html, dynamic},
};
use leptos::prelude::*;
use protocol::{
    Answer, Contender, LabId, Question,
    clones::{ClonesAnswer, ClonesQuestion, Stage},
};
use units::Nanos;

/// Its beats on a stage: a pick, what each stage copies, then the owners.
const ON_STAGE: &str = "choose 3 [name=needless-stage] | the needless clone: at which stage?; choose text-string [name=needless-kept] | and of what?; \
     press [data-action=count-stages] | count each stage; part owners | on to the owners; \
     walk [data-action=owner-next] back [data-action=owner-back] | next line";

/// How long an answer may take on a slow phone: it goes through the text once for each contender.
const DEADLINE: Nanos = Nanos(20e9);

/// The two panels under the figures.
pub(super) fn view(question: Signal<ClonesQuestion>, picked: Carried<Pick>) -> impl IntoView {
    let pick = picked.value();
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
            AskStage::Answered => {
                answer.with(|answer| answer.as_ref().map(|answer| pick.get().judged(answer)).unwrap_or_default())
            }
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
        <form class="clones-counted needs-scripts" data-panel="" data-steps=ON_STAGE
            data-watch=dynamic(move || asker.asking().with(Asking::data_state)) on:submit=move |event| event.prevent_default()>
            <div data-part="stages">
                <h2 class="lab-part">"Where the copies are made"</h2>
                <p>"One of these clones nobody needs. Say at which stage it is made, and of a text that is kept how; then have them counted."</p>
                {picking(pick)}
                <div class="row" hidden=dynamic(move || is_there.get())>
                    <button type="button" class="primary" data-action="count-stages" disabled=dynamic(move || !pick.get().is_made()) on:click=move |_| is_open.set(true)>"Count each stage"</button>
                </div>
                <p class="meaning clones-finding" role="status">{status}</p>
                <div hidden=dynamic(move || !is_there.get())>
                    <Html class="table-box" html=said(|answer, _| draw::stages(answer).draw())/>
                </div>
            </div>
            <div data-part="owners">
                <h2 class="lab-part">"Owners, line by line"</h2>
                <p>"A program that runs while the copies are counted: behind each line, what its handles and the allocator said, and the block as it lies \
                    in memory. In its weak count all owners together are one more."</p>
                <div class="row" hidden=dynamic(move || !is_there.get())>
                    <button type="button" class="quiet" data-action="owner-back" disabled=dynamic(move || at.get() == 0) on:click=back>"Line back"</button>
                    <button type="button" class="quiet" data-action="owner-next" disabled=dynamic(move || at.get() >= last()) on:click=on>"Next line"</button>
                </div>
                <p class="meaning owner-step" role="status">{said(|answer, at| answer.steps.get(at).map(draw::step).unwrap_or_default())}</p>
                <Html class="step-picture" html=said(|answer, at| answer.steps.get(at).map(draw::block).unwrap_or_default())/>
                <Html class="owner-program" html=said(|answer, at| draw::program(&answer.steps, at))/>
                <details class="layout-all" hidden=dynamic(move || !is_there.get())>
                    <summary>"All counts, line by line"</summary>
                    <Html class="table-box" html=said(|answer, _| draw::counts(&answer.steps).draw())/>
                </details>
            </div>
        </form>
    }
}

/// The two selects of the pick.
fn picking(pick: RwSignal<Pick>) -> AnyView {
    let open = || alternative("", "choose");
    let stages = Stage::ALL.iter().enumerate().map(|(at, stage)| alternative(&at.to_string(), stage.label()));
    let stages: Vec<Alternative> = std::iter::once(open()).chain(stages).collect();
    let kept = LabId::Clones.contenders().iter().map(|one| alternative(one.slug(), one.label()));
    let kept: Vec<Alternative> = std::iter::once(open()).chain(kept).collect();
    let stage = Signal::derive(move || pick.get().stage.and_then(Pick::place).map(|at| at.to_string()).unwrap_or_default());
    let name = Signal::derive(move || pick.get().kept.map(Contender::slug).unwrap_or_default().to_owned());
    view! {
        <div class="toolbar">
            <Choice label="The needless clone is made at" name="needless-stage" options=Signal::stored(stages) value=stage
                on_choose=move |place: String| pick.update(|pick| pick.stage = Pick::stage_of(&place))/>
            <Choice label="of a text kept as" name="needless-kept" options=Signal::stored(kept) value=name
                on_choose=move |slug: String| pick.update(|pick| pick.kept = Pick::kept_of(&slug))/>
        </div>
    }
    .into_any()
}
