//! Questions with answers that explain themselves, and predictions made before a run.

use super::controls::number_of;
use crate::{
    markup::{all, dynamic, escaped, html},
    state::address::IN_BROWSER,
};
use leptos::prelude::*;

/// An answer one can pick; text and explanation are inline HTML from the course's own parser, or plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer.
    pub text: String,
    /// Whether it is the right one; none where it depends on the device.
    pub verdict: Verdict,
    /// Why.
    pub why: String,
}

/// What is said of a picked answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is right.
    Right,
    /// It is not.
    Wrong,
    /// The lab decides.
    Open,
}

/// Who else is told of a picked answer, each time.
#[derive(Clone, Copy, Default)]
pub struct Told(pub Option<Callback<Verdict>>);

/// A question with answers to pick. What is picked is explained at once, and another may be picked after.
#[component]
pub fn Question(
    /// Unique on the page.
    id: String,
    /// The question, as inline HTML.
    question: String,
    /// The answers.
    answers: Vec<Answer>,
    /// What sort of question it is, in a word or two.
    kind: &'static str,
    /// What the question is about, as HTML, between it and its answers.
    #[prop(optional)]
    about: String,
    /// What shows the answer, as HTML: behind a press, and open once an answer is picked. It reads without scripts.
    #[prop(optional)]
    outcome: String,
    /// Who else is told of an answer.
    #[prop(optional)]
    told: Told,
) -> impl IntoView {
    let picked = RwSignal::new(None::<usize>);
    let verdict_id = format!("{id}-verdict");
    let steps = steps(&answers);
    let items = answers.iter().enumerate().map(|(index, answer)| {
        let class = match answer.verdict {
            Verdict::Right => "answer right",
            Verdict::Wrong => "answer wrong",
            Verdict::Open => "answer",
        };
        let (name, verdict) = (format!("{id}-answers"), answer.verdict);
        let pick = move |_| {
            picked.set(Some(index));
            if let Some(told) = told.0 {
                told.run(verdict);
            }
        };
        view! {
            <label class=class class:picked=dynamic(move || picked.get() == Some(index))>
                <input type="radio" name=name value=index + 1 aria-describedby=verdict_id.clone() prop:checked=move || picked.get() == Some(index)
                    on:change=pick/>
                <span inner_html=answer.text.clone()></span>
            </label>
        }
    });
    let unasked = (!IN_BROWSER && outcome.is_empty()).then(|| without_scripts(&explanations(&answers)));
    let explained = answers.clone();
    let explanation = Signal::derive(move || {
        let Some(answer) = picked.get().and_then(|picked| explained.get(picked)) else { return String::new() };
        format!("<p><b>{}</b>{}</p>", answer.verdict.word(), answer.why)
    });
    let about = (!about.is_empty()).then(|| html("about", about));
    let outcome = (!outcome.is_empty()).then(|| {
        let is_opened = RwSignal::new(false);
        // What nobody has opened yet is not made: a lesson full of questions would be drawn for their answers. Without scripts it is there.
        let drawn = Signal::derive(move || {
            let is_wanted = !IN_BROWSER || is_opened.get() || picked.get().is_some();
            if is_wanted { outcome.clone() } else { String::new() }
        });
        view! {
            <details class="outcome" open=dynamic(move || picked.get().is_some()) on:toggle=move |_| is_opened.set(true)>
                <summary>"The answer"</summary>
                <div inner_html=drawn></div>
            </details>
        }
    });
    view! {
        <fieldset class="question" id=id.clone() data-question=id.clone() data-kind=kind data-steps=steps>
            <legend><span class="eyebrow">{kind}</span><span inner_html=question></span></legend>
            {about}
            <div class="answers">{items.collect::<Vec<_>>()}</div>
            <div class="verdict" id=verdict_id.clone() role="status" inner_html=explanation></div>
            {outcome}
            {unasked}
        </fieldset>
    }
}

impl Verdict {
    const fn word(self) -> &'static str {
        match self {
            Self::Right => "Right. ",
            Self::Wrong => "Not quite. ",
            Self::Open => "Noted. ",
        }
    }
}

/// Every answer with what is said of it, for readers who cannot pick one.
fn explanations(answers: &[Answer]) -> String {
    let item = |answer: &Answer| {
        let word = if answer.verdict == Verdict::Open { "" } else { answer.verdict.word() };
        format!("<li>{} <b>{word}</b>{}</li>", answer.text, answer.why)
    };
    format!("<ul>{}</ul>", all(answers, item))
}

/// What scripts would show, in a prerendered page, behind a press.
fn without_scripts(answer: &str) -> AnyView {
    let html = format!("<details class=\"outcome\"><summary>The answer</summary>{answer}</details>");
    view! { <noscript inner_html=html></noscript> }.into_any()
}

/// A question's beats on a stage: the room is offered its answers from the top, then sees which is right; where the device decides, what it has
/// picked is settled.
fn steps(answers: &[Answer]) -> String {
    let is_known = answers.iter().any(|answer| answer.verdict == Verdict::Right);
    let end = if is_known { "answer | show the answer" } else { "predict | settle the answer that is marked" };
    format!("offer 1..{} by 1 .answers input | (from the top); {end}", answers.len())
}

/// A prediction in numbers: entered, locked, then set beside what the lab shows.
#[component]
pub fn NumberGuess(
    /// Unique on the page.
    id: String,
    /// The question, as inline HTML.
    question: String,
    /// The number's unit.
    unit: String,
    /// The smallest number.
    low: f64,
    /// The largest number.
    high: f64,
    /// The distance between numbers.
    step: Option<f64>,
    /// What the lab will show, as inline HTML; shown once the guess is locked.
    answer_note: String,
) -> impl IntoView {
    let value = RwSignal::new(None::<f64>);
    let is_locked = RwSignal::new(false);
    let typed = move |event| value.set(number_of(&event).map(|number| number.clamp(low, high)));
    // On a stage the room chooses one of a few values.
    let apart = step.unwrap_or((high - low) / 4.0);
    let steps = format!("offer {low}..{high} by {apart} input | {unit}; predict | lock the guess that is shown");
    let step = step.map_or_else(|| "any".to_owned(), |step| step.to_string());
    let field = format!("{id}-guess");
    let described = unit.clone();
    let unasked = (!IN_BROWSER).then(|| without_scripts(&format!("<p>{answer_note}</p>")));
    let answered = Signal::derive(move || {
        let guess = value.get().filter(|_| is_locked.get());
        guess.map(|guess| format!("<p><b>Your guess: {guess} {}. </b>{answer_note}</p>", escaped(&described))).unwrap_or_default()
    });
    view! {
        <div class="question" id=id.clone() data-question=id.clone() data-steps=steps>
            <label for=field.clone() class="legend"><span class="eyebrow">"Predict"</span><span inner_html=question></span></label>
            <p class="number-guess">
                <input id=field type="number" min=low max=high step=step disabled=is_locked on:input=typed/>
                <span class="unit">{unit}</span>
                <button type="button" data-step="predict" disabled=dynamic(move || value.get().is_none() || is_locked.get()) on:click=move |_| is_locked.set(true)>"Lock my guess"</button>
            </p>
            <div class="verdict" role="status" inner_html=answered></div>
            {unasked}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_is_explained_to_who_cannot_pick_one() {
        let answer = |text: &str, verdict, why: &str| Answer { text: text.to_owned(), verdict, why: why.to_owned() };
        let answers = [answer("Yes.", Verdict::Right, "It is so."), answer("No.", Verdict::Wrong, "It is not.")];
        assert_eq!(
            explanations(&answers),
            "<ul><li>Yes. <b>Right. </b>It is so.</li><li>No. <b>Not quite. </b>It is not.</li></ul>"
        );
        assert_eq!(explanations(&[answer("Two.", Verdict::Open, "It depends.")]), "<ul><li>Two. <b></b>It depends.</li></ul>");
    }

    #[test]
    fn a_room_picks_among_all_answers_and_one_that_is_known_is_shown() {
        let answer = |verdict| Answer { text: String::new(), verdict, why: String::new() };
        let open = steps(&[answer(Verdict::Open), answer(Verdict::Open), answer(Verdict::Open)]);
        assert!(open.starts_with("offer 1..3 by 1 ") && open.contains("; predict |"), "{open}");
        let known = steps(&[answer(Verdict::Wrong), answer(Verdict::Right)]);
        assert!(known.starts_with("offer 1..2 by 1 ") && known.contains("; answer |"), "{known}");
    }
}
