//! Programs of cells as sentences, list and table. It must never say of a cell what the answer did not bring.

use crate::{
    components::table::TableData,
    labs::memory::stepper::{Ask, Line, Program},
};
use protocol::interior::{CellStep, Lent};

/// The program, as it is stepped through.
pub(super) fn program(steps: &[CellStep]) -> Program {
    let line = |(at, now): (usize, &CellStep)| Line {
        code: now.code.clone(),
        words: step(now),
        picture: String::new(),
        ask: ask(at.checked_sub(1).and_then(|before| steps.get(before)), now),
    };
    Program { lines: steps.iter().enumerate().map(line).collect(), table: table(steps) }
}

/// What may be guessed of a line: how the cell is lent behind it; or, where nothing is lent, whether what is inside has changed.
fn ask(before: Option<&CellStep>, now: &CellStep) -> Option<Ask> {
    const LENT: [Lent; 3] = [Lent::Free, Lent::Readers, Lent::Writer];
    const NAMES: [&str; 3] = [Lent::Free.label(), Lent::Readers.label(), Lent::Writer.label()];
    if let Some(lent) = now.lent {
        let right = LENT.iter().position(|one| *one == lent)?;
        return Some(Ask { about: "Behind the next line, the cell is", answers: &NAMES, right });
    }
    let (before, now) = (before?.inside.as_ref()?, now.inside.as_ref()?);
    Some(Ask { about: "By the next line, what is inside", answers: &["changes", "stays"], right: usize::from(before == now) })
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
        let right = |before: Option<&CellStep>, now: &CellStep| ask(before, now).map(|ask| ask.answers[ask.right]);
        assert_eq!(right(None, &full), Some("lent to a writer"));
        let inside = |inside: &str| CellStep { inside: Some(inside.to_owned()), ..bare.clone() };
        assert_eq!(right(Some(&inside("5")), &inside("6")), Some("changes"));
        assert_eq!(right(Some(&inside("5")), &inside("5")), Some("stays"));
        assert_eq!((right(None, &inside("5")), right(Some(&bare), &inside("5"))), (None, None));
        assert_eq!(table(&[bare]).rows, [["a;", "–", "–", "–"]]);
    }
}
