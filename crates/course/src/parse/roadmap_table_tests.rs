//! A table's faults, each on its line; the ledger's own table; figures that are looked up.

use super::super::fault::Fault;
use super::super::piece::Piece;
use super::*;
use crate::parse::{KnownLab, Setting, Values};
use crate::{Claim, Evidence, Measure, Pillars, PillarsArchive, RecordedFigure, Verdict};
use proptest::prelude::*;

const SOUND: &str = r#"id = "primitives"
title = "Which primitive for what"
finding = "It depends."
columns = ["Primitive", "Throughput"]
ranks = ["Medium", "high"]
[[rows]]
cells = ["`Mutex`", "high"]
claims = ["mutex-high"]
lessons = ["memory/arenas"]
labs = ["arena"]
[rows.measured]
lab = "arena"
input = "nodes=10"
of = "bump"
to = "rc"
phase = "build"
[[rows]]
cells = ["A channel", "medium"]
[[sources]]
title = "A"
url = "https://example.org/"
date = "2026-01-01"
"#;

fn audit() -> Audit {
    let claim = |id: &str, pillar: &str, evidence| Claim {
        id: id.to_owned(),
        claim: format!("The claim {id}."),
        why: String::new(),
        pillar: pillar.to_owned(),
        verdict: Verdict::Pending,
        finding: String::new(),
        evidence: vec![evidence],
        sources: Vec::new(),
    };
    let planned = Evidence::Planned("a lab".to_owned());
    Audit { claims: vec![claim("mutex-high", "memory", planned), claim("other", "data", Evidence::Sources)] }
}

fn read(text: &str, audit: Option<&Audit>) -> (Option<RoadmapTable>, Vec<Fault>) {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let lab = KnownLab {
        slug: "arena".to_owned(),
        settings: vec![Setting { key: "nodes".to_owned(), values: Values::Whole { low: 1, high: 99 } }],
        contenders: names(&["rc", "bump"]),
        phases: names(&["build"]),
        facts: names(&["live"]),
    };
    let known = Known { labs: vec![lab], ..Known::default() };
    let lessons = [Place { pillar: "memory".to_owned(), slug: "arenas".to_owned() }];
    let mut faults = FileFaults::new("lessons/pillars.toml");
    let fields = Fields::parse("a table", 1, Piece::whole(text), &mut faults);
    let around = Around { known: &known, lessons: &lessons, audit };
    let table = fields.and_then(|fields| super::read(fields, around, &mut faults));
    (table, faults.into_inner())
}

#[test]
fn a_sound_table_is_read_with_the_verdicts_of_its_claims() {
    let audit = audit();
    let (table, faults) = read(SOUND, Some(&audit));
    assert_eq!(faults, []);
    let table = table.unwrap();
    assert_eq!((table.rows.len(), table.ranks[0].as_str(), table.sources.len()), (2, "medium", 1));
    let row = &table.rows[0];
    assert_eq!(row.claims, [ClaimLine::of(&audit.claims[0])]);
    let measured = row.measured.as_ref().unwrap();
    let measure = Measure::Ratio { of: "bump".to_owned(), to: "rc".to_owned(), phase: "build".to_owned() };
    assert_eq!((&measured.measure, measured.input.len()), (&measure, 1));
    assert_eq!(measured.recorded, None, "a table makes up no figure");
    // A ledger with faults of its own adds none here.
    assert_eq!(read(SOUND, None).1, []);
}

#[test]
fn a_figure_is_looked_up_and_withstands_damage_like_the_rest() {
    let table = read(SOUND, Some(&audit())).0.unwrap();
    let goals = crate::PillarGoals {
        pillar: "memory".to_owned(),
        able: Vec::new(),
        competencies: Vec::new(),
        tables: vec![table, RoadmapTable::of_ledger(&audit(), "memory").unwrap()],
    };
    let mut pillars = Pillars { pillars: vec![goals] };
    let mut asked = 0;
    pillars.take_figures(|measured| {
        asked += 1;
        assert_eq!(measured.lab, "arena");
        Some(RecordedFigure { median: 2.0, low: 1.0, high: 3.0, place: "here".to_owned() })
    });
    assert_eq!(asked, 1, "only rows that name a measure ask");
    crate::archive::damage::is_withstood(&pillars, |pillars| {
        for table in pillars.pillars.iter().flat_map(|one| one.tables.iter()) {
            let _ = table.rows.iter().filter_map(|row| row.measured.as_ref()?.figure()).count();
        }
    });
    let archive = PillarsArchive::of(&pillars).unwrap();
    let figure = archive.pillars[0].tables[0].rows[0].measured.as_ref().unwrap().figure();
    assert_eq!(figure.map(|one| (one.low, one.median, one.high)), Some((1.0, 2.0, 3.0)));
}

#[test]
fn the_ledger_s_table_holds_the_pillar_s_claims_alone() {
    let table = RoadmapTable::of_ledger(&audit(), "memory").unwrap();
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.rows[0].cells, ["The claim mutex-high.", "evidence to come"]);
    assert_eq!(RoadmapTable::of_ledger(&audit(), "cloud"), None);
}

#[test]
fn every_fault_is_told_with_its_line() {
    for (old, new, line, message) in [
        ("\"mutex-high\"", "\"none\"", 8, "there is no claim `none`"),
        ("memory/arenas", "memory/none", 9, "there is no lesson"),
        ("labs = [\"arena\"]", "labs = [\"none\"]", 10, "there is no lab"),
        ("lab = \"arena\"", "lab = \"none\"", 12, "there is no lab"),
        ("nodes=10", "nodes=100", 13, "cannot be `100`"),
        ("of = \"bump\"", "of = \"box\"", 14, "no contender `box`"),
        ("phase = \"build\"", "", 14, "neither a ratio nor a fact"),
        ("[\"A channel\", \"medium\"]", "[\"A channel\"]", 17, "1 cells and the table 2 columns"),
        ("id = \"primitives\"", "id = \"claims\"", 1, "cannot be a table’s id"),
        ("columns = [\"Primitive\", \"Throughput\"]", "", 1, "shows nothing"),
        ("https://", "ftp://", 21, "no web address"),
        ("finding = \"It depends.\"", "", 1, "has no `finding`"),
    ] {
        let text = SOUND.replacen(old, new, 1);
        assert_ne!(text, SOUND, "{old}");
        let (_, faults) = read(&text, Some(&audit()));
        assert!(faults.iter().any(|fault| fault.message.contains(message) && fault.line == line), "{message}: {faults:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "[\\PC\n]{0,200}") {
        read(&text, None);
        read(&format!("{SOUND}{text}"), Some(&audit()));
    }
}
