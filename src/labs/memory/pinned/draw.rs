//! Programs of addresses as sentences, places and table. It must never name an address that the answer did not bring.

use crate::{
    components::table::TableData,
    labs::memory::stepper::{Line, Program},
    markup::all,
};
use protocol::pinned::PinStep;
use std::collections::BTreeSet;

/// The program, as it is stepped through.
pub(super) fn program(steps: &[PinStep]) -> Program {
    let line = |(at, now): (usize, &PinStep)| Line { code: now.code.clone(), words: step(now), picture: places(steps, at) };
    Program { lines: steps.iter().enumerate().map(line).collect(), table: table(steps) }
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

/// Every place that the program has named so far, by address: where the value is, and where it believes to be.
fn places(steps: &[PinStep], at: usize) -> String {
    let Some(now) = steps.get(at) else { return String::new() };
    let known: BTreeSet<u64> = steps[..=at].iter().flat_map(|step| [Some(step.at), step.remembers]).flatten().collect();
    let place = |address: u64| {
        let (is_here, is_noted) = (address == now.at, now.remembers == Some(address));
        let (class, words) = match (is_here, is_noted) {
            (true, true) => ("is-here is-noted", "the value is here, and has noted this"),
            (true, false) => ("is-here", "the value is here"),
            (false, true) => ("is-noted", "noted, and left"),
            (false, false) => ("", "left"),
        };
        format!("<li class=\"pin-place {class}\"><code>{}</code> {words}</li>", hex(address))
    };
    format!("<ol class=\"pin-places\">{}</ol>", all(known, place))
}

/// Every line with its addresses.
fn table(steps: &[PinStep]) -> TableData {
    let words = |words: Option<String>| words.unwrap_or_else(|| "–".to_owned());
    let row = |step: &PinStep| {
        let agrees = step.agrees().map(|agrees| if agrees { "yes" } else { "no" }.to_owned());
        vec![step.code.clone(), words(step.gave.clone()), hex(step.at), words(step.remembers.map(hex)), words(agrees)]
    };
    TableData {
        caption: "Addresses behind each line, in the worker’s memory, in this run".to_owned(),
        head: ["line", "gave", "the value is at", "noted", "the same?"].map(str::to_owned).into(),
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
        PinStep { code: "a;".to_owned(), why: "Why.".to_owned(), gave: None, at, remembers }
    }

    #[test]
    fn a_line_says_whether_the_value_is_where_it_believes_to_be() {
        assert_eq!(step(&at(16, None)), "Why. It has noted nothing yet.");
        assert_eq!(step(&at(16, Some(16))), "Why. What it noted is still right.");
        assert_eq!(step(&at(32, Some(16))), "Why. What it noted is an address where it is no more.");
        assert_eq!(table(&[at(32, Some(16))]).rows, [["a;", "–", "0x20", "0x10", "no"]]);
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
