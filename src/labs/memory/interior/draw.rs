//! Programs of cells as sentences, list and table. It must never say of a cell what the answer did not bring.

use crate::{
    components::table::TableData,
    labs::memory::{
        layout::bytes_drawn,
        stepper::{Ask, Line, Program},
    },
};
use protocol::{
    interior::{CellStep, Lent},
    layout::{FieldLayout, TypeLayout, VariantLayout},
};

/// The program, as it is stepped through.
pub(super) fn program(steps: &[CellStep]) -> Program {
    let line = |(at, now): (usize, &CellStep)| Line {
        code: now.code.clone(),
        words: step(now),
        picture: picture(now),
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
    let flag = step.words.map_or_else(String::new, |words| format!(" Its flag stands at {}.", words.flag));
    format!("{}{}{}{lent}{flag}", step.why, value("It gave", &step.gave), value("Inside", &step.inside))
}

/// The cell's bytes, flag and value; nothing for what has no flag.
fn picture(step: &CellStep) -> String {
    let Some(words) = step.words else { return String::new() };
    let half = words.size / 2;
    let value = step.inside.as_ref().map_or_else(|| "value: lent".to_owned(), |inside| format!("value {inside}"));
    let fields = vec![
        FieldLayout { name: format!("flag {}", words.flag), offset: words.flag_at, size: half },
        FieldLayout { name: value, offset: half - words.flag_at.min(half), size: half },
    ];
    let whole = VariantLayout { name: String::new(), tag: None, fields };
    bytes_drawn(&TypeLayout { size: words.size, align: half, variants: vec![whole], none: None })
}

/// What every line gave.
fn table(steps: &[CellStep]) -> TableData {
    let words = |words: &Option<String>| words.clone().unwrap_or_else(|| "–".to_owned());
    let row = |step: &CellStep| {
        let flag = step.words.map(|words| words.flag.to_string());
        vec![
            step.code.clone(),
            words(&step.gave),
            words(&step.inside),
            step.lent.map_or("–", Lent::label).to_owned(),
            words(&flag),
        ]
    };
    TableData {
        caption: "Behind each line".to_owned(),
        head: ["line", "gave", "inside", "the cell is", "its flag"].map(str::to_owned).into(),
        rows: steps.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::interior::CellWords;

    #[test]
    fn a_line_says_what_it_brought_and_nothing_else() {
        let bare = CellStep { code: "a;".to_owned(), why: "Why.".to_owned(), gave: None, inside: None, lent: None, words: None };
        assert_eq!(step(&bare), "Why.");
        let words = Some(CellWords { flag: -1, flag_at: 0, size: 8 });
        let full = CellStep { gave: Some("Err(BorrowError)".to_owned()), lent: Some(Lent::Writer), words, ..bare.clone() };
        assert_eq!(step(&full), "Why. It gave: Err(BorrowError). The cell is lent to a writer. Its flag stands at -1.");
        assert_eq!(table(&[bare.clone(), full]).rows[0], ["a;", "–", "–", "–", "–"]);
        assert_eq!(picture(&bare), "");
        let right = |before: Option<&CellStep>, now: &CellStep| ask(before, now).map(|ask| ask.answers[ask.right]);
        let writer = CellStep { lent: Some(Lent::Writer), ..bare.clone() };
        assert_eq!(right(None, &writer), Some("lent to a writer"));
        let inside = |inside: &str| CellStep { inside: Some(inside.to_owned()), ..bare.clone() };
        assert_eq!(right(Some(&inside("5")), &inside("6")), Some("changes"));
        assert_eq!(right(Some(&inside("5")), &inside("5")), Some("stays"));
        assert_eq!((right(None, &inside("5")), right(Some(&bare), &inside("5"))), (None, None));
    }

    #[test]
    fn flag_and_value_are_drawn_at_their_places() {
        let step = |flag_at, inside: Option<&str>| CellStep {
            code: "a;".to_owned(),
            why: "Why.".to_owned(),
            gave: None,
            inside: inside.map(str::to_owned),
            lent: Some(Lent::Readers),
            words: Some(CellWords { flag: 2, flag_at, size: 8 }),
        };
        let places = |drawn: &str| (drawn.find("span-4 field-0\">flag 2<"), drawn.find("span-4 field-1\">value"));
        let first = picture(&step(0, Some("5")));
        assert!(matches!(places(&first), (Some(flag), Some(value)) if flag < value) && first.contains("value 5"), "{first}");
        let last = picture(&step(4, None));
        assert!(matches!(places(&last), (Some(flag), Some(value)) if value < flag) && last.contains("value: lent"), "{last}");
    }
}
