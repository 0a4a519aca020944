//! What each stage copied, and a program of owners, as sentences and tables. It must never add a count that the answer did not bring.

use crate::{
    components::table::TableData,
    labs::memory::{layout::bytes_drawn, lines},
    markup::all,
};
use protocol::{
    Contender, LabId,
    clones::{BlockPart, ClonesAnswer, CountedBlock, OwnerStep, PartName, Stage, StageCost},
    layout::{FieldLayout, TypeLayout, VariantLayout},
};
use units::Bytes;

/// Each way of keeping text at each stage: bytes copied, and allocations.
pub(super) fn stages(answer: &ClonesAnswer) -> TableData {
    let cost = |contender, stage| answer.stages.iter().find(|cost| cost.contender == contender && cost.stage == stage);
    let cell = |cost: Option<&StageCost>| {
        cost.map_or_else(|| "–".to_owned(), |cost| format!("{} / {}", Bytes(cost.copied), cost.allocations))
    };
    let row = |&contender: &Contender| {
        let cells = Stage::ALL.iter().map(|stage| cell(cost(contender, *stage)));
        std::iter::once(contender.label().to_owned()).chain(cells).collect()
    };
    TableData {
        caption: "Text copied / allocations, stage by stage".to_owned(),
        head: std::iter::once("kept as").chain(Stage::ALL.map(Stage::label)).map(str::to_owned).collect(),
        rows: LabId::Clones.contenders().iter().map(row).collect(),
    }
}

/// One line of the program, as a sentence.
pub(super) fn step(step: &OwnerStep) -> String {
    let counted = match (step.strong, step.weak) {
        (Some(strong), Some(weak)) => format!(" Owners: {strong}. Weak handles: {weak}."),
        _ => String::new(),
    };
    format!("{}{counted} Alive: {}.{}", step.why, Bytes(step.alive), step.block.as_ref().map(in_words).unwrap_or_default())
}

/// What stands in a part, as one reads it.
fn stands(part: &BlockPart) -> String {
    part.value.map_or_else(|| "gone".to_owned(), |value| value.to_string())
}

/// A block, part by part.
fn in_words(block: &CountedBlock) -> String {
    let parts = all(&block.parts, |part| format!(", from byte {} {}: {}", part.offset, part.name.label(), stands(part)));
    format!(" Its block has {} bytes{parts}.", block.size)
}

/// The block that a line looks at, byte by byte; nothing where it looks at none.
pub(super) fn block(step: &OwnerStep) -> String {
    let Some(CountedBlock { size, parts }) = &step.block else { return String::new() };
    let field = |part: &BlockPart| FieldLayout {
        name: format!("{} {}", part.name.label(), stands(part)),
        offset: part.offset,
        size: part.size,
    };
    let parts = VariantLayout { name: String::new(), tag: None, fields: parts.iter().map(field).collect() };
    bytes_drawn(&TypeLayout { size: *size, align: 1, variants: vec![parts], none: None })
}

/// The program, the present line marked.
pub(super) fn program(steps: &[OwnerStep], at: usize) -> String {
    lines(steps.iter().map(|step| &*step.code), at)
}

/// The program's counts as a table.
pub(super) fn counts(steps: &[OwnerStep]) -> TableData {
    let count = |count: Option<u32>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
    let word = |step: &OwnerStep, name| {
        let found = step.block.as_ref().and_then(|block| block.value(name));
        found.map_or_else(|| "–".to_owned(), |value| value.to_string())
    };
    let row = |step: &OwnerStep| {
        vec![
            step.code.clone(),
            count(step.strong),
            count(step.weak),
            word(step, PartName::Strong),
            word(step, PartName::Weak),
            step.allocations.to_string(),
            step.alive.to_string(),
        ]
    };
    TableData {
        caption: "Behind each line".to_owned(),
        head: ["line", "owners", "weak handles", "in the block: strong", "weak", "allocations so far", "bytes alive"]
            .map(str::to_owned)
            .into(),
        rows: steps.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(contender: Contender, stage: Stage, copied: u64) -> StageCost {
        StageCost { contender, stage, allocations: 1, copied, alive: 0 }
    }

    #[test]
    fn what_was_not_counted_is_a_dash() {
        let answer = ClonesAnswer {
            stages: vec![
                cost(Contender::TextOwned, Stage::Share, 500),
                cost(Contender::TextRc, Stage::Share, 0),
                cost(Contender::TextOwned, Stage::Split, 900),
                cost(Contender::TextRc, Stage::Split, 900),
            ],
            steps: Vec::new(),
        };
        assert_eq!(stages(&answer).rows.len(), LabId::Clones.contenders().len());
        assert!(stages(&answer).rows[1][1..].iter().all(|cell| cell == "–"));
    }

    #[test]
    fn the_present_line_alone_is_marked_and_code_is_text() {
        let line = |code: &str| OwnerStep {
            code: code.to_owned(),
            why: "Why.".to_owned(),
            strong: Some(2),
            weak: Some(0),
            allocations: 3,
            alive: 48,
            block: None,
        };
        let steps = [line("a::<B>()"), line("b")];
        let drawn = program(&steps, 1);
        assert_eq!(drawn.matches("aria-current").count(), 1);
        assert!(drawn.contains("a::&lt;B&gt;()"));
        assert_eq!(step(&steps[0]), "Why. Owners: 2. Weak handles: 0. Alive: 48 B.");
        assert_eq!(counts(&steps).rows[1], ["b", "2", "0", "–", "–", "3", "48"]);
        assert_eq!(block(&steps[0]), "");
    }

    #[test]
    fn a_block_is_drawn_and_said_part_by_part() {
        let part = |name, offset, size, value| BlockPart { name, offset, size, value };
        let parts =
            vec![part(PartName::Strong, 0, 4, Some(2)), part(PartName::Weak, 4, 4, Some(1)), part(PartName::Value, 8, 16, None)];
        let line = OwnerStep {
            code: "a;".to_owned(),
            why: "Why.".to_owned(),
            strong: Some(2),
            weak: Some(0),
            allocations: 1,
            alive: 24,
            block: Some(CountedBlock { size: 24, parts }),
        };
        let words = "Its block has 24 bytes, from byte 0 strong: 2, from byte 4 weak: 1, from byte 8 value: gone.";
        assert!(step(&line).ends_with(words), "{}", step(&line));
        let drawn = block(&line);
        assert!(drawn.contains("span-4 field-0\">strong 2<") && drawn.contains("span-8 field-2\">value gone<"), "{drawn}");
        assert_eq!(counts(&[line]).rows[0][3..5], ["2", "1"]);
    }
}
