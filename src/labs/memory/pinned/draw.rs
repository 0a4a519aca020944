//! Programs of addresses as sentences, places and table. It must never name an address that the answer did not bring.

use crate::{
    components::table::TableData,
    labs::memory::stepper::{Ask, Line, Program},
    markup::all,
};
use protocol::pinned::PinStep;
use std::collections::BTreeSet;

/// The program, as it is stepped through.
pub(super) fn program(steps: &[PinStep]) -> Program {
    let line = |(at, now): (usize, &PinStep)| Line {
        code: now.code.clone(),
        words: step(now),
        picture: places(steps, at),
        ask: ask(now),
    };
    Program { lines: steps.iter().enumerate().map(line).collect(), table: table(steps) }
}

/// What may be guessed of a line behind which something is noted.
fn ask(step: &PinStep) -> Option<Ask> {
    let agrees = step.agrees()?;
    Some(Ask {
        about: "Behind the next line, what it noted is",
        answers: &["still right", "right no more"],
        right: usize::from(!agrees),
    })
}

/// One line, as a sentence.
fn step(step: &PinStep) -> String {
    let gave = step.gave.as_ref().map_or_else(String::new, |gave| format!(" It gave: {gave}."));
    format!("{}{gave} {}.", step.why, verdict(step))
}

/// Whether the value is where it believes to be, in words.
fn verdict(step: &PinStep) -> &'static str {
    match step.agrees() {
        None => "It has noted nothing yet",
        Some(true) => "What it noted is still right",
        Some(false) => "What it noted is an address where it is no more",
    }
}

/// Every place that the program has named so far, by address: where the value is, where the part of it lies that it notes, and what it has noted.
fn places(steps: &[PinStep], at: usize) -> String {
    let Some(now) = steps.get(at) else { return String::new() };
    let named = |step: &PinStep| [Some(step.at), step.part, step.remembers];
    let known: BTreeSet<u64> = steps[..=at].iter().flat_map(named).flatten().collect();
    let place = |address: u64| {
        let (is_here, is_part, is_noted) = (address == now.at, now.part == Some(address), now.remembers == Some(address));
        let (class, words) = match (is_here, is_part, is_noted) {
            (true, false, true) if now.part.is_none() => ("is-here is-noted", "the value is here, and has noted this"),
            (true, true, true) => ("is-here is-noted", "the future lies here and begins with its letters, which it has noted"),
            (true, true, false) => ("is-here", "the future lies here, and begins with its letters"),
            (true, false, _) if now.part.is_some() => ("is-here", "the future lies here"),
            (true, false, _) => ("is-here", "the value is here"),
            (false, true, true) => ("is-part is-noted", "its letters, within it: this is what it has noted"),
            (false, true, false) => ("is-part", "its letters, within it"),
            (false, false, true) => ("is-noted", "noted, and left"),
            (false, false, false) => ("", "left"),
        };
        format!("<li class=\"pin-place {class}\"><code>{}</code> {words}</li>", hex(address))
    };
    format!("<ol class=\"pin-places\">{}</ol>", all(known, place))
}

/// Every line with its addresses.
fn table(steps: &[PinStep]) -> TableData {
    let words = |words: Option<String>| words.unwrap_or_else(|| "–".to_owned());
    let has_parts = steps.iter().any(|step| step.part.is_some());
    let row = |step: &PinStep| {
        let agrees = step.agrees().map(|agrees| if agrees { "yes" } else { "no" }.to_owned());
        let mut cells = vec![step.code.clone(), words(step.gave.clone()), hex(step.at)];
        cells.extend(has_parts.then(|| words(step.part.map(hex))));
        cells.extend([words(step.remembers.map(hex)), words(agrees)]);
        cells
    };
    TableData {
        caption: "Addresses behind each line, in the worker’s memory, in this run".to_owned(),
        head: if has_parts {
            ["line", "gave", "the future is at", "its letters at", "noted", "the same?"].map(str::to_owned).into()
        } else {
            ["line", "gave", "the value is at", "noted", "the same?"].map(str::to_owned).into()
        },
        rows: steps.iter().map(row).collect(),
    }
}

fn hex(address: u64) -> String {
    format!("{address:#x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(at: u64, remembers: Option<u64>) -> PinStep {
        PinStep { code: "a;".to_owned(), why: "Why.".to_owned(), gave: None, at, part: None, remembers }
    }

    #[test]
    fn a_line_says_whether_the_value_is_where_it_believes_to_be() {
        assert_eq!(step(&at(16, None)), "Why. It has noted nothing yet.");
        assert_eq!(step(&at(16, Some(16))), "Why. What it noted is still right.");
        assert_eq!(step(&at(32, Some(16))), "Why. What it noted is an address where it is no more.");
        assert_eq!(table(&[at(32, Some(16))]).rows, [["a;", "–", "0x20", "0x10", "no"]]);
    }

    /// From its first poll on it is the letters in it that are noted; the future itself is drawn where it lies, and has not left it.
    #[test]
    fn a_future_s_place_and_its_letters_are_told_apart() {
        let lies = |at: u64, part: Option<u64>| PinStep { part, ..self::at(at, part) };
        let steps = [lies(16, None), lies(64, None), lies(64, Some(72))];
        let drawn = places(&steps, 2);
        let place = |words: &str| assert!(drawn.contains(words), "{words}: {drawn}");
        place("<li class=\"pin-place is-here\"><code>0x40</code> the future lies here</li>");
        place(
            "<li class=\"pin-place is-part is-noted\"><code>0x48</code> its letters, within it: this is what it has noted</li>",
        );
        place("<li class=\"pin-place \"><code>0x10</code> left</li>");
        let moved = PinStep { part: Some(136), ..at(128, Some(72)) };
        let drawn = places(&[lies(64, Some(72)), moved.clone()], 1);
        assert!(
            drawn.contains("0x48</code> noted, and left") && drawn.contains("0x88</code> its letters, within it<"),
            "{drawn}"
        );
        assert_eq!(step(&moved), "Why. What it noted is an address where it is no more.");
        assert_eq!(table(&[moved]).rows, [["a;", "–", "0x80", "0x88", "0x48", "no"]]);
    }

    #[test]
    fn what_is_guessed_is_whether_the_note_is_right() {
        let right = |step: &PinStep| ask(step).map(|ask| ask.answers[ask.right]);
        assert_eq!(right(&at(16, Some(16))), Some("still right"));
        assert_eq!(right(&at(16, Some(32))), Some("right no more"));
        assert_eq!(right(&at(16, None)), None);
    }

    #[test]
    fn places_are_those_named_so_far_in_the_order_of_their_addresses() {
        let steps = [at(32, Some(32)), at(16, Some(32)), at(48, Some(48))];
        let drawn = places(&steps, 1);
        let found: Vec<Option<usize>> = ["0x10", "0x20", "0x30"].map(|address| drawn.find(address)).to_vec();
        assert!(found[0] < found[1] && found[0].is_some() && found[2].is_none(), "{drawn}");
        assert!(drawn.contains("is-here\"><code>0x10") && drawn.contains("is-noted\"><code>0x20"));
        assert_eq!(places(&[], 0), "");
    }
}
