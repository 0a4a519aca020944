//! The course in the checkout: sound, and what the roadmap says. Its verdicts are those of the recorded runs.

use super::*;
use crate::{measure_tests, record, recorded};
use course::{Evidence, Figure, Outcome, SearchArchive, TableKind, Verdict, search};
use protocol::{Contender, FactKind, LabId, Phase, RecordingHost};

#[test]
fn the_course_has_no_fault() {
    if let Err(faults) = load() {
        panic!("{faults:#}");
    }
}

/// The roadmap's graph, way by way: what `lessons/path.toml` must draw.
const WAYS: [(&str, &str, &str); 14] = [
    ("A", "B", ""),
    ("B", "C", ""),
    ("C", "D", "backend"),
    ("C", "E", "systems"),
    ("C", "F", "data and AI"),
    ("D", "D1", ""),
    ("D", "D2", ""),
    ("E", "E1", ""),
    ("E", "E2", ""),
    ("F", "F1", ""),
    ("F", "F2", ""),
    ("D1", "G", ""),
    ("E1", "G", ""),
    ("F2", "G", ""),
];

#[test]
fn the_learning_path_is_the_roadmap_s_graph() {
    let (_, guide) = load().unwrap();
    let path = &guide.path;
    assert_eq!(path.stations.len(), 13);
    let id = |index: u16| path.stations[usize::from(index)].id.as_str();
    let mut drawn: Vec<_> =
        path.ways.iter().map(|way| (id(way.from), id(way.to), way.label.as_deref().unwrap_or_default())).collect();
    let mut wanted = WAYS.to_vec();
    drawn.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(drawn, wanted);
}

#[test]
fn the_placement_s_right_answers_stand_at_no_place_too_often() {
    let (_, guide) = load().unwrap();
    let questions = &guide.placement.questions;
    assert!((8..=12).contains(&questions.len()));
    for place in 0..3 {
        let right = questions.iter().filter(|one| one.answers.get(place).is_some_and(|answer| answer.correct)).count();
        assert!(right * 2 <= questions.len(), "answer {} is right {right} times of {}", place + 1, questions.len());
    }
}

#[test]
fn no_two_boxes_of_the_learning_path_overlap() {
    let (_, guide) = load().unwrap();
    for drawing in [&guide.path.down, &guide.path.across] {
        for (index, one) in drawing.boxes.iter().enumerate() {
            assert!(one.x >= 0.0 && one.y >= 0.0 && one.x + one.width <= drawing.width && one.y + one.height <= drawing.height);
            for other in &drawing.boxes[index + 1..] {
                let apart = one.x + one.width <= other.x
                    || other.x + other.width <= one.x
                    || one.y + one.height <= other.y
                    || other.y + other.height <= one.y;
                assert!(apart, "{one:?} and {other:?}");
            }
        }
    }
}

/// The roadmap's claims, by id: what `lessons/audit.toml` must hold.
const CLAIMS: [&str; 28] = [
    "zero-copy-budget",
    "pies-hide-total",
    "json-king-of-compat",
    "arena-faster",
    "arena-drop-frees-all",
    "allocator-api-stable",
    "std-mutex-high",
    "tokio-mutex-mandatory",
    "std-channel-slower",
    "atomics-maximum",
    "axum-async-trait",
    "extractor-authenticates",
    "hexagonal-testable",
    "nextest-faster",
    "no-gil-parallel",
    "small-deploy",
    "rust-no-leaks",
    "no-runtime",
    "compiles-so-works",
    "tokio-de-facto",
    "white-house-mandate",
    "rkyv-took-over",
    "rust-replaces-cpp-data",
    "wasm-primary-language",
    "training-in-pytorch",
    "neovim-surge",
    "greenfield-default",
    "scales-indefinitely",
];

#[test]
fn every_claim_of_the_roadmap_stands_in_the_ledger() {
    let (_, guide) = load().unwrap();
    let ids: Vec<&str> = guide.audit.claims.iter().map(|claim| claim.id.as_str()).collect();
    for claim in CLAIMS {
        assert!(ids.contains(&claim), "{claim}");
    }
}

#[test]
fn every_rule_gives_the_ledger_s_verdict_on_the_recorded_runs() {
    let (_, guide) = load().unwrap();
    let mut runs = 0;
    for claim in &guide.audit.claims {
        for evidence in &claim.evidence {
            let Evidence::Run(rule) = evidence else { continue };
            let figure = |input: &Vec<_>| recorded::figure(&rule.lab, input, &rule.measure).unwrap().map(|(figure, _)| figure);
            let figures: Vec<Figure> = rule.inputs.iter().map(figure).collect();
            assert_eq!(rule.judge(&figures), Outcome::Verdict(claim.verdict), "{}: {figures:?}", claim.id);
            runs += 1;
        }
    }
    assert!(runs >= 4);
    assert!(guide.audit.claims.iter().any(|claim| claim.verdict == Verdict::Pending), "what is not shown is not decided");
}

/// A lesson that takes much longer than it says is a fault of the course; one that takes much less is found here: drafts may still be short.
#[test]
fn lessons_take_about_as_long_as_they_say() {
    let (course, _) = load().unwrap();
    for lesson in &course.lessons {
        let (said, about) = (f64::from(lesson.minutes), parse::estimate::minutes(lesson));
        println!("FIGURE {}/{}: {said} minutes said, {about:.1} worked out", lesson.pillar, lesson.slug);
        let tolerance = parse::estimate::TOLERANCE;
        assert!(said <= about * tolerance && about <= said * tolerance, "{}: {said} minutes, {about:.1} worked out", lesson.slug);
    }
}

/// What the arena's row says beyond its one rule, on every run that was recorded.
#[test]
fn the_arena_s_finding_is_what_its_recorded_runs_say() {
    let (mut slower, mut faster) = (0, 0);
    for one in record::of_lab(LabId::Arena).unwrap() {
        let input = &one.result.input;
        let ratio =
            |phase| one.result.relative(Contender::BumpArenaVec, phase).unwrap_or_else(|| panic!("{input:?}: no {phase:?}"));
        let (built, walked, torn) = (ratio(Phase::Build), ratio(Phase::Traverse), ratio(Phase::TearDown));
        assert!(built.high < 1.0, "building gains in every run: {input:?}, {built:?}");
        assert!(torn.high < 0.25, "tearing down costs next to nothing: {input:?}, {torn:?}");
        match one.host {
            RecordingHost::Browser => {
                let less = walked.high < 1.0 && walked.median > torn.median && walked.median > built.median;
                assert!(less, "walking gains in the browser, less than the two: {input:?}, {walked:?} {built:?}");
            }
            RecordingHost::Native => {
                slower += u32::from(walked.low > 1.0);
                faster += u32::from(walked.high < 1.0);
            }
        }
    }
    assert!(slower > 0 && faster > 0, "natively some walks gain, {faster}, and some lose, {slower}");
}

/// The roadmap's tables stand on their pillars' pages, with the ledger's claims of each pillar; what they call measured is in a recording.
#[test]
fn every_pillar_has_its_tables_and_their_figures_are_recorded() {
    let (_, guide) = load().unwrap();
    let mut claims = 0;
    for pillar in &guide.pillars.pillars {
        let (ledger, own): (Vec<_>, Vec<_>) = pillar.tables.iter().partition(|table| table.kind == TableKind::Ledger);
        assert!(!own.is_empty(), "{}: no table", pillar.pillar);
        claims += ledger.iter().flat_map(|table| &table.rows).count();
        for measured in own.iter().flat_map(|table| &table.rows).filter_map(|row| row.measured.as_ref()) {
            let recorded = measured.recorded.as_ref();
            let of_run = recorded::figure(&measured.lab, &measured.input, &measured.measure).unwrap();
            assert_eq!(recorded.map(|one| one.median), of_run.as_ref().map(|(figure, _)| figure.median), "{measured:?}");
            assert!(recorded.is_none_or(|one| one.place.contains(&of_run.as_ref().unwrap().1.date)), "{measured:?}");
        }
    }
    assert_eq!(claims, guide.audit.claims.len(), "every claim stands on a pillar's page");
    let table = |pillar: &str, id: &str| {
        let goals = guide.pillars.pillars.iter().find(|one| one.pillar == pillar)?;
        goals.tables.iter().find(|table| table.id == id)
    };
    let cells = |pillar: &str, id: &str| -> Vec<Vec<String>> {
        table(pillar, id).unwrap().rows.iter().map(|row| row.cells.clone()).collect()
    };
    // What the roadmap says, to the word and to the number.
    let throughputs: Vec<String> = cells("concurrency", "primitives").into_iter().map(|row| row[2].clone()).collect();
    assert_eq!(throughputs, ["high", "medium", "very high", "maximum"]);
    let shares: Vec<[String; 2]> = cells("data", "budgets").into_iter().map(|row| [row[1].clone(), row[2].clone()]).collect();
    assert_eq!(shares, [["40", "40"], ["30", "30"], ["30", "2"], ["–", "28"]]);
    assert!(table("data", "budgets").unwrap().rows[2].measured.as_ref().unwrap().recorded.is_some());
}

/// Nextest's claim rests on a measurement that no lab can make: what was recorded decides, and where nothing was, nothing is decided.
#[test]
fn nextest_s_verdict_is_that_of_the_measured_rounds() {
    let (_, guide) = load().unwrap();
    let timing = parse::test_timing(&workspace::root()).unwrap();
    let measured = timing.and_then(|timing| measure_tests::verdict(timing.ratio()?));
    let claim = guide.audit.claims.iter().find(|claim| claim.id == "nextest-faster").unwrap();
    assert_eq!(claim.verdict, measured.unwrap_or(Verdict::Pending));
}

#[test]
fn recordings_hold_the_contenders_and_facts_that_their_lab_names() {
    for lab in LabId::ALL {
        for one in record::of_lab(lab).unwrap() {
            let mut names: Vec<&str> = one.result.rows.iter().map(|row| row.name.as_str()).collect();
            names.dedup();
            assert!(names.iter().all(|name| lab.contenders().iter().any(|one| one.slug() == *name)), "{lab:?}: {names:?}");
            for fact in &one.result.facts {
                assert!(lab.facts().contains(&FactKind::from_slug(&fact.kind).unwrap()), "{lab:?}: {}", fact.kind);
            }
        }
    }
}

#[test]
fn the_glossary_has_terms_of_every_pillar() {
    let (_, guide) = load().unwrap();
    assert!(guide.glossary.terms.len() >= 60);
    for pillar in Pillar::ALL {
        assert!(guide.glossary.terms.iter().any(|term| term.pillar == pillar.slug()), "{pillar:?}");
    }
}

#[test]
fn what_readers_look_for_is_found_first() {
    let (course, guide) = load().unwrap();
    let index = SearchArchive::of(&search_of(&course, &guide).build()).unwrap();
    for (query, wanted) in [
        ("zero cop", "term:zero-copy"),
        ("arenas", "lesson:memory/arenas"),
        ("latency budget", "lab:latency-budget"),
        ("neovim", "claim:neovim-surge"),
        ("waker", "term:waker"),
        ("tooling", "pillar:tooling"),
        ("sea-orm", "pillar:cloud"),
        ("rustrover", "pillar:tooling"),
    ] {
        let hits = search(&index, query);
        let targets: Vec<&str> = hits.iter().map(|hit| hit.entry.target.as_str()).take(3).collect();
        assert!(targets.contains(&wanted), "{query}: {targets:?}");
    }
    assert!(index.as_bytes().len() < 200_000, "{} bytes", index.as_bytes().len());
}
