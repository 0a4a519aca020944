//! A report comes back from its link as it was, and no damaged link is taken for one.

use super::*;
use crate::audit::{
    auditor::{Scope, Taken, Thoroughness},
    samples::{ledger, result},
};
use course::Verdict;
use proptest::prelude::*;

fn interval() -> impl Strategy<Value = Interval> {
    (0.0..1e9_f64, 0.0..1e6_f64, 0.0..1e6_f64).prop_map(|(low, up, further)| Interval {
        low,
        median: low + up,
        high: low + up + further,
    })
}

fn report() -> impl Strategy<Value = MachineReport> {
    let claim = ("[a-z-]{1,20}", 0_u16..9, proptest::collection::vec(proptest::option::of(interval()), 1..6))
        .prop_map(|(id, workers, figures)| ClaimFigures { id, workers, figures });
    ("[0-9a-f]{16}", "[0-9-]{10}", "\\PC{0,30}", 0.0..1e9_f64, proptest::collection::vec(claim, 1..30)).prop_map(
        |(build, date, machine, clock, mut claims)| {
            claims.sort_by(|one, other| one.id.cmp(&other.id));
            claims.dedup_by(|one, other| one.id == other.id);
            MachineReport { build, date, machine, clock_step: Nanos(clock), claims }
        },
    )
}

fn place() -> Place {
    Place { browser: "Chromium 156 on Linux".to_owned(), date: "2026-11-22".to_owned() }
}

fn taken() -> (Auditor, MachineReport) {
    let mut auditor = Auditor::of(ledger());
    let mut next = auditor.start(Scope::Machine, Thoroughness::Quick);
    while let Some(run) = next {
        next = auditor.took(Taken::Result(Box::new(result(run.input, (2.0, 1.5, 2.5)))));
    }
    let report = MachineReport::of(&auditor, "00ff", &place()).unwrap();
    (auditor, report)
}

#[test]
fn whoever_opens_a_link_judges_its_figures_by_their_own_ledger() {
    let (auditor, report) = taken();
    let back = MachineReport::of_fragment(&format!("#{}", report.to_link().to_fragment())).unwrap().unwrap();
    assert_eq!(back, report);
    let judged = back.judged(auditor.ledger());
    let outcomes: Vec<_> = judged.iter().map(|row| (row.id.as_str(), row.judged.outcome)).collect();
    assert_eq!(outcomes, [("fast", Outcome::Verdict(Verdict::Wrong)), ("idle", Outcome::Verdict(Verdict::Holds))]);
    // A claim that is no longer there, and one whose rule runs something else now, are nobody's evidence.
    let mut other = report;
    other.claims[0].id = "gone".to_owned();
    other.claims[1].figures.push(None);
    assert_eq!(other.judged(auditor.ledger()), []);
    assert_eq!(MachineReport::of(&Auditor::of(ledger()), "", &place()), None, "nothing was run");
}

#[test]
fn the_json_holds_the_figures_their_verdicts_and_the_results() {
    let (auditor, report) = taken();
    let json = report.to_json(auditor.ledger(), auditor.results().cloned().collect());
    for wanted in [
        "\"format\":\"ferroscope-audit\"",
        "\"outcome\":\"wrong\"",
        "\"ledger\":\"holds\"",
        "{\"input\":\"payload=mesh,read=every,size=medium\",\"median\":2.0,\"low\":1.5,\"high\":2.5}",
        "\"date\":\"2026-11-22\"",
        "\"results\":[{\"lab\":\"latency-budget\"",
    ] {
        assert!(json.contains(wanted), "{wanted} in {json}");
    }
}

#[test]
fn other_fragments_are_no_report_and_a_newer_one_is_said_to_be() {
    for none in ["", "#", "#arena-faster"] {
        assert_eq!(MachineReport::of_fragment(none), Ok(None), "{none}");
    }
    let mut link = taken().1.to_link();
    link.set("audit", "2");
    assert_eq!(MachineReport::of_fragment(&link.to_fragment()), Err(ReportError::Newer));
    for (key, value) in [
        ("audit", "x"),
        ("clock", "soon"),
        ("clock", "-1"),
        ("c.fast", ""),
        ("c.fast", "1"),
        ("c.fast", "1;2,1"),
        ("c.fast", "1;2,3,1"),
        ("c.fast", "1;NaN,NaN,NaN"),
        ("c.fast", "1;2,-inf,3"),
        ("c.fast", "many;2,1,3"),
    ] {
        let mut link = taken().1.to_link();
        link.set(key, value);
        assert_eq!(MachineReport::of_fragment(&link.to_fragment()), Err(ReportError::Damaged), "{key}={value}");
    }
    let mut lab = Permalink::default();
    lab.set("payload", "log");
    assert_eq!(MachineReport::of_fragment(&lab.to_fragment()), Err(ReportError::Damaged), "a lab's state is no report");
}

proptest! {
    #[test]
    fn a_report_comes_back_from_its_link(report in report()) {
        prop_assert_eq!(MachineReport::of_fragment(&report.to_link().to_fragment()), Ok(Some(report)));
    }

    #[test]
    fn damage_is_an_error_or_a_sound_report_but_never_a_panic(report in report(), at in any::<prop::sample::Index>(), by in any::<u8>(), text in ".{0,200}") {
        let mut bytes = report.to_link().to_fragment().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= by;
        for text in [String::from_utf8_lossy(&bytes).into_owned(), format!("#s={text}")] {
            if let Ok(Some(found)) = MachineReport::of_fragment(&text) {
                let figures = found.claims.iter().flat_map(|claim| claim.figures.iter().flatten());
                prop_assert!(figures.clone().all(|one| one.low <= one.median && one.median <= one.high), "{:?}", found);
                let _ = found.judged(&ledger());
            }
        }
    }
}
