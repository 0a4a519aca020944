//! What becomes of questions, whatever happens to the worker.

use super::*;
use protocol::{Attachment, Fault, SelfTestAnswer, SelfTestQuestion};

const BUILD: BuildId = BuildId(7);

fn question() -> Question {
    Question::SelfTest(SelfTestQuestion { fault: Fault::None, attachment: Attachment::default() })
}

fn answer(received: u64) -> Event {
    Event::Answered(Box::new(Answer::SelfTest(SelfTestAnswer { received, sum: 0 })))
}

fn message(run: u32, event: Event) -> Incoming {
    Incoming::Message(Box::new(Message { run: RunId(run), build: BUILD, event }))
}

/// A worker, started for question 1, that is at work on it.
fn at_work() -> Asking {
    let mut asking = Asking::new(BUILD, Nanos(5e9));
    assert!(matches!(asking.ask(question(), RunId(1)), Some(Command::Start(..))));
    assert_eq!(asking.data_state(), "loading");
    assert_eq!(asking.take(RunId(1), Incoming::Loaded), None);
    asking
}

fn received(asking: &Asking) -> Option<u64> {
    match asking.current()? {
        Answer::SelfTest(answer) => Some(answer.received),
        _ => None,
    }
}

#[test]
fn one_worker_answers_one_question_after_another() {
    let mut asking = at_work();
    assert_eq!(asking.take(RunId(1), message(1, answer(10))), None);
    assert_eq!((received(&asking), asking.data_state(), asking.deadline()), (Some(10), "done", None));
    let Some(Command::Send(request)) = asking.ask(question(), RunId(2)) else { panic!("the worker is still there") };
    assert_eq!(request.run, RunId(2));
    // What is shown meanwhile is the first one's.
    assert_eq!((received(&asking), asking.data_state(), asking.deadline()), (None, "stale", Some(Nanos(5e9))));
    assert_eq!(asking.take(RunId(1), message(2, answer(20))), None);
    assert_eq!(received(&asking), Some(20));
}

#[test]
fn of_questions_that_wait_only_the_newest_is_asked_and_only_its_answer_shown() {
    let mut asking = at_work();
    assert_eq!(asking.ask(question(), RunId(2)), None);
    assert_eq!(asking.ask(question(), RunId(3)), None);
    let Some(Command::Send(request)) = asking.take(RunId(1), message(1, answer(10))) else { panic!("the newest is sent") };
    assert_eq!(request.run, RunId(3));
    assert_eq!(asking.answer, None, "a superseded answer is not shown");
    // An answer to a question that is no longer asked changes nothing, nor does another build's.
    let before = asking.clone();
    assert_eq!(asking.take(RunId(1), message(1, answer(11))), None);
    let other = Message { run: RunId(3), build: BuildId(8), event: answer(30) };
    assert_eq!(asking.take(RunId(1), Incoming::Message(Box::new(other))), None);
    assert_eq!(asking, before);
    assert_eq!(asking.take(RunId(1), message(3, answer(30))), None);
    assert_eq!(received(&asking), Some(30));
}

#[test]
fn a_refusal_keeps_the_worker() {
    let mut asking = at_work();
    assert_eq!(asking.take(RunId(1), message(1, Event::Failed(Failure::Lab("no".into())))), None);
    assert_eq!((asking.stage.clone(), asking.data_state()), (AskStage::Failed(Failure::Lab("no".into()).into()), "failed"));
    assert!(matches!(asking.ask(question(), RunId(2)), Some(Command::Send(_))));
}

#[test]
fn after_a_trap_or_a_deadline_the_next_question_gets_a_fresh_worker() {
    let ends = [
        Incoming::Damaged,
        Incoming::OutOfMemory(5),
        Incoming::Rejected("no".into()),
        Incoming::Crashed("trap".into()),
        Incoming::NoBundle("404".into()),
        Incoming::NoWorker("policy".into()),
        Incoming::DeadlinePassed,
        message(1, Event::Failed(Failure::Panic("x".into()))),
    ];
    for end in ends {
        let mut asking = at_work();
        assert_eq!(asking.take(RunId(1), end.clone()), Some(Command::Terminate));
        let AskStage::Failed(failure) = &asking.stage else { panic!("{end:?}") };
        assert!(!failure.what_next().is_empty());
        // The trap that follows a reported panic must not replace the panic's own words.
        let before = asking.clone();
        assert_eq!(asking.take(RunId(1), Incoming::Crashed("unreachable".into())), None);
        assert_eq!(asking, before);
        assert!(matches!(asking.ask(question(), RunId(2)), Some(Command::Start(..))));
        assert_eq!(asking.worker(), Some(RunId(2)));

        // One that waited is asked at once, and what the old worker still says is not heard.
        let mut asking = at_work();
        asking.ask(question(), RunId(2));
        let Some(Command::Start(_, request)) = asking.take(RunId(1), end) else { panic!("a fresh worker") };
        assert_eq!(request.run, RunId(2));
        assert_eq!(asking.take(RunId(1), message(2, answer(9))), None);
        assert_eq!((asking.answer.clone(), asking.deadline()), (None, Some(super::super::RunRequest::LOADING_DEADLINE)));
    }
}

#[test]
fn cancelling_stops_the_worker_and_forgets_what_was_open() {
    let mut asking = at_work();
    asking.ask(question(), RunId(2));
    assert_eq!(asking.cancel(), Command::Terminate);
    assert_eq!((asking.data_state(), asking.is_open()), ("idle", false));
    assert_eq!(asking.take(RunId(1), message(1, answer(1))), None);
    assert!(matches!(asking.ask(question(), RunId(3)), Some(Command::Start(..))));
}

#[test]
fn progress_is_that_of_the_newest_question() {
    let mut asking = at_work();
    asking.take(RunId(1), message(1, Event::Progress(Progress::Answering { fraction: 7.0 })));
    assert_eq!(asking.stage, AskStage::Answering { fraction: 1.0 });
    let mut asking = at_work();
    let leg = asking.leg();
    asking.ask(question(), RunId(2));
    assert_eq!(asking.leg(), leg, "asking again does not give a hanging worker more time");
    asking.take(RunId(1), message(1, Event::Progress(Progress::Answering { fraction: 0.5 })));
    assert_eq!(asking.stage, AskStage::Answering { fraction: 0.0 });
}
