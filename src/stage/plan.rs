//! What an element's `data-steps` says: its beats on the stage, in order, separated by `;`. Pure text to data; an unknown verb is left out, never a panic.
//!
//! The verbs: `predict` (settle the guess), `answer` (show the right answer), `run`, `reveal <token>` (what bears `data-reveal` with that token
//! is hidden until then), `move <to> <selector> via <selector>` (a slider's move; the second selector opens the panel it is in), `qr`. After `|`
//! come the speaker's words for it.

/// A beat that an element asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What happens.
    pub kind: StepKind,
    /// What the speaker's window calls it.
    pub words: String,
}

/// What happens at a beat.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// The guess is settled: locked where it was moved, else skipped.
    Predict,
    /// A question's right answer is picked.
    Answer,
    /// The lab runs.
    Run,
    /// Something hidden is shown.
    Reveal(String),
    /// A slider moves.
    Move(Move),
    /// The QR code of the lab's state, full height.
    Qr,
    /// The screen moves up by so many views: what is too tall for one.
    Scroll(u16),
}

/// A slider's move.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Where it goes, as the control's value.
    pub to: String,
    /// The control's selector, within the element.
    pub control: String,
    /// What has to be clicked to have the control, if it is not there.
    pub opener: Option<String>,
}

/// The beats that a `data-steps` lists.
#[must_use]
pub fn parse(text: &str) -> Vec<Step> {
    text.split(';').filter_map(parse_one).collect()
}

fn parse_one(text: &str) -> Option<Step> {
    let (what, words) = text.split_once('|').map_or((text, None), |(what, words)| (what, Some(words.trim())));
    let (verb, rest) = what.trim().split_once(' ').unwrap_or((what.trim(), ""));
    let rest = rest.trim();
    let (kind, usual) = match verb {
        "predict" => (StepKind::Predict, "settle the guess".to_owned()),
        "answer" => (StepKind::Answer, "show the answer".to_owned()),
        "run" => (StepKind::Run, "run the lab".to_owned()),
        "reveal" if !rest.is_empty() => (StepKind::Reveal(rest.to_owned()), format!("show {rest}")),
        "move" => (StepKind::Move(parse_move(rest)?), "move the slider".to_owned()),
        "qr" => (StepKind::Qr, "the QR code".to_owned()),
        _ => return None,
    };
    Some(Step { kind, words: words.filter(|words| !words.is_empty()).map_or(usual, str::to_owned) })
}

fn parse_move(text: &str) -> Option<Move> {
    let (to, control) = text.split_once(' ')?;
    let (control, opener) = control.split_once(" via ").map_or((control, None), |(control, opener)| (control, Some(opener)));
    let number = to.parse::<f64>().is_ok_and(f64::is_finite);
    (number && !control.trim().is_empty()).then(|| Move {
        to: to.to_owned(),
        control: control.trim().to_owned(),
        opener: opener.map(|opener| opener.trim().to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_verb_is_read_with_its_words() {
        let steps = parse("predict; run | Press Run; reveal a b; move 464 .x input via input[value=change] | Longer; qr; dance");
        let kinds: Vec<_> = steps.iter().map(|step| step.kind.clone()).collect();
        let moved = Move { to: "464".into(), control: ".x input".into(), opener: Some("input[value=change]".into()) };
        assert_eq!(
            kinds,
            [StepKind::Predict, StepKind::Run, StepKind::Reveal("a b".into()), StepKind::Move(moved), StepKind::Qr]
        );
        assert_eq!(steps[1].words, "Press Run");
        assert_eq!(steps[2].words, "show a b");
    }

    #[test]
    fn what_lacks_its_part_is_left_out() {
        assert_eq!(parse("reveal; move; move x y; move 4; ;"), []);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,80}") {
            let _ = parse(&text);
        }
    }
}
