//! The reader's own calls, and a guess at where the next block will be. The allocator's answer comes from the lab; the list of calls is plain data.

use super::super::watch::Watcher;
use crate::{
    components::controls::{Choice, number_of},
    instruments::memory_view::{History, MemoryView},
    labs::shared::alternative,
    markup::dynamic,
};
use leptos::{ev, prelude::*};
use protocol::{
    allocators::{AllocatorKind, Click},
    memory::{EventKind, MemoryQuestion},
};

/// The sizes that buttons ask for.
const SIZES: [u32; 4] = [24, 100, 400, 1_000];

/// The calls so far: plain data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Calls {
    clicks: Vec<Click>,
    /// Where the reader believes the last block to be.
    guess: Option<u32>,
}

impl Calls {
    /// The calls whose blocks are out: which call, and its size.
    fn out(&self) -> Vec<(u32, u32)> {
        let is_back = |at: u32| self.clicks.contains(&Click::Free(at));
        let asked = self.clicks.iter().zip(0_u32..).filter_map(|(click, at)| match click {
            Click::Alloc(size) => Some((at, *size)),
            Click::Free(_) => None,
        });
        asked.filter(|(at, _)| !is_back(*at)).collect()
    }

    fn add(&mut self, click: Click) {
        if self.clicks.len() < Click::MOST {
            self.clicks.push(click);
        }
    }

    /// What the allocator did at the last call, and whether the reader had foreseen it.
    fn outcome(&self, history: &History) -> String {
        let Some(Click::Alloc(size)) = self.clicks.last() else { return String::new() };
        let asked = self.clicks.iter().filter(|click| matches!(click, Click::Alloc(_))).count();
        let last = history.event(history.moments()).filter(|event| event.kind == EventKind::Alloc);
        // Whoever was refused before is missing from the blocks, too: the last event tells only where all were served.
        let Some(event) = last.filter(|event| event.size == *size && history.blocks().len() <= asked) else {
            return format!("The request for {size} bytes was refused: there is no free piece as large as that.");
        };
        let at = event.address;
        match self.guess {
            Some(guess) if guess == at => format!("The {size} bytes begin at {at}: as you said."),
            Some(guess) => format!("The {size} bytes begin at {at}, not at {guess}. Which free piece did it take, and why?"),
            None => format!("The {size} bytes begin at {at}."),
        }
    }
}

/// Buttons for calls, a field for the guess, and the memory that comes of it.
pub(super) fn view() -> AnyView {
    let watcher = Watcher::new();
    let (kind, calls) = (RwSignal::new(AllocatorKind::default()), RwSignal::new(Calls::default()));
    let guess = RwSignal::new(None::<u32>);
    let ask = move || {
        watcher.ask(MemoryQuestion::Clicks {
            kind: kind.get_untracked(),
            clicks: calls.with_untracked(|calls| calls.clicks.clone()),
        });
    };
    let click = move |click: Click| {
        calls.update(|calls| {
            calls.guess = guess.get_untracked();
            calls.add(click);
        });
        guess.set(None);
        ask();
    };
    let choose = move |slug: String| {
        kind.set(AllocatorKind::from_slug(&slug).unwrap_or_default());
        calls.set(Calls::default());
        ask();
    };
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 0 that the field's bounds hold small"
    )]
    let guessed =
        move |event: ev::Event| guess.set(number_of(&event).filter(|number| *number >= 0.0).map(|number| number as u32));
    let back = move || {
        let buttons = calls.with(Calls::out).into_iter().map(|(at, size)| {
            let label = format!("Give back call {}: {size} bytes", at + 1);
            view! { <button type="button" on:click=move |_| click(Click::Free(at))>{label}</button> }.into_any()
        });
        buttons.collect::<Vec<_>>()
    };
    let sizes = SIZES.map(|size| {
        view! { <button type="button" data-size=size on:click=move |_| click(Click::Alloc(size))>{format!("Ask for {size} bytes")}</button> }
    });
    let outcome = Signal::derive(move || {
        let said = watcher
            .history()
            .with(|history| history.as_deref().map(|history| calls.with_untracked(|calls| calls.outcome(history))));
        said.unwrap_or_else(|| watcher.status().get())
    });
    let kinds = AllocatorKind::ALL.map(|kind| alternative(kind.slug(), kind.label())).to_vec();
    view! {
        <form class="memory-watch by-hand needs-scripts" on:submit=move |event| event.prevent_default()>
            <h2 class="lab-part">"Be the program"</h2>
            <p>"You have 4,096 bytes (a slab has four pages of them). Ask, give back, and say beforehand where the next block will begin: places are counted in bytes from 0."</p>
            <div class="toolbar">
                <Choice label="Allocator" name="own-allocator" options=Signal::stored(kinds)
                    value=Signal::derive(move || kind.get().slug().to_owned()) on_choose=choose/>
                <label class="choice"><span>"I expect the next block at"</span>
                    <input type="number" name="guess" min="0" max="16384" step="8"
                        prop:value=dynamic(move || guess.get().map(|guess| guess.to_string()).unwrap_or_default()) on:input=guessed/></label>
            </div>
            <div class="clicks" role="group" aria-label="Ask">{sizes.collect_view()}</div>
            <div class="clicks" role="group" aria-label="Give back">{dynamic(back)}</div>
            <p class="memory-status" role="status">{outcome}</p>
            <MemoryView latest=watcher.history() idle="Ask for some bytes: they appear at their place."/>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::memory::{MemoryEvent, Owner, Trace};

    fn history(blocks: &[(u32, u32)]) -> History {
        let event = |&(address, size): &(u32, u32)| MemoryEvent {
            kind: EventKind::Alloc,
            owner: Owner::Small,
            align: 3,
            address,
            size,
            taken: size,
        };
        let events: Vec<MemoryEvent> = blocks.iter().map(event).collect();
        History::of(&Trace { start: 0, end: 4_096, events: MemoryEvent::pack(&events), lost: 0 }).unwrap()
    }

    #[test]
    fn what_is_out_can_come_back_once() {
        let mut calls = Calls::default();
        for click in [Click::Alloc(24), Click::Alloc(100), Click::Free(0)] {
            calls.add(click);
        }
        assert_eq!(calls.out(), [(1, 100)]);
        (0..2 * Click::MOST).for_each(|_| calls.add(Click::Alloc(24)));
        assert_eq!(calls.clicks.len(), Click::MOST);
    }

    #[test]
    fn a_guess_is_judged_and_a_refusal_is_said() {
        let mut calls = Calls { clicks: vec![Click::Alloc(24)], guess: Some(0) };
        assert!(calls.outcome(&history(&[(0, 24)])).contains("as you said"));
        calls.guess = Some(8);
        assert!(calls.outcome(&history(&[(0, 24)])).contains("not at 8"));
        calls.add(Click::Alloc(5_000));
        assert!(calls.outcome(&history(&[(0, 24)])).contains("refused"));
    }
}
