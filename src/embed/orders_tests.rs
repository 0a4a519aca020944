//! What becomes of a host's orders: each is answered once, and no flood of them starts a flood of runs.

use super::{super::message::Field, *};
use proptest::prelude::*;

#[allow(clippy::unnecessary_wraps, reason = "an id is what messages have, or none")]
fn id(number: u32) -> Id {
    Some(Field::Number(f64::from(number)))
}

/// Takes an order in where nothing stands in its way.
fn take_in(orders: &mut Orders, order: HostMessage) -> Vec<Refused> {
    orders.take_in(order, Hindrance::default())
}

fn run(orders: &mut Orders, number: u32) {
    assert_eq!(take_in(orders, HostMessage::Run(id(number))), []);
}

#[test]
fn a_second_order_joins_the_run_that_goes_on_and_answers_the_first() {
    let mut orders = Orders::default();
    run(&mut orders, 1);
    assert_eq!(orders.begin(Going::Nothing, 0.0), (Begins::Run, None));
    run(&mut orders, 2);
    assert_eq!(orders.begin(Going::Same, 1.0), (Begins::Nothing, Some((Refusal::Superseded, id(1)))));
    assert_eq!(orders.ended(Stands::Going), None);
    let done = || Stands::Ended(None, End::Done);
    assert_eq!(orders.ended(done()), Some(Tell::Result(Some(id(2)))));
    assert_eq!(orders.ended(done()), Some(Tell::Result(None)), "the reader's own run has a result, too");
}

#[test]
fn another_input_s_run_waits_until_the_present_one_has_had_its_time() {
    let mut orders = Orders::default();
    run(&mut orders, 1);
    orders.begin(Going::Nothing, 0.0);
    run(&mut orders, 2);
    assert_eq!(orders.begin(Going::Other, REST - 1.0), (Begins::Later, None));
    assert!(orders.waits());
    assert_eq!(orders.begin(Going::Other, REST), (Begins::Run, Some((Refusal::Superseded, id(1)))));
}

#[test]
fn a_run_that_was_stopped_at_once_lets_no_other_begin_earlier() {
    for order in [HostMessage::Cancel, HostMessage::Reset] {
        let mut orders = Orders::default();
        run(&mut orders, 1);
        orders.begin(Going::Nothing, 0.0);
        assert_eq!(take_in(&mut orders, order), [(Refusal::Cancelled, id(1))]);
        run(&mut orders, 2);
        assert_eq!(orders.begin(Going::Nothing, REST - 1.0), (Begins::Later, None));
        assert_eq!(orders.begin(Going::Nothing, REST), (Begins::Run, None));
    }
}

#[test]
fn a_reset_takes_back_what_was_ordered_and_keeps_the_looks() {
    let mut orders = Orders::default();
    let set = |theme, scale, preset: Option<&str>| HostMessage::Set { theme, scale, preset: preset.map(str::to_owned) };
    take_in(&mut orders, set(Some(Theme::Dark), None, Some("mesh")));
    run(&mut orders, 1);
    assert_eq!(take_in(&mut orders, HostMessage::Reset), [(Refusal::Cancelled, id(1))]);
    take_in(&mut orders, set(None, Scale::new(2.0), None));
    let wanted = Changes { reset: Some(Reset), theme: Some(Theme::Dark), scale: Scale::new(2.0), preset: None };
    assert_eq!(orders.changes(), wanted);
    assert_eq!(orders.changes(), Changes::default());
}

#[test]
fn a_run_that_the_reader_stops_or_forgets_answers_its_order_and_no_later_run_does() {
    for stands in [Stands::Nothing, Stands::Ended(None, End::Cancelled)] {
        let mut orders = Orders::default();
        assert_eq!(orders.ended(stands.clone()), None, "nobody has ordered anything");
        run(&mut orders, 1);
        orders.begin(Going::Nothing, 0.0);
        assert_eq!(orders.ended(stands.clone()), Some(Tell::Refused((Refusal::Cancelled, id(1)))));
        assert_eq!(orders.ended(Stands::Ended(None, End::Done)), Some(Tell::Result(None)));
        // The host's own reset has answered it before.
        run(&mut orders, 2);
        orders.begin(Going::Nothing, REST);
        assert_eq!(take_in(&mut orders, HostMessage::Reset), [(Refusal::Cancelled, id(2))]);
        assert_eq!(orders.ended(stands), None);
    }
}

#[test]
fn a_failure_answers_its_order() {
    let mut orders = Orders::default();
    run(&mut orders, 1);
    orders.begin(Going::Nothing, 0.0);
    let failed = || Stands::Ended(None, End::Failed("panic", "it panicked".to_owned()));
    assert_eq!(orders.ended(failed()), Some(Tell::Failure("panic", "it panicked".to_owned(), id(1))));
    assert_eq!(orders.ended(failed()), Some(Tell::Failure("panic", "it panicked".to_owned(), None)));
}

#[test]
fn what_stands_in_the_way_is_said_at_once_and_each_time() {
    let mut orders = Orders::default();
    let nothing = Hindrance { runs: Some(Refusal::NothingToRun), all: None };
    for number in 1..3 {
        assert_eq!(orders.take_in(HostMessage::Run(id(number)), nothing), [(Refusal::NothingToRun, id(number))]);
    }
    assert!(!orders.waits());
    assert_eq!(orders.take_in(HostMessage::GetResult(id(3)), nothing), []);
    let early = Hindrance { runs: Some(Refusal::RunOff), all: Some(Refusal::NotReady) };
    assert_eq!(orders.take_in(HostMessage::Run(id(4)), early), [(Refusal::RunOff, id(4))]);
    assert_eq!(orders.take_in(HostMessage::GetState(id(5)), early), [(Refusal::NotReady, id(5))]);
    let set = HostMessage::Set { theme: Some(Theme::Dark), scale: None, preset: Some("mesh".to_owned()) };
    assert_eq!(orders.take_in(set, early), [(Refusal::NotReady, None)]);
    assert_eq!(orders.changes(), Changes { theme: Some(Theme::Dark), ..Changes::default() }, "looks need no lab");
}

/// What happens to a frame.
#[derive(Clone, Debug)]
enum Step {
    Run,
    Ask(Question),
    Cancel,
    Reset,
    /// The run ends by itself, or the reader stops or forgets it.
    Ends(Stands),
    /// A turn, so many milliseconds after the last one, with this in the lab.
    Turn(u32, Going),
}

fn steps() -> impl Strategy<Value = Step> {
    let stands = vec![Stands::Nothing, Stands::Ended(None, End::Done), Stands::Ended(None, End::Cancelled)];
    let going = vec![Going::Nothing, Going::Same, Going::Other];
    prop_oneof![
        3 => Just(Step::Run),
        1 => proptest::sample::select(vec![Question::State, Question::Result]).prop_map(Step::Ask),
        1 => Just(Step::Cancel),
        1 => Just(Step::Reset),
        1 => proptest::sample::select(stands).prop_map(Step::Ends),
        4 => (16..200_u32, proptest::sample::select(going)).prop_map(|(after, going)| Step::Turn(after, going)),
    ]
}

proptest! {
    /// Whatever comes in whatever order: as many answers as requests, and no more runs than time allows.
    #[test]
    fn every_order_is_answered_once(steps in proptest::collection::vec(steps(), 0..200)) {
        let (mut orders, mut asked, mut answered, mut runs, mut now) = (Orders::default(), 0, 0, 0_u32, 0.0);
        let mut turn = |orders: &mut Orders, now: f64, going: Going| {
            let (begins, refused) = orders.begin(going, now);
            runs += u32::from(begins == Begins::Run);
            (begins, usize::from(refused.is_some()) + orders.questions().len())
        };
        for step in steps {
            answered += match step {
                Step::Run => {
                    asked += 1;
                    take_in(&mut orders, HostMessage::Run(id(asked))).len()
                }
                Step::Ask(question) => {
                    asked += 1;
                    let order = match question {
                        Question::State => HostMessage::GetState(id(asked)),
                        Question::Result => HostMessage::GetResult(id(asked)),
                    };
                    take_in(&mut orders, order).len()
                }
                Step::Cancel => take_in(&mut orders, HostMessage::Cancel).len(),
                Step::Reset => take_in(&mut orders, HostMessage::Reset).len(),
                Step::Ends(stands) => {
                    usize::from(matches!(orders.ended(stands), Some(Tell::Result(Some(_)) | Tell::Refused(_))))
                }
                Step::Turn(after, going) => {
                    now += f64::from(after);
                    turn(&mut orders, now, going).1
                }
            };
        }
        // Whoever waits need not wait for ever.
        now += REST;
        let (begins, answers) = turn(&mut orders, now, Going::Nothing);
        prop_assert_ne!(begins, Begins::Later);
        answered += answers + take_in(&mut orders, HostMessage::Cancel).len();
        prop_assert_eq!(answered, usize::try_from(asked).unwrap_or(usize::MAX));
        prop_assert!(f64::from(runs) <= 1.0 + now / REST, "{} runs in {} ms", runs, now);
    }
}
