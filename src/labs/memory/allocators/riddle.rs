//! The exercise: foresee where the next block begins. The worker draws the calls and judges; here is what the reader says, and how often in a row
//! it was right. It must never hold the answer before the guess.

use super::super::{
    carried::{Carried, Key},
    lines,
    stepper::DEADLINE,
};
use super::{
    by_hand,
    foreseen::{Round, Streaks, blocks_drawn, calls_in_words, said},
};
use crate::{
    components::controls::Choice,
    engine::{AskStage, Asker},
    labs::shared::alternative,
    markup::{Html, dynamic},
};
use leptos::prelude::*;
use protocol::{
    Answer, Question,
    allocators::AllocatorKind,
    memory::{MemoryAnswer, MemoryQuestion, Riddle, RiddleQuestion},
};

/// Which riddle is shown, as links write it: the allocator and its round.
pub(super) const ROUND: Key<Round> =
    Key { name: "riddle", start: Round::default, write: |round| round.write(), read: Round::read };

/// Its beats on a stage: a riddle, some places to choose from, the verdict.
const ON_STAGE: &str = "press [data-action=riddle-draw] | draw a riddle; offer 0..1024 by 256 [name=riddle-guess] | bytes from the beginning; \
     press [data-action=riddle-guess] | judge it";

/// The allocator, the riddle, the guess, the verdict.
pub(super) fn view(shown: Carried<Round>) -> AnyView {
    let asker = Asker::new(crate::app::manifest(), DEADLINE);
    let (round, guess) = (shown.value(), RwSignal::new(None::<u32>));
    let (is_open, streaks) = (RwSignal::new(false), RwSignal::new(Streaks::default()));
    let ask = move |guess: Option<u32>| {
        let Round { kind, number } = round.get_untracked();
        asker.ask(Question::Memory(MemoryQuestion::Riddle(RiddleQuestion { kind, round: number, guess })));
    };
    // Another round, the reader's or a link's, is drawn once the reader has asked for one at all.
    let now = Memo::new(move |_| round.get());
    Effect::new(move |_| {
        let _ = now.get();
        guess.set(None);
        if is_open.get() {
            ask(None);
        }
    });
    let riddle = Memo::new(move |_| {
        let found = asker.asking().with(|asking| match asking.answer.as_deref() {
            Some(Answer::Memory(MemoryAnswer::Riddle(riddle))) => Some(riddle.clone()),
            _ => None,
        });
        found.filter(|riddle| now.get().is_of(&riddle.of))
    });
    Effect::new(move |_| {
        if let Some(riddle) = riddle.get() {
            streaks.update(|streaks| streaks.note(&riddle));
        }
    });
    let is_there = move || riddle.with(Option::is_some);
    let is_judged = move || riddle.with(|riddle| riddle.as_ref().is_some_and(|riddle| riddle.is_foreseen().is_some()));
    let status = Signal::derive(move || match asker.asking().with(|asking| asking.stage.clone()) {
        AskStage::Loading { .. } | AskStage::Answering { .. } => "The worker is at it.".to_owned(),
        AskStage::Failed(failure) => format!("No answer: {failure}. {}", failure.what_next()),
        AskStage::Idle | AskStage::Answered => riddle.with(|riddle| riddle.as_ref().map(said).unwrap_or_default()),
    });
    let read = move |read: fn(&Riddle) -> String| {
        Signal::derive(move || riddle.with(|riddle| riddle.as_ref().map(read).unwrap_or_default()))
    };
    let kinds = AllocatorKind::ALL.map(|kind| alternative(kind.slug(), kind.label())).to_vec();
    let choose = move |slug: String| round.update(|round| round.kind = AllocatorKind::from_slug(&slug).unwrap_or(round.kind));
    view! {
        <form class="memory-watch riddle needs-scripts" data-panel="" data-steps=ON_STAGE on:submit=move |event| event.prevent_default()>
            <h2 class="lab-part">"Exercise: foresee"</h2>
            <p>"Here the worker makes the calls, and you say where the next block will begin, in bytes from 0. Three in a row, for two of the allocators, \
                and you know them."</p>
            <div class="toolbar">
                <Choice label="Allocator" name="riddle-allocator" options=Signal::stored(kinds)
                    value=Signal::derive(move || round.get().kind.slug().to_owned()) on_choose=choose/>
                {by_hand::guessing("The next block begins at", "riddle-guess", guess, Signal::derive(is_judged))}
            </div>
            <div class="row">
                <button type="button" class="primary" data-action="riddle-draw" hidden=dynamic(is_there)
                    on:click=move |_| is_open.set(true)>"Draw a riddle"</button>
                <button type="button" class="primary" data-action="riddle-guess" hidden=dynamic(move || !is_there())
                    disabled=dynamic(move || guess.get().is_none() || is_judged()) on:click=move |_| ask(guess.get_untracked())>"There it begins"</button>
                <button type="button" class="quiet" data-action="riddle-next" hidden=dynamic(move || !is_judged())
                    on:click=move |_| round.update(Round::go_on)>"Another riddle"</button>
            </div>
            <p class="meaning riddle-said" role="status">{status}</p>
            <p class="riddle-streak">{dynamic(move || streaks.with(Streaks::words))}</p>
            <Html class="riddle-calls" html=read(|riddle| {
                let words = calls_in_words(riddle);
                lines(words.iter().map(String::as_str), words.len().saturating_sub(1))
            })/>
            <Html class="riddle-blocks" html=read(blocks_drawn)/>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{super::super::carried::is_brought_back, *};

    #[test]
    fn a_link_brings_the_riddle_back() {
        let all = AllocatorKind::ALL.into_iter().flat_map(|kind| [0, 1, 77].map(|number| Round { kind, number }));
        assert!(is_brought_back(&ROUND, all));
        assert_eq!((ROUND.read)("first-fit"), None);
    }
}
