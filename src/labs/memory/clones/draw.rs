//! What each stage copied, and a program of owners, as sentences and tables. It must never add a count that the answer did not bring.

use crate::{components::table::TableData, labs::memory::lines};
use protocol::{
    Contender, LabId,
    clones::{ClonesAnswer, OwnerStep, Stage, StageCost},
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

/// Where `String` copies and the cheapest of the others does not: the needless clones.
pub(super) fn needless(answer: &ClonesAnswer) -> String {
    let copied = |stage, is_owned: bool| {
        let of =
            answer.stages.iter().filter(move |cost| cost.stage == stage && (cost.contender == Contender::TextOwned) == is_owned);
        of.map(|cost| cost.copied).min().unwrap_or(0)
    };
    let worst = Stage::ALL.into_iter().map(|stage| (copied(stage, true).saturating_sub(copied(stage, false)), stage));
    let needless: Vec<String> =
        worst.filter(|(bytes, _)| *bytes > 0).map(|(bytes, stage)| format!("“{}” {}", stage.label(), Bytes(bytes))).collect();
    if needless.is_empty() {
        "No stage copies what another way of keeping the text does not.".to_owned()
    } else {
        format!("Copied as String though one of the others copies less: {}.", needless.join(", "))
    }
}

/// One line of the program, as a sentence.
pub(super) fn step(step: &OwnerStep) -> String {
    let counted = match (step.strong, step.weak) {
        (Some(strong), Some(weak)) => format!(" Owners: {strong}. Weak handles: {weak}."),
        _ => String::new(),
    };
    format!("{}{counted} Alive: {}.", step.why, Bytes(step.alive))
}

/// The program, the present line marked.
pub(super) fn program(steps: &[OwnerStep], at: usize) -> String {
    lines(steps.iter().map(|step| &*step.code), at)
}

/// The program's counts as a table.
pub(super) fn counts(steps: &[OwnerStep]) -> TableData {
    let count = |count: Option<u32>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
    let row = |step: &OwnerStep| {
        vec![step.code.clone(), count(step.strong), count(step.weak), step.allocations.to_string(), step.alive.to_string()]
    };
    TableData {
        caption: "Behind each line".to_owned(),
        head: ["line", "owners", "weak handles", "allocations so far", "bytes alive"].map(str::to_owned).into(),
        rows: steps.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(contender: Contender, stage: Stage, copied: u64) -> StageCost {
        StageCost { contender, stage, allocations: 1, copied }
    }

    #[test]
    fn a_clone_is_needless_where_another_way_does_without() {
        let mut answer = ClonesAnswer {
            stages: vec![
                cost(Contender::TextOwned, Stage::Share, 500),
                cost(Contender::TextRc, Stage::Share, 0),
                cost(Contender::TextOwned, Stage::Split, 900),
                cost(Contender::TextRc, Stage::Split, 900),
            ],
            steps: Vec::new(),
        };
        assert_eq!(needless(&answer), "Copied as String though one of the others copies less: “hand to a second list” 500 B.");
        assert_eq!(stages(&answer).rows.len(), LabId::Clones.contenders().len());
        answer.stages.truncate(0);
        assert!(needless(&answer).starts_with("No stage"));
        assert!(stages(&answer).rows[0][1..].iter().all(|cell| cell == "–"));
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
        };
        let steps = [line("a::<B>()"), line("b")];
        let drawn = program(&steps, 1);
        assert_eq!(drawn.matches("aria-current").count(), 1);
        assert!(drawn.contains("a::&lt;B&gt;()"));
        assert_eq!(step(&steps[0]), "Why. Owners: 2. Weak handles: 0. Alive: 48 B.");
        assert_eq!(counts(&steps).rows[1], ["b", "2", "0", "3", "48"]);
    }
}
