//! What is drawn and said for every kind of state and reading.

use super::*;
use crate::{
    engine::RunRequest,
    instruments::budget::BarState,
    labs::data::latency_budget::state::{BudgetState, Panel},
};
use protocol::{BuildId, Event, LabId, LiveRow, Message, Payload, Progress, RatioRow, RunId, Seed};

fn settled() -> BudgetState {
    let mut state = BudgetState::default();
    state.skip_guess();
    state
}

fn readings(origin: Origin) -> Readings {
    let around = |median: f64| Some(Interval { median, low: median * 0.98, high: median * 1.02 });
    let relative = [Some(Interval::exact(1.0)), around(0.3), around(1.0 / 15.0), around(0.05)];
    Readings { origin, input: DataInput::default(), json_time: Some(1e6), relative }
}

#[test]
fn before_a_guess_only_json_is_drawn_and_nothing_is_given_away() {
    let picture = Picture::of(&BudgetState::default(), Some(&readings(Origin::Live)), None);
    assert_eq!(picture.finding.number, None);
    assert_eq!(picture.figure.bars.iter().map(|bar| bar.length.is_some()).collect::<Vec<_>>(), [true, false, false, false]);
    assert!(picture.figure.marks.is_empty());
}

#[test]
fn a_finished_run_says_the_length_its_interval_and_what_bought_it() {
    let mut state = BudgetState::default();
    state.move_guess(50.0);
    state.lock_guess();
    let picture = Picture::of(&state, Some(&readings(Origin::Live)), None);
    let finding = picture.finding;
    assert_eq!(finding.number.as_deref(), Some("72"));
    assert_eq!(finding.interval.as_deref(), Some("71.9–72.1"));
    assert_eq!(finding.guess.as_deref(), Some("You guessed 50. Here: 72."));
    assert!(
        finding.sentence.contains("takes 72 instead of 100") && finding.sentence.contains("Most of that came from leaving text"),
        "{}",
        finding.sentence
    );
    assert_eq!(picture.figure.floor, Some(70.0));
    assert!(picture.figure.bars.iter().all(|bar| bar.state == BarState::Measured));
    let marks: Vec<MarkKind> = picture.figure.marks.iter().map(|mark| mark.kind).collect();
    assert_eq!(marks, [MarkKind::Guess, MarkKind::Roadmap]);
}

#[test]
fn no_winner_is_named_where_the_interval_holds_a_hundred() {
    let mut same = readings(Origin::Live);
    same.relative[FOCUS] = Some(Interval { median: 1.0, low: 0.9, high: 1.1 });
    let finding = Picture::of(&settled(), Some(&same), None).finding;
    assert!(finding.sentence.contains("no difference"), "{}", finding.sentence);
    assert!(!finding.sentence.contains("Most of that"), "{}", finding.sentence);
}

#[test]
fn real_times_say_milliseconds_and_wait_for_jsons_time() {
    let mut state = settled();
    state.choose_preset(Preset::WebApi);
    let finding = Picture::of(&state, Some(&readings(Origin::Live)), None).finding;
    assert!(finding.sentence.contains("instead of 1.85 ms"), "{}", finding.sentence);
    let nothing = Picture::of(&state, None, None);
    assert_eq!((nothing.figure.floor, nothing.ladder), (None, None));
    assert!(nothing.figure.bars.iter().all(|bar| bar.length.is_none()));
}

#[test]
fn someone_elses_result_is_called_theirs() {
    let mut state = settled();
    state.sent = readings(Origin::Sent).to_sent();
    let chosen = Readings::choose(&state, None, &[]).unwrap();
    assert_eq!(chosen.origin, Origin::Sent);
    let finding = Picture::of(&state, Some(&chosen), None).finding;
    assert_eq!(finding.sentence, "Their device: 72. Yours: press Run.");
    let recorded = Origin::Recorded { machine: "a machine".into(), date: "2026-11-22".into() };
    let finding = Picture::of(&state, Some(&readings(recorded)), None).finding;
    assert_eq!(finding.sentence, "The recorded machine: 72. Yours: press Run.");
    let own = Picture::of(&state, Some(&readings(Origin::Live)), None);
    assert!(own.figure.marks.iter().any(|mark| mark.kind == MarkKind::Theirs && mark.bar == Some(FOCUS)));
}

#[test]
fn only_ones_own_or_a_sent_result_is_sent() {
    let (machine, date) = (String::new(), String::new());
    let own = [Origin::Live, Origin::Sent, Origin::Kept { machine: machine.clone(), date: date.clone() }];
    assert!(own.into_iter().all(|origin| readings(origin).to_sent().is_some()));
    let others = [Origin::Stale, Origin::Provisional, Origin::Recorded { machine, date }];
    assert!(others.into_iter().all(|origin| readings(origin).to_sent().is_none()));
}

#[test]
fn the_number_always_lies_within_the_interval_shown() {
    for (median, low, high) in [(71.93, 71.92, 71.94), (71.98, 71.96, 71.99), (72.0, 72.0, 72.0)] {
        let number: f64 = length_text(median).parse().unwrap();
        let text = interval_text(Interval { median, low, high });
        let (from, to) = text.split_once('–').unwrap();
        assert!(from.parse::<f64>().unwrap() <= number && number <= to.parse::<f64>().unwrap(), "{number} in {text}");
    }
}

fn running(input: DataInput) -> Run {
    let (mut run, _) = Run::start(RunRequest::quick(LabInput::LatencyBudget(input), Seed::default()), RunId(1), BuildId(1));
    let row = |contender| LiveRow { contender, phase: Phase::Whole, time: Interval::exact(5.0), samples: 3 };
    let ratio =
        RatioRow { of: Contender::RkyvValidated, to: Contender::SerdeJson, phase: Phase::Whole, ratio: Interval::exact(0.1) };
    let rough = Progress::Rough { rows: vec![row(Contender::SerdeJson), row(Contender::RkyvValidated)], ratio };
    run.take(crate::engine::Incoming::Message(Box::new(Message {
        run: RunId(1),
        build: BuildId(1),
        event: Event::Progress(rough),
    })));
    run
}

#[test]
fn a_rough_figure_shows_two_bars_and_says_that_it_is_provisional() {
    let run = running(DataInput::default());
    let readings = Readings::choose(&settled(), Some(&run), &[]).unwrap();
    assert_eq!(readings.origin, Origin::Provisional);
    let picture = Picture::of(&settled(), Some(&readings), None);
    assert_eq!(picture.finding.number.as_deref(), Some("73"));
    let drawn: Vec<bool> = picture.figure.bars.iter().map(|bar| bar.length.is_some()).collect();
    assert_eq!(drawn, [true, false, true, false]);
    assert!(picture.figure.bars.iter().all(|bar| !bar.note.contains("leaves")), "no step is named before all rungs are known");
}

#[test]
fn a_run_of_another_input_shows_nothing_while_it_goes_on() {
    let run = running(DataInput { payload: Payload::Order, ..DataInput::default() });
    assert_eq!(Readings::choose(&settled(), Some(&run), &[]), None);
    assert_eq!(run.request.input.lab(), LabId::LatencyBudget);
    assert_eq!(Panel::default(), Panel::Why);
}
