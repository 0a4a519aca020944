//! Programs of cells as sentences, list and table. It must never say of a cell what the answer did not bring.

use crate::{
    components::table::TableData,
    labs::memory::stepper::{Line, Program},
};
use protocol::interior::{CellStep, Lent};

/// The program, as it is stepped through.
pub(super) fn program(steps: &[CellStep]) -> Program {
    let line = |now: &CellStep| Line { code: now.code.clone(), words: step(now), picture: String::new() };
    Program { lines: steps.iter().map(line).collect(), table: table(steps) }
}

/// One line, as a sentence.
fn step(step: &CellStep) -> String {
    let value =
        |what: &str, value: &Option<String>| value.as_ref().map_or_else(String::new, |value| format!(" {what}: {value}."));
    let lent = step.lent.map_or_else(String::new, |lent| format!(" The cell is {}.", lent.label()));
    format!("{}{}{}{lent}", step.why, value("It gave", &step.gave), value("Inside", &step.inside))
}

/// What every line gave.
fn table(steps: &[CellStep]) -> TableData {
    let words = |words: &Option<String>| words.clone().unwrap_or_else(|| "–".to_owned());
    let row = |step: &CellStep| {
        vec![step.code.clone(), words(&step.gave), words(&step.inside), step.lent.map_or("–", Lent::label).to_owned()]
    };
    TableData {
        caption: "Behind each line".to_owned(),
        head: ["line", "gave", "inside", "the cell is"].map(str::to_owned).into(),
        rows: steps.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_it_brought_and_nothing_else() {
        let bare = CellStep { code: "a;".to_owned(), why: "Why.".to_owned(), gave: None, inside: None, lent: None };
        assert_eq!(step(&bare), "Why.");
        let full = CellStep { gave: Some("Err(BorrowError)".to_owned()), lent: Some(Lent::Writer), ..bare.clone() };
        assert_eq!(step(&full), "Why. It gave: Err(BorrowError). The cell is lent to a writer.");
        assert_eq!(table(&[bare]).rows, [["a;", "–", "–", "–"]]);
    }
}
