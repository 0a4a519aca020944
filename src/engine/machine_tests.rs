//! What a run does with everything that can happen to it.

use super::*;
use protocol::{Environment, LabId, Mode};

const BUILD: BuildId = BuildId(7);

fn started(workers: u16) -> Run {
    let input = LabInput::default_of(LabId::Arena);
    Run::start(RunRequest { workers, ..RunRequest::quick(input, Seed(1)) }, RunId(3), BUILD).0
}

fn message(event: Event) -> Incoming {
    Incoming::Message(Box::new(Message { run: RunId(3), build: BUILD, event }))
}

fn sampled() -> Event {
    Event::Sampled(Box::new(RunSamples {
        input: LabInput::default_of(LabId::Arena),
        seed: Seed(1),
        effort: Effort::Quick,
        environment: Environment::default(),
        series: Vec::new(),
        facts: Vec::new(),
        notes: Vec::new(),
    }))
}

fn reported() -> Event {
    Event::Reported(Box::new(Report {
        lab: LabId::Arena,
        input: LabInput::default_of(LabId::Arena),
        seed: Seed(1),
        mode: Mode::Quick,
        environment: Environment::default(),
        rows: Vec::new(),
        ratios: Vec::new(),
        facts: Vec::new(),
        series: Vec::new(),
        notes: Vec::new(),
    }))
}

#[test]
fn a_quick_run_goes_from_loading_to_a_report() {
    let mut run = started(1);
    assert_eq!(run.take(Incoming::Loading(Bytes(1), Bytes(2))), None);
    assert_eq!(run.stage, Stage::Loading { received: Bytes(1), total: Bytes(2) });
    assert_eq!(run.take(Incoming::Loaded), None);
    assert_eq!(run.take(message(Event::Progress(Progress::WarmingUp { steady: 1, of: 4 }))), None);
    assert_eq!(run.stage, Stage::Warming { steady: 1, of: 4 });
    let Some(Command::Send(request)) = run.take(message(sampled())) else { panic!("the samples are analysed") };
    assert!(matches!(request.body, RequestBody::Analyse(samples) if samples.len() == 1));
    assert_eq!(run.take(message(reported())), None);
    assert!(run.report().is_some());
}

#[test]
fn a_full_run_uses_fresh_workers_one_after_another() {
    let mut run = started(3);
    for instance in 1..3 {
        let Some(Command::Start(_, request)) = run.take(message(sampled())) else { panic!("a fresh worker") };
        assert!(
            matches!(request.body, RequestBody::Run(_, RunPlan { effort: Effort::Full { instance: i, of: 3 }, .. }) if i == instance)
        );
    }
    let Some(Command::Send(request)) = run.take(message(sampled())) else { panic!("the samples are analysed") };
    assert!(matches!(request.body, RequestBody::Analyse(samples) if samples.len() == 3));
}

#[test]
fn messages_of_another_run_or_build_are_dropped() {
    let mut run = started(1);
    let before = run.clone();
    for (id, build) in [(RunId(4), BUILD), (RunId(3), BuildId(8))] {
        assert_eq!(run.take(Incoming::Message(Box::new(Message { run: id, build, event: reported() }))), None);
    }
    assert_eq!(run, before);
}

#[test]
fn every_failure_stops_the_worker_and_is_final() {
    let failures = [
        (Incoming::Damaged, "damaged-message"),
        (Incoming::OutOfMemory(5), "out-of-memory"),
        (Incoming::Rejected("no".into()), "rejected-promise"),
        (Incoming::Crashed("trap".into()), "crashed"),
        (Incoming::NoBundle("404".into()), "bundle"),
        (Incoming::NoWorker("policy".into()), "no-worker"),
        (Incoming::DeadlinePassed, "deadline"),
        (message(Event::Failed(Failure::Panic("x".into()))), "panic"),
    ];
    for (incoming, code) in failures {
        let mut run = started(1);
        assert_eq!(run.take(incoming), Some(Command::Terminate));
        let Stage::Failed(failure) = &run.stage else { panic!("{code} must fail") };
        assert_eq!(failure.code(), code);
        assert!(!failure.what_next().is_empty());
        // The trap that follows a reported panic must not replace the panic's own words.
        assert_eq!(run.take(Incoming::Crashed("unreachable".into())), None);
        assert_eq!(run.take(message(reported())), None);
        assert!(run.report().is_none());
    }
}

#[test]
fn cancelling_stops_the_worker_and_keeps_what_was_seen() {
    let mut run = started(1);
    run.take(message(Event::Progress(Progress::Sampling { fraction: 0.5, rows: Vec::new(), ratios: Vec::new() })));
    assert_eq!(run.stage, Stage::Sampling { fraction: 0.5 });
    assert_eq!(run.take(Incoming::Cancel), Some(Command::Terminate));
    assert_eq!(run.stage, Stage::Cancelled);
}

#[test]
fn a_hidden_tab_is_noted_in_the_samples() {
    let mut run = started(1);
    run.take(Incoming::Hidden);
    let Some(Command::Send(request)) = run.take(message(sampled())) else { panic!("the samples are analysed") };
    assert!(matches!(request.body, RequestBody::Analyse(samples) if samples[0].notes == [Note::Hidden]));
}
