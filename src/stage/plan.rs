//! A view's declaration of its beats, read from its `data-steps` attribute. Pure. Beats are separated by `;`. After `|` come the speaker's words.
//!
//! - `offer <low>..<high> by <step> <selector>`: a few values of a guess, a beat each; `|` brings the unit. `predict`: settle the guess. `answer`: show the
//!   right answer. `run`. `qr`.
//! - `reveal <token>`: what bears `data-reveal` with that token is hidden until then. `part <token>`: from now on, of what bears `data-part`, that with this
//!   token alone is shown: one idea a screen.
//! - `press <selector>`: a button that may be pressed again without harm; `press <selector> back <selector>`: one that may not, and the one that takes it back.
//! - `walk <selector> back <selector> via <selector>`: a button, pressed anew at each beat until it is disabled, the one that goes back, and the one that
//!   shows what a link brought already. The last may be left out.
//! - `move <to> <selector> via <selector>`: a slider's move; the second selector opens the panel it is in. `choose <value> <selector>`: a select's.

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
    /// One of several parts is shown in place of the one before.
    Part(String),
    /// A guess takes a value that the room may choose.
    Offer(Move),
    /// A slider moves, or a select takes another value.
    Move(Move),
    /// A button is pressed.
    Press(Press),
    /// A button is pressed at each beat, for as long as it can be: how often the page alone knows.
    Walk(Walk),
    /// The QR code of the lab's state, full height.
    Qr,
}

/// A control's new value.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Where it goes, as the control's value.
    pub to: String,
    /// The control's selector, within the element.
    pub control: String,
    /// What has to be clicked to have the control, if it is not there.
    pub opener: Option<String>,
}

/// A press of a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// The button's selector, within the element.
    pub button: String,
    /// That of the button which takes it back; none for one that may be pressed again without harm.
    pub back: Option<String>,
}

/// A program that is gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The selector of the button that goes on.
    pub next: String,
    /// Of the one that goes back.
    pub back: String,
    /// Of the one that shows the lines which are there already, if they need one.
    pub via: Option<String>,
}

impl Move {
    /// Whether it goes where a slider can go.
    fn is_number(&self) -> bool {
        self.to.parse::<f64>().is_ok_and(f64::is_finite)
    }
}

/// How many values of a guess are offered at most: a hall raises its hands so often and no oftener.
const OFFERS: u32 = 5;

/// The beats that a `data-steps` lists.
#[must_use]
pub fn parse(text: &str) -> Vec<Step> {
    text.split(';').flat_map(parse_one).collect()
}

fn parse_one(text: &str) -> Vec<Step> {
    let (what, words) = text.split_once('|').map_or((text, None), |(what, words)| (what, Some(words.trim())));
    let (verb, rest) = what.trim().split_once(' ').unwrap_or((what.trim(), ""));
    if verb == "offer" {
        parse_offers(rest.trim(), words).unwrap_or_default()
    } else {
        parse_beat(verb, rest.trim(), words).into_iter().collect()
    }
}

fn parse_beat(verb: &str, rest: &str, words: Option<&str>) -> Option<Step> {
    let (kind, usual) = match verb {
        "predict" => (StepKind::Predict, "settle the guess".to_owned()),
        "answer" => (StepKind::Answer, "show the answer".to_owned()),
        "run" => (StepKind::Run, "run the lab".to_owned()),
        "reveal" if !rest.is_empty() => (StepKind::Reveal(rest.to_owned()), format!("show {rest}")),
        "part" if !rest.is_empty() => (StepKind::Part(rest.to_owned()), format!("on to {rest}")),
        "move" => (StepKind::Move(parse_move(rest).filter(Move::is_number)?), "move the slider".to_owned()),
        "choose" => (StepKind::Move(parse_move(rest)?), "choose".to_owned()),
        "press" => (StepKind::Press(parse_press(rest)?), "press the button".to_owned()),
        "walk" => (StepKind::Walk(parse_walk(rest)?), "go on".to_owned()),
        "qr" => (StepKind::Qr, "the QR code".to_owned()),
        _ => return None,
    };
    Some(Step { kind, words: words.filter(|words| !words.is_empty()).map_or(usual, str::to_owned) })
}

/// `<low>..<high> by <step> <selector>`
fn parse_offers(text: &str, unit: Option<&str>) -> Option<Vec<Step>> {
    let (range, rest) = text.split_once(" by ")?;
    let (step, control) = rest.trim().split_once(' ')?;
    let (low, high) = range.split_once("..")?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let values = spread(number(low)?, number(high)?, number(step)?);
    let unit = unit.filter(|unit| !unit.is_empty()).map(|unit| format!(" {unit}")).unwrap_or_default();
    let offer = |to: String| {
        let words = format!("offer {to}{unit}");
        Step { kind: StepKind::Offer(Move { to, control: control.trim().to_owned(), opener: None }), words }
    };
    (!control.trim().is_empty()).then(|| values.into_iter().map(offer).collect())
}

/// Numbers from `low` to `high`, evenly apart as far as steps of `step` allow: all of them if they are [`OFFERS`] or fewer.
fn spread(low: f64, high: f64, step: f64) -> Vec<String> {
    let steps = ((high - low) / step).floor();
    if !(step > 0.0 && steps >= 0.0 && steps.is_finite()) {
        return Vec::new();
    }
    let parts = f64::from(OFFERS - 1).min(steps).max(1.0);
    let mut values: Vec<String> = (0..OFFERS)
        .map(f64::from)
        .take_while(|part| *part <= parts)
        // To six digits behind the point, so that a step of 0.1 leaves no 1.4000000000000001.
        .map(|part| ((low + (part * steps / parts).round() * step) * 1e6).round() / 1e6)
        .map(|value| value.to_string())
        .collect();
    values.dedup();
    values
}

fn parse_move(text: &str) -> Option<Move> {
    let (to, control) = text.split_once(' ')?;
    let (control, opener) = control.split_once(" via ").map_or((control, None), |(control, opener)| (control, Some(opener)));
    (!control.trim().is_empty()).then(|| Move {
        to: to.to_owned(),
        control: control.trim().to_owned(),
        opener: opener.map(|opener| opener.trim().to_owned()),
    })
}

/// Two selectors with a word between, the second of which may be left out; none if one of them is empty.
fn parted<'a>(text: &'a str, word: &str) -> Option<(&'a str, Option<&'a str>)> {
    let (first, second) = text.split_once(word).map_or((text, None), |(first, second)| (first, Some(second.trim())));
    (!first.trim().is_empty() && second != Some("")).then(|| (first.trim(), second))
}

fn parse_press(text: &str) -> Option<Press> {
    let (button, back) = parted(text, " back ")?;
    Some(Press { button: button.to_owned(), back: back.map(str::to_owned) })
}

fn parse_walk(text: &str) -> Option<Walk> {
    let (next, rest) = parted(text, " back ")?;
    let (back, via) = parted(rest?, " via ")?;
    Some(Walk { next: next.to_owned(), back: back.to_owned(), via: via.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn buttons_are_pressed_once_taken_back_or_gone_through() {
        let steps = parse(
            "press [x] | run it; press [up] back [down]; walk [on] back [off] | next line; walk [on] back [off] via [show]; walk [x]; press; walk back [y]",
        );
        let press =
            |button: &str, back: Option<&str>| StepKind::Press(Press { button: button.into(), back: back.map(str::to_owned) });
        let walk =
            |via: Option<&str>| StepKind::Walk(Walk { next: "[on]".into(), back: "[off]".into(), via: via.map(str::to_owned) });
        let kinds: Vec<StepKind> = steps.iter().map(|step| step.kind.clone()).collect();
        assert_eq!(kinds, [press("[x]", None), press("[up]", Some("[down]")), walk(None), walk(Some("[show]"))]);
        assert_eq!(steps[2].words, "next line");
    }

    #[test]
    fn a_slider_takes_numbers_and_a_select_names() {
        let steps = parse("move best [name=fit]; choose best [name=fit] | the smallest; choose best; move 3 [type=range]");
        let to = |to: &str, control: &str| StepKind::Move(Move { to: to.to_owned(), control: control.to_owned(), opener: None });
        let kinds: Vec<StepKind> = steps.into_iter().map(|step| step.kind).collect();
        assert_eq!(kinds, [to("best", "[name=fit]"), to("3", "[type=range]")]);
    }

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

    fn offered(text: &str) -> Vec<String> {
        parse(text).into_iter().map(|step| step.words).collect()
    }

    #[test]
    fn a_guess_is_offered_at_a_few_values_of_its_own_steps() {
        assert_eq!(
            offered("offer 1..8 by 1 input | polls; predict"),
            ["offer 1 polls", "offer 3 polls", "offer 5 polls", "offer 6 polls", "offer 8 polls", "settle the guess"]
        );
        assert_eq!(offered("offer 0.5..4 by 0.1 input"), ["offer 0.5", "offer 1.4", "offer 2.3", "offer 3.1", "offer 4"]);
        assert_eq!(offered("offer 20..80 by 20 input"), ["offer 20", "offer 40", "offer 60", "offer 80"]);
        assert_eq!(offered("offer 7..7 by 1 input"), ["offer 7"]);
        let to = Move { to: "7".into(), control: "#x input".into(), opener: None };
        assert_eq!(parse("offer 7..9 by 1 #x input")[0].kind, StepKind::Offer(to));
    }

    #[test]
    fn what_lacks_its_part_is_left_out() {
        assert_eq!(
            parse(
                "reveal; part; move; move x y; move 4; offer; offer 1..8 by 1; offer 8..1 by 1 x; offer 1..8 by 0 x; offer 1..8 by -1 x; ;"
            ),
            []
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,80}") {
            let _ = parse(&text);
        }

        #[test]
        fn what_is_offered_lies_within_its_bounds(low in -1e6..1e6, length in 0.0..1e6, step in -1.0..1e6) {
            let values = spread(low, low + length, step);
            prop_assert!(values.len() <= OFFERS as usize);
            for value in values.iter().map(|value| value.parse::<f64>()) {
                prop_assert!(value.is_ok_and(|value| value >= low - 1e-6 && value <= low + length + 1e-6));
            }
        }
    }
}
