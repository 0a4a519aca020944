//! The reader's prediction: a bar to drag, two buttons, a number, and a way round it.

use super::state::{BudgetState, Guess};
use crate::{components::controls::number_of, instruments::budget::length_text};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Asks for the new request's length.
#[component]
pub fn GuessForm(
    /// Where the guess is kept.
    state: RwSignal<BudgetState>,
) -> impl IntoView {
    let value = Memo::new(move |_| match state.with(|state| state.guess) {
        Guess::Open(length) | Guess::Locked(length) => length,
        Guess::Skipped => budget::TODAY,
    });
    let move_to = move |length: f64| state.update(|state| state.move_guess(length));
    let from_event = move |event| {
        if let Some(length) = number_of(&event) {
            move_to(length);
        }
    };
    let settle = move |event: ev::MouseEvent, how: fn(&mut BudgetState)| {
        focus_run(&event);
        state.update(how);
    };
    let is_moved = move || state.with(|state| state.guess != Guess::START);
    let words = Signal::derive(move || format!("{} of today’s 100", length_text(value.get())));
    view! {
        <div class="guess-form">
            <label class="guess-bar">
                <span>"Your guess: the new request, reading with rkyv"</span>
                <input type="range" name="guess" min="0" max=Guess::MAX step="1" prop:value=value aria-valuetext=words on:input=from_event/>
            </label>
            <div class="guess-row">
                <button type="button" aria-label="One less" on:click=move |_| move_to(value.get_untracked() - 1.0)>"−"</button>
                <input type="number" aria-label="Your guess as a number" min="0" max=Guess::MAX step="1" prop:value=value on:change=from_event/>
                <button type="button" aria-label="One more" on:click=move |_| move_to(value.get_untracked() + 1.0)>"+"</button>
                <button type="button" class="primary" data-action="lock-guess" data-step=move || is_moved().then_some("predict") on:click=move |event| settle(event, BudgetState::lock_guess)>"Lock my guess"</button>
                <button type="button" class="quiet" data-action="skip-guess" data-step=move || (!is_moved()).then_some("predict") on:click=move |event| settle(event, BudgetState::skip_guess)>"Just show me"</button>
            </div>
        </div>
    }
}

/// Hands the focus on to this lab's Run button: the form is about to go, and Run is what comes next.
fn focus_run(event: &ev::MouseEvent) {
    let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let lab = form.and_then(|form| form.closest("[data-lab]").ok().flatten());
    let run = lab.and_then(|lab| lab.query_selector("[data-action=run]").ok().flatten());
    if let Some(run) = run.and_then(|run| run.dyn_into::<HtmlElement>().ok()) {
        // Once the form is gone, so that the page is not scrolled for a place that moves up at once.
        request_animation_frame(move || {
            let _ = run.focus();
        });
    }
}
