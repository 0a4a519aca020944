//! Signatures, rule by rule, as the worker applies them: one of those offered, or the reader's own.

use super::super::carried::{Carried, Key};
use crate::{
    components::{controls::Choice, table::TableData},
    labs::{
        memory::stepper::{Line, Program, Seen, Stepper, none_of_ours, panel},
        shared::alternative,
    },
};
use leptos::{ev, prelude::*};
use protocol::{
    Answer, Question,
    lifetimes::{ElisionStep, LifetimesQuestion},
};

const STEPPER: Stepper = Stepper {
    actions: ["run-elision", "elision-back", "elision-next"],
    run: "Apply the rules",
    class: "elision-step",
    summary: "All steps as a table",
    seen: Seen::SoFar,
    read: |answer| match answer {
        Answer::Lifetimes(answer) => answer.elision.as_ref().map(|elision| program(&elision.steps)).map_err(ToString::to_string),
        _ => none_of_ours(),
    },
};

/// The most characters of a signature of the reader's own.
const LONGEST: usize = 400;

/// The signature that is looked at.
pub(super) const SIGNATURE: Key<String> = Key {
    name: "signature",
    start: || LifetimesQuestion::OFFERED[0].to_owned(),
    write: Clone::clone,
    read: |text| (text.chars().count() <= LONGEST && !text.chars().any(char::is_control)).then(|| text.to_owned()),
};

/// The panel under the figures.
pub(super) fn view(shown: Carried<String>) -> AnyView {
    let signature = shown.value();
    // By number: a signature has spaces, and a beat on a stage names its choice in a word.
    let offered = LifetimesQuestion::OFFERED.iter().enumerate().map(|(at, text)| alternative(&at.to_string(), text)).collect();
    let chosen = Signal::derive(move || {
        let at = signature.with(|text| LifetimesQuestion::OFFERED.iter().position(|offered| offered == text));
        at.map(|at| at.to_string()).unwrap_or_default()
    });
    let choose = move |at: String| {
        if let Some(text) = at.parse().ok().and_then(|at: usize| LifetimesQuestion::OFFERED.get(at)) {
            signature.set((*text).to_owned());
        }
    };
    let question = Signal::derive(move || Question::Lifetimes(LifetimesQuestion { signature: signature.get() }));
    let typed = move |event: ev::Event| signature.set(event_target_value(&event));
    let content = view! {
        <div class="toolbar elision-choices">
            <Choice label="Signature" name="signature" options=Signal::stored(offered) value=chosen on_choose=choose/>
            <label class="choice">
                <span>"Or your own"</span>
                <input type="text" name="own-signature" spellcheck="false" autocomplete="off" maxlength=LONGEST prop:value=move || signature.get()
                    on:change=typed/>
            </label>
        </div>
        {STEPPER.view(question)}
    };
    panel(
        "Elision, rule by rule",
        "What may be left out of a signature, and what the compiler reads instead. Say what the next rule will write before you go on. A test has rustc compile each signature offered here, as written and as spelled out. The lab knows no types: a lifetime that a type hides, as in Words for Words<'_>, it takes for none.",
        STEPPER.steps(&["choose 2 [name=signature] | two inputs: no rule is left", "choose 6 [name=signature] | with &self"]),
        content.into_any(),
    )
}

/// The steps, as they are gone through.
fn program(steps: &[ElisionStep]) -> Program {
    let line = |step: &ElisionStep| Line {
        code: step.signature.clone(),
        words: format!("{}: {}", capital(step.rule.label()), step.why),
        picture: String::new(),
        ask: None,
    };
    Program { lines: steps.iter().map(line).collect(), table: table(steps) }
}

/// Every step.
fn table(steps: &[ElisionStep]) -> TableData {
    let row = |step: &ElisionStep| vec![step.rule.label().to_owned(), step.signature.clone(), step.why.clone()];
    TableData {
        caption: "The signature after each rule".to_owned(),
        head: ["rule", "signature", "why"].map(str::to_owned).into(),
        rows: steps.iter().map(row).collect(),
    }
}

/// The text with its first letter, an ASCII one, large.
fn capital(text: &str) -> String {
    let (first, rest) = text.split_at(text.len().min(1));
    first.to_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use super::{super::super::carried::is_brought_back, *};
    use protocol::lifetimes::{Elision, ElisionRule, LifetimesAnswer, SignatureFault};

    fn step(rule: ElisionRule, signature: &str) -> ElisionStep {
        ElisionStep { rule, signature: signature.to_owned(), why: "Why.".to_owned() }
    }

    #[test]
    fn a_link_brings_the_signature_back() {
        let own = ["", "fn f(a: &u8) -> &u8", "fn ü(\u{3b1}: &'a str)"].map(str::to_owned);
        assert!(is_brought_back(&SIGNATURE, LifetimesQuestion::OFFERED.map(str::to_owned).into_iter().chain(own)));
        assert_eq!((SIGNATURE.read)(&"x".repeat(LONGEST + 1)), None);
    }

    #[test]
    fn a_step_names_its_rule() {
        let steps = [step(ElisionRule::Written, "fn f(a: &u8)"), step(ElisionRule::Inputs, "fn f<'a>(a: &'a u8)")];
        let program = program(&steps);
        assert_eq!(program.lines[1].words, "Rule 1: every input its own: Why.");
        assert_eq!((program.lines.len(), program.table.rows.len()), (2, 2));
    }

    #[test]
    fn what_is_no_signature_is_said_in_the_parsers_words() {
        let answer = |elision| Answer::Lifetimes(LifetimesAnswer { elision });
        let refused = (STEPPER.read)(&answer(Err(SignatureFault::Brackets)));
        assert_eq!(refused, Err("A bracket is opened and not closed.".to_owned()));
        let none = (STEPPER.read)(&answer(Ok(Elision { steps: Vec::new(), is_complete: true })));
        assert_eq!(none.map(|program| program.lines), Ok(Vec::new()));
    }
}
