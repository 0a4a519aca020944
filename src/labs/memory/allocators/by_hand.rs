//! The reader's own calls, and a guess at where the next block will be. The allocator's answer comes from the lab; the list of calls is plain data.

use super::{
    super::{
        carried::{Key, Pair},
        lines,
        watch::{Newest, Watcher},
    },
    own_calls::{CALLS, Calls, SERVED_BY},
    told::Told,
};
use crate::{
    components::controls::{Choice, number_of},
    instruments::memory_view::{Begin, MemoryView, Space},
    labs::shared::alternative,
    markup::{Html, dynamic},
};
use leptos::{ev, prelude::*};
use protocol::{
    allocators::{AllocatorKind, Click},
    memory::MemoryQuestion,
};

/// The sizes that buttons ask for.
const SIZES: [u32; 4] = [24, 100, 400, 1_000];

/// Its beats on a stage: the example under first fit, then under best fit.
const ON_STAGE: &str = "walk [data-action=call-next] back [data-action=call-undo] via [data-action=call-show] | next call; \
     choose best-fit [name=own-allocator] | the same calls, best fit";

/// What is carried in links: who serves the calls, and which they are.
pub(super) type Own = Pair<AllocatorKind, Calls>;

/// The keys of both.
pub(super) const OWN: (&Key<AllocatorKind>, &Key<Calls>) = (&SERVED_BY, &CALLS);

/// Buttons for calls, a field for the guess, and the memory that comes of it.
pub(super) fn view(own: Own) -> AnyView {
    let watcher = Watcher::new();
    let (kind, calls, guess) = (own.0.value(), own.1.value(), RwSignal::new(None::<u32>));
    // Once a call was made here, the picture follows: whatever was chosen, undone, or brought by another link.
    let is_open = RwSignal::new(false);
    let served = Memo::new(move |_| (kind.get(), calls.with(|calls| calls.clicks().to_vec())));
    let asked = StoredValue::new((AllocatorKind::default(), Vec::new()));
    Effect::new(move |_| {
        let (kind, clicks) = served.get();
        if is_open.get() {
            asked.set_value((kind, clicks.clone()));
            watcher.ask(MemoryQuestion::Clicks { kind, clicks });
        }
    });
    // A history is of the newest question, unless another one is on already: then it is the next history that counts.
    let told = Memo::new(move |before: Option<&Option<Told>>| {
        let (kind, clicks) = asked.get_value();
        let told = watcher.history().with(|history| history.as_deref().map(|history| Told::of(kind, clicks, history)));
        match untrack(|| watcher.newest()) {
            Newest::Answered => told,
            Newest::Open => before.cloned().flatten(),
        }
    });
    let refused = Signal::derive(move || {
        told.with(|told| {
            served.with(|(kind, clicks)| told.as_ref().map(|told| told.refused_of(*kind, clicks)).unwrap_or_default())
        })
    });
    let click = move |click: Click| {
        calls.update(|calls| {
            calls.guess = guess.get_untracked();
            calls.add(click);
        });
        guess.set(None);
        is_open.set(true);
    };
    let example = move || calls.with(Calls::next_of_example);
    let made = move || calls.with(|calls| calls.clicks().len());
    // The same calls, another allocator: that is what one wants to compare.
    let choose = move |slug: String| {
        kind.set(AllocatorKind::from_slug(&slug).unwrap_or_default());
        calls.update(|calls| calls.guess = None);
    };
    let is_unseen = move || made() > 0 && watcher.history().with(Option::is_none);
    let outcome = Signal::derive(move || {
        let (newest, status, kind) = (watcher.newest(), watcher.status().get(), kind.get_untracked());
        told.with(|told| calls.with_untracked(|calls| outcome(newest, told.as_ref(), (kind, calls)))).unwrap_or(status)
    });
    let list = Signal::derive(move || {
        let words = calls.with(|calls| calls.words(&refused.get()));
        if words.is_empty() { String::new() } else { lines(words.iter().map(String::as_str), words.len() - 1) }
    });
    let kinds = AllocatorKind::ALL.map(|kind| alternative(kind.slug(), kind.label())).to_vec();
    view! {
        <form class="memory-watch by-hand needs-scripts" data-panel="" data-steps=ON_STAGE data-watch=dynamic(move || watcher.state())
            data-walked=dynamic(move || calls.with(Calls::of_example).to_string()) on:submit=move |event| event.prevent_default()>
            <h2 class="lab-part">"Be the program"</h2>
            <p>"You have 4,096 bytes (a slab has four pages of them). Ask, give back, and say beforehand where the next block will begin: places are counted in bytes from 0."</p>
            <div class="toolbar">
                <Choice label="Allocator" name="own-allocator" options=Signal::stored(kinds)
                    value=Signal::derive(move || kind.get().slug().to_owned()) on_choose=choose/>
                {guessing("I expect the next block at", "guess", guess, Signal::stored(false))}
            </div>
            {asking(calls, refused, Callback::new(click))}
            <div class="row">
                <button type="button" class="quiet" data-action="call-undo" disabled=dynamic(move || made() == 0)
                    on:click=move |_| calls.update(Calls::take_back)>"Undo the last call"</button>
                <button type="button" class="quiet" data-action="call-next" disabled=dynamic(move || example().is_none())
                    on:click=move |_| { example().into_iter().for_each(click); }>"An example, call by call"</button>
                <button type="button" class="quiet" data-action="call-show" hidden=dynamic(move || !is_unseen())
                    on:click=move |_| is_open.set(true)>"Make these calls"</button>
            </div>
            <p class="meaning by-hand-outcome" role="status">{outcome}</p>
            <Html class="by-hand-calls" html=list/>
            <MemoryView latest=watcher.history() begin=Begin::Latest space=Space::Region idle="Ask for some bytes: they appear at their place."/>
        </form>
    }
    .into_any()
}

/// What came of the last call; none as long as nothing was told of these calls, or what was told is not the newest: then how the question stands is said.
fn outcome(newest: Newest, told: Option<&Told>, (kind, calls): (AllocatorKind, &Calls)) -> Option<String> {
    let told = told.filter(|told| newest == Newest::Answered && told.is_of(kind, calls.clicks()))?;
    Some(calls.outcome(told))
}

/// A field for a guess at a place, in bytes from the region's beginning; closed once it is judged.
pub(super) fn guessing(
    words: &'static str,
    name: &'static str,
    guess: RwSignal<Option<u32>>,
    is_closed: Signal<bool>,
) -> AnyView {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 0 that the field's bounds hold small"
    )]
    let guessed =
        move |event: ev::Event| guess.set(number_of(&event).filter(|number| *number >= 0.0).map(|number| number as u32));
    view! {
        <label class="choice"><span>{words}</span>
            <input type="number" name=name min="0" max="16384" step="8" disabled=is_closed
                prop:value=dynamic(move || guess.get().map(|guess| guess.to_string()).unwrap_or_default()) on:input=guessed/></label>
    }
    .into_any()
}

/// The buttons that ask and give back.
fn asking(calls: RwSignal<Calls>, refused: Signal<Vec<u32>>, click: Callback<Click>) -> AnyView {
    let sizes = SIZES.map(|size| {
        view! { <button type="button" data-size=size on:click=move |_| click.run(Click::Alloc(size))>{format!("Ask for {size} bytes")}</button> }
    });
    let back = move || {
        let buttons = calls.with(|calls| calls.out(&refused.get())).into_iter().map(|(at, size)| {
            let label = format!("Give back call {}: {size} bytes", at + 1);
            view! { <button type="button" on:click=move |_| click.run(Click::Free(at))>{label}</button> }.into_any()
        });
        buttons.collect::<Vec<_>>()
    };
    view! {
        <div class="clicks" role="group" aria-label="Ask">{sizes.collect_view()}</div>
        <div class="clicks" role="group" aria-label="Give back">{dynamic(back)}</div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{super::own_calls::tests::history, *};

    #[test]
    fn an_outcome_is_said_of_the_calls_that_were_answered_and_of_no_others() {
        let first = AllocatorKind::FirstFit;
        let mut calls = Calls::default();
        calls.add(Click::Alloc(24));
        let told = Told::of(first, calls.clicks().into(), &history(&[(0, 24)]));
        assert_eq!(outcome(Newest::Answered, Some(&told), (first, &calls)).as_deref(), Some("The 24 bytes begin at 0."));
        assert_eq!(outcome(Newest::Answered, None, (first, &calls)), None);
        assert_eq!(outcome(Newest::Open, Some(&told), (first, &calls)), None);
        // What came later was damaged, or never came.
        assert_eq!(outcome(Newest::Answered, Some(&told), (AllocatorKind::Slab, &calls)), None);
        calls.add(Click::Alloc(24));
        assert_eq!(outcome(Newest::Answered, Some(&told), (first, &calls)), None);
    }
}
