//! The order of runs, what is shared, what a failure and a stop leave behind.

use super::*;
use crate::audit::samples::{ledger, result};
use proptest::prelude::*;

fn taken(input: LabInput, figure: (f64, f64, f64)) -> Taken {
    Taken::Result(Box::new(result(input, figure)))
}

const FAST: (f64, f64, f64) = (0.1, 0.09, 0.11);
const SLOW: (f64, f64, f64) = (2.0, 1.9, 2.1);

#[test]
fn runs_with_the_same_input_are_taken_once_and_judge_every_claim_that_needs_them() {
    let mut auditor = Auditor::of(ledger());
    assert_eq!(auditor.runnable().iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["fast", "idle"]);
    let first = auditor.start(Scope::Machine, Thoroughness::Quick).unwrap();
    assert_eq!(auditor.running().map(|running| (running.done, running.of)), Some((0, 2)), "log is shared");
    assert_eq!(auditor.start(Scope::Machine, Thoroughness::Quick), None, "one row of runs at a time");
    let second = auditor.took(taken(first.input, FAST)).unwrap();
    assert_ne!(first.input, second.input);
    // The shared run is there: one claim is judged before the other.
    assert_eq!(auditor.judged("idle").map(|judged| judged.outcome), Some(Outcome::Verdict(Verdict::Wrong)));
    assert_eq!(auditor.judged("fast"), None);
    assert_eq!(auditor.took(taken(second.input, FAST)), None);
    assert_eq!(*auditor.work(), Work::Ended(Scope::Machine, End::Done));
    let rows = auditor.rows();
    assert!(rows.iter().all(|row| row.judged.agreement() == Agreement::Same && row.age == Age::Current), "{rows:?}");
    assert!(auditor.is_complete());
    assert_eq!(auditor.results().count(), 2);
}

#[test]
fn only_a_claim_with_a_rule_can_be_run() {
    let auditor = Auditor::of(ledger());
    let can_run = |id: &str| auditor.can_run(&Scope::Claim(id.to_owned()));
    assert_eq!(["fast", "idle", "stable", "later", "no-such"].map(can_run), [true, true, false, false, false]);
    assert!(auditor.can_run(&Scope::Machine));
}

#[test]
fn another_outcome_differs_from_the_ledger_and_an_unclear_one_is_open() {
    for (figure, agreement) in [(SLOW, Agreement::Differs), (FAST, Agreement::Same), ((1.0, 0.5, 1.5), Agreement::Open)] {
        let mut auditor = Auditor::of(ledger());
        let run = auditor.start(Scope::Claim("idle".to_owned()), Thoroughness::Full).unwrap();
        assert_eq!(run.workers, RunRequest::FULL);
        auditor.took(taken(run.input, figure));
        assert_eq!(auditor.judged("idle").map(|judged| judged.agreement()), Some(agreement));
    }
}

#[test]
fn a_failed_run_is_said_and_the_others_go_on() {
    let mut auditor = Auditor::of(ledger());
    let run = auditor.start(Scope::Claim("fast".to_owned()), Thoroughness::Quick).unwrap();
    let next = auditor.took(Taken::Failed("the lab panicked".to_owned())).unwrap();
    auditor.took(taken(next.input, FAST));
    let judged = auditor.judged("fast").unwrap();
    assert_eq!((judged.outcome, judged.figures[0]), (Outcome::CannotTell, (run.input, None)));
    assert!(judged.remarks[0].contains("the lab panicked"), "{judged:?}");
}

#[test]
fn what_was_measured_before_a_stop_is_kept_and_measured_anew_by_the_next_start() {
    let mut auditor = Auditor::of(ledger());
    let run = auditor.start(Scope::Machine, Thoroughness::Quick).unwrap();
    auditor.took(taken(run.input, FAST));
    auditor.cancel();
    assert_eq!(*auditor.work(), Work::Ended(Scope::Machine, End::Cancelled));
    assert!(!auditor.is_complete(), "one claim was not run");
    assert!(auditor.judged("idle").is_some() && auditor.judged("fast").is_none());
    assert_eq!(auditor.took(taken(run.input, SLOW)), None, "what comes after a stop changes nothing");
    assert_eq!(auditor.judged("idle").unwrap().outcome, Outcome::Verdict(Verdict::Wrong));
    auditor.start(Scope::Claim("idle".to_owned()), Thoroughness::Quick).unwrap();
    assert_eq!(auditor.judged("idle"), None, "an old figure does not stand for the new run");
    assert_eq!(Auditor::of(ledger()).start(Scope::Claim("later".to_owned()), Thoroughness::Quick), None);
}

#[test]
fn a_claim_that_is_run_again_keeps_the_report_and_is_marked_until_its_figures_are_new() {
    let mut auditor = Auditor::of(ledger());
    let mut next = auditor.start(Scope::Machine, Thoroughness::Quick);
    assert!(!auditor.is_complete(), "the audit goes on");
    while let Some(run) = next {
        next = auditor.took(taken(run.input, FAST));
    }
    let ages = |auditor: &Auditor| auditor.rows().iter().map(|row| (row.id.clone(), row.age)).collect::<Vec<_>>();
    let of = |fast, idle| [("fast".to_owned(), fast), ("idle".to_owned(), idle)];
    // Both need the run of log, so both are marked.
    let again = auditor.start(Scope::Claim("idle".to_owned()), Thoroughness::Quick).unwrap();
    assert_eq!(ages(&auditor), of(Age::Earlier, Age::Earlier));
    assert!(auditor.is_complete() && auditor.judged("idle").is_none());
    assert_eq!(auditor.results().count(), 2, "what the report shows, its JSON holds");
    auditor.took(taken(again.input, SLOW));
    assert_eq!(ages(&auditor), of(Age::Current, Age::Current));
    assert_eq!(auditor.judged("idle").unwrap().outcome, Outcome::Verdict(Verdict::Holds), "the new figure decides");
    // Stopped, it leaves what was there.
    auditor.start(Scope::Claim("fast".to_owned()), Thoroughness::Quick).unwrap();
    auditor.cancel();
    assert_eq!(ages(&auditor), of(Age::Current, Age::Current));
    assert_eq!(auditor.judged("idle").unwrap().outcome, Outcome::Verdict(Verdict::Holds));
    // A new audit of everything begins with nothing.
    auditor.start(Scope::Machine, Thoroughness::Quick).unwrap();
    auditor.cancel();
    assert_eq!(ages(&auditor), []);
}

proptest! {
    /// Whatever comes in whatever order, no more runs are asked for than are planned.
    #[test]
    fn it_ends(steps in proptest::collection::vec(0_u8..4, 0..40)) {
        let mut auditor = Auditor::of(ledger());
        let mut asked = 0;
        for step in steps {
            let next = match step {
                0 => { auditor.cancel(); None }
                1 => auditor.start(Scope::Machine, Thoroughness::Quick),
                2 => auditor.took(Taken::Failed(String::new())),
                _ => auditor.running().map(|running| running.current).and_then(|input| auditor.took(taken(input, FAST))),
            };
            if next.is_some() && step == 1 { asked = 1 } else { asked += usize::from(next.is_some()) }
            prop_assert!(asked <= 2);
            prop_assert_eq!(next.is_some(), next.as_ref().is_some_and(|next| auditor.running().is_some_and(|now| now.current == next.input)));
        }
    }
}
