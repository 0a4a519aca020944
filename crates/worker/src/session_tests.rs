//! A session on a fake clock: what it tells, and in which order.

use super::*;
use protocol::{Effort, Fault, Mode, SelfTestAnswer, SelfTestQuestion};
use std::{cell::Cell, rc::Rc};
use units::Nanos;

/// Goes on by itself a little at each look, and by what the contenders say.
#[derive(Clone, Default)]
struct FakeClock(Rc<Cell<f64>>);

impl Clock for FakeClock {
    fn now(&self) -> Nanos {
        self.0.set(self.0.get() + 1_000.0);
        Nanos(self.0.get())
    }
}

thread_local! {
    static CLOCK: FakeClock = FakeClock::default();
}

fn advance(by: f64) {
    CLOCK.with(|clock| clock.0.set(clock.0.get() + by));
}

#[allow(clippy::unnecessary_wraps, reason = "it stands in for a lab's `prepare`")]
fn two_to_one(_: &LabInput, _: Seed) -> Result<Prepared, String> {
    let slow = measure::Contender::new(Contender::SerdeJson, || {
        advance(200_000.0);
        1
    });
    let fast = measure::Contender::new(Contender::RkyvValidated, || {
        advance(100_000.0);
        1
    });
    Ok(Prepared { contenders: vec![slow, fast], facts: Vec::new(), afterwards: None })
}

fn echo(question: Question, tell: &mut dyn FnMut(f64)) -> Result<Answer, String> {
    let Question::SelfTest(question) = question else { return Err("another lab was asked".into()) };
    tell(0.25);
    match question.fault {
        Fault::None => Ok(Answer::SelfTest(SelfTestAnswer { received: question.attachment.0.len() as u64, sum: 0 })),
        _ => Err("no".into()),
    }
}

fn question(fault: Fault) -> RequestBody {
    RequestBody::Ask(Question::SelfTest(SelfTestQuestion { fault, attachment: vec![7; 3].into() }))
}

#[test]
fn a_question_is_answered_once_after_its_progress() {
    let events = ask(two_to_one, question(Fault::None));
    let answer = Answer::SelfTest(SelfTestAnswer { received: 3, sum: 0 });
    assert_eq!(events, [Event::Progress(Progress::Answering { fraction: 0.25 }), Event::Answered(Box::new(answer))]);
}

#[test]
fn a_refused_question_says_why_and_so_does_a_bundle_without_answers() {
    let events = ask(two_to_one, question(Fault::Panic));
    assert_eq!(events.last(), Some(&Event::Failed(Failure::Lab("no".into()))));
    let RequestBody::Ask(question) = question(Fault::None) else { panic!("a question") };
    assert!(no_questions(question, &mut |_| ()).unwrap_err().contains("self-test"));
}

fn ask(prepare: Prepare, body: RequestBody) -> Vec<Event> {
    let about = About { user_agent: "test".into(), isolated: false, crates: &[] };
    let mut events = Vec::new();
    let clock = CLOCK.with(Clone::clone);
    Session::new(prepare, echo, about).answer(body, &clock, &mut |event| events.push(event));
    events
}

fn run(effort: Effort) -> Vec<Event> {
    let input = LabInput::default_of(LabId::LatencyBudget);
    ask(two_to_one, RequestBody::Run(input, RunPlan { seed: Seed(1), effort, budget: Nanos(2e9) }))
}

fn samples(events: &[Event]) -> RunSamples {
    match events.last() {
        Some(Event::Sampled(samples)) => (**samples).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_run_prepares_shows_a_rough_figure_warms_up_and_samples() {
    let events = run(Effort::Quick);
    assert!(matches!(events[0], Event::Progress(Progress::Preparing)));
    assert!(
        matches!(&events[1], Event::Progress(Progress::Rough { rows, ratio }) if rows.len() == 2 && (ratio.ratio.median - 0.5).abs() < 0.05)
    );
    assert!(events.iter().any(|event| matches!(event, Event::Progress(Progress::WarmingUp { steady: 2, of: 2 }))));
    assert!(events.iter().any(|event| matches!(event, Event::Progress(Progress::Sampling { .. }))));
    assert_eq!(samples(&events).series.len(), 2);
}

#[test]
fn a_lab_without_contenders_reports_what_it_counted_at_once() {
    let counted = |_: &LabInput, _: Seed| {
        let fact = Fact { contender: Contender::SerdeJson, kind: protocol::FactKind::WireBytes, value: 7 };
        Ok(Prepared { contenders: Vec::new(), facts: vec![fact], afterwards: None })
    };
    let plan = RunPlan { seed: Seed(1), effort: Effort::Quick, budget: Nanos(1e9) };
    let events = ask(counted, RequestBody::Run(LabInput::default_of(LabId::ByteLens), plan));
    assert_eq!(events.len(), 2);
    let events = ask(counted, RequestBody::Analyse(vec![samples(&events)]));
    let [Event::Reported(report)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(report.fact(Contender::SerdeJson, protocol::FactKind::WireBytes), Some(7));
    assert!(report.rows.is_empty() && report.notes.is_empty());
}

#[test]
fn the_report_names_the_ratio_and_how_many_workers_took_part() {
    let runs: Vec<RunSamples> = (0..5).map(|instance| samples(&run(Effort::Full { instance, of: 5 }))).collect();
    let events = ask(two_to_one, RequestBody::Analyse(runs));
    let [Event::Reported(report)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(report.mode, Mode::Full { workers: 5 });
    assert_eq!(report.series.len(), 10);
    let ratio = report.relative(Contender::RkyvValidated, protocol::Phase::Whole).unwrap();
    assert!(ratio.contains(0.5) || (ratio.median - 0.5).abs() < 0.01, "{ratio:?}");
    assert_eq!(report.relative(Contender::SerdeJson, protocol::Phase::Whole), Some(units::Interval::exact(1.0)));
}

#[test]
fn samples_of_different_runs_make_no_report() {
    let one = samples(&run(Effort::Quick));
    let other = RunSamples { seed: Seed(2), ..one.clone() };
    for runs in [Vec::new(), vec![one, other]] {
        assert!(matches!(ask(two_to_one, RequestBody::Analyse(runs)).as_slice(), [Event::Failed(Failure::BadRequest)]));
    }
}

#[test]
fn a_lab_that_refuses_its_input_says_why() {
    let events = ask(
        |_, _| Err("no".into()),
        RequestBody::Run(LabInput::SelfTest(Fault::None), RunPlan { seed: Seed(1), effort: Effort::Quick, budget: Nanos(1e9) }),
    );
    assert_eq!(events.last(), Some(&Event::Failed(Failure::Lab("no".into()))));
}

#[test]
fn a_document_reaches_the_lab_that_takes_one_and_no_other() {
    let plan = RunPlan { seed: Seed(1), effort: Effort::Quick, budget: Nanos(1e8) };
    let body = || RequestBody::RunOn(LabInput::SelfTest(Fault::None), plan, b"[1]".to_vec().into());
    let about = || About { user_agent: String::new(), isolated: false, crates: &[] };
    let session = Session::new(two_to_one, echo, about());
    let answer = |session: Session| {
        let mut events = Vec::new();
        session.answer(body(), &FakeClock::default(), &mut |event| events.push(event));
        events.pop()
    };
    assert!(matches!(answer(session), Some(Event::Failed(Failure::Lab(reason))) if reason.contains("no documents")));
    let refusing = Session::new(two_to_one, echo, about()).with_documents(|_, text| Err(format!("{} bytes", text.len())));
    assert_eq!(answer(refusing), Some(Event::Failed(Failure::Lab("3 bytes".to_owned()))));
}
