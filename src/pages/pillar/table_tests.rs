//! What stands in a table's cells.

use super::*;
use course::{
    ClaimLine, Index, IndexArchive, IndexEntry, LessonName, Measure, Measured, PillarGoals, Pillars, PillarsArchive,
    RecordedFigure, RoadmapRow, RoadmapTable, TableKind,
};

fn index() -> IndexArchive {
    let entry = IndexEntry {
        pillar: "data".to_owned(),
        slug: "zero_copy".to_owned(),
        title: "Zero & copy".to_owned(),
        question: String::new(),
        summary: String::new(),
        minutes: 1,
        labs: Vec::new(),
        file: String::new(),
    };
    IndexArchive::of(&Index { lessons: vec![entry] }).unwrap()
}

fn table_of(kind: TableKind, rows: Vec<RoadmapRow>) -> PillarsArchive {
    let table = RoadmapTable {
        id: "x".to_owned(),
        title: "T".to_owned(),
        finding: "F".to_owned(),
        kind,
        columns: vec!["Primitive".to_owned(), "Throughput".to_owned()],
        ranks: vec!["medium".to_owned(), "high".to_owned()],
        rows,
        sources: Vec::new(),
    };
    let goals = PillarGoals { pillar: "data".to_owned(), able: Vec::new(), competencies: Vec::new(), tables: vec![table] };
    PillarsArchive::of(&Pillars { pillars: vec![goals] }).unwrap()
}

fn row(cells: [&str; 2]) -> RoadmapRow {
    RoadmapRow { cells: cells.map(str::to_owned).to_vec(), ..RoadmapRow::default() }
}

fn claim() -> ClaimLine {
    ClaimLine { id: "arena-faster".to_owned(), claim: "It is <so>.".to_owned(), verdict: Verdict::Wrong }
}

fn measured(recorded: Option<RecordedFigure>) -> Measured {
    Measured {
        lab: "serialization".to_owned(),
        input: vec![("payload".to_owned(), "log".to_owned())],
        measure: Measure::Ratio { of: "rkyv-validated".into(), to: "serde-json".into(), phase: "whole".into() },
        recorded,
    }
}

#[test]
fn a_row_links_what_is_known_of_it_and_says_what_is_not() {
    let figure = RecordedFigure { median: 0.0644, low: 0.064, high: 0.065, place: "Machine <1>, 2026-11-22".to_owned() };
    let served = RoadmapRow {
        claims: vec![claim()],
        lessons: vec![LessonName { pillar: "data".to_owned(), slug: "zero_copy".to_owned() }],
        labs: vec!["serialization".to_owned()],
        measured: Some(measured(Some(figure))),
        ..row(["`a<b>`", "high"])
    };
    let unrun = RoadmapRow { measured: Some(measured(None)), ..row(["Channel", "medium"]) };
    let pillars = table_of(TableKind::Roadmap, vec![served, unrun, row(["None", "–"])]);
    let table = &pillars.pillars[0].tables[0];
    let drawn = Drawn::of(table, &index());
    assert_eq!(drawn.heads, ["Primitive", "Throughput", "The ledger says", "Measured, recorded run", "Learn it, run it"]);
    for part in [
        "<th scope=\"row\"><code>a&lt;b&gt;</code></th><td>high</td>",
        "<a href=\"/audit/#arena-faster\">",
        "<b>wrong</b>",
        "It is &lt;so&gt;.",
        "<b class=\"figure\">0.0644 (0.0640–0.0650)</b>",
        "<a href=\"/lessons/data/zero-copy/\">Zero &amp; copy</a>, <a href=\"/labs/serialization/\">",
    ] {
        assert!(drawn.rows[0].contains(part), "{part}: {}", drawn.rows[0]);
    }
    assert!(drawn.rows[0].contains("/labs/serialization/#s="), "the run starts with the input of the figure: {}", drawn.rows[0]);
    assert!(drawn.rows[1].contains("no run is recorded yet") && drawn.rows[1].contains("still to come"), "{}", drawn.rows[1]);
    assert!(notes(table).contains("Machine &lt;1&gt;, 2026-11-22"));
    let mut live = drawn.live.clone();
    live.press(3);
    assert_eq!(live.shown(), [0, 1, 2], "what was not measured stands last");
    live.filter("zero");
    assert_eq!(drawn.rows(&live), drawn.rows[0]);
}

#[test]
fn a_row_of_the_ledger_shows_its_claim_once_and_no_empty_column() {
    let line = RoadmapRow { claims: vec![claim()], ..row(["It is <so>.", "a run"]) };
    let pillars = table_of(TableKind::Ledger, vec![line]);
    let drawn = Drawn::of(&pillars.pillars[0].tables[0], &index());
    assert_eq!(drawn.heads, ["Primitive", "Throughput", "The ledger says"]);
    assert!(drawn.rows[0].contains("<span class=\"visually-hidden\">It is &lt;so&gt;.</span>"), "{}", drawn.rows[0]);
}
