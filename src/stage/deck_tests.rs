//! The talk from its first press to its last, without a browser.

use super::*;
use crate::stage::plan;
use proptest::prelude::*;

const STILL: LabStatus = LabStatus { phase: LabPhase::Idle, running_ms: 0.0, noisy: false, pinned: false, replay: Replay::Kept };

fn screen(first: usize, count: usize, steps: &str) -> Screen {
    let steps = plan::parse(steps).into_iter().map(|step| (first, step)).collect();
    Screen { title: format!("screen {first}"), section: None, first, count, steps }
}

fn deck() -> Deck {
    Deck::new(vec![screen(0, 2, ""), screen(2, 1, "predict; run; reveal a; reveal b; move 1 x; qr"), screen(3, 1, "")], 0)
}

#[test]
fn a_clicker_goes_through_everything_and_back() {
    let mut deck = deck();
    let mut orders = Vec::new();
    for _ in 1..deck.count() {
        orders.push(deck.next(STILL));
    }
    let performed = orders.iter().filter(|order| matches!(order, Order::Perform(..))).count();
    assert_eq!((deck.count(), performed, orders[0].clone(), orders[7].clone()), (9, 6, Order::Show, Order::Show));
    assert_eq!(deck.next(STILL), Order::Show);
    assert_eq!(deck.at(), 8, "the end is the end");
    for _ in 0..20 {
        deck.previous();
    }
    assert_eq!(deck.at(), 0);
}

#[test]
fn what_is_revealed_follows_from_the_place_alone() {
    let mut deck = deck();
    assert_eq!(deck.hidden(2), ["a", "b", "move"]);
    for _ in 0..4 {
        deck.next(STILL);
    }
    assert_eq!(deck.hidden(2), ["b", "move"]);
    assert_eq!(Deck::new(deck.screens.clone(), 4).hidden(2), ["b", "move"]);
    assert_eq!(deck.hidden(0), Vec::<&str>::new());
}

#[test]
fn a_run_is_waited_for_and_one_that_lasts_offers_a_recorded_one_once() {
    let mut deck = Deck::new(deck().screens, 3);
    let running = |running_ms| LabStatus { phase: LabPhase::Running, running_ms, ..STILL };
    assert_eq!(deck.next(running(100.0)), Order::Wait);
    assert_eq!(deck.at(), 3);
    assert_eq!(deck.next_words(running(7_000.0), Sight::Whole), "replay a recorded run (RECORDED)");
    assert_eq!(deck.next(running(7_000.0)), Order::Replay);
    assert_eq!(deck.at(), 3);
    assert!(matches!(deck.next(running(9_000.0)), Order::Perform(2, _)));
}

#[test]
fn a_noisy_or_failed_run_offers_a_recorded_one_and_a_pinned_result_none() {
    for (status, expected) in [
        (LabStatus { phase: LabPhase::Done, noisy: true, ..STILL }, Order::Replay),
        (LabStatus { phase: LabPhase::Failed, ..STILL }, Order::Replay),
    ] {
        assert_eq!(Deck::new(deck().screens, 3).next(status), expected);
    }
    let pinned = LabStatus { phase: LabPhase::Done, noisy: true, pinned: true, ..STILL };
    assert!(matches!(Deck::new(deck().screens, 3).next(pinned), Order::Perform(..)));
}

#[test]
fn a_run_that_was_started_by_hand_offers_a_recorded_one_too_and_none_is_promised_where_there_is_none() {
    let failed = LabStatus { phase: LabPhase::Failed, ..STILL };
    let mut deck = Deck::new(deck().screens, 1);
    assert_eq!(deck.next(failed), Order::Replay);
    assert!(matches!(deck.next(failed), Order::Perform(..)), "it is offered once");
    deck.begin_run();
    assert_eq!(deck.next(failed), Order::Replay);
    let nothing = LabStatus { replay: Replay::None, ..failed };
    let mut deck = Deck::new(deck.screens, 3);
    assert_eq!(deck.next_words(nothing, Sight::Whole), "show a");
    assert!(matches!(deck.next(nothing), Order::Perform(..)));
}

#[test]
fn what_lies_below_comes_before_the_next_beat_and_goes_back_before_the_last() {
    let mut deck = deck();
    assert_eq!(deck.next_words(STILL, Sight::More), "further down");
    assert!(deck.go_down(Sight::More) && deck.go_down(Sight::More) && !deck.go_down(Sight::Whole));
    assert!(deck.go_up() && deck.down() == 1);
    deck.toggle_curtain();
    assert!(!deck.go_down(Sight::More) && !deck.go_up(), "a press opens the curtain first");
    assert_eq!((deck.next(STILL), deck.next(STILL), deck.at(), deck.down()), (Order::Show, Order::Show, 1, 0));
}

#[test]
fn a_press_is_taken_back_or_the_one_before_is_done_once_more() {
    let steps = "press [a]; press [b]; press [c] back [d]; press [e]; reveal x; press [a]; move 3 i";
    let mut deck = Deck::new(vec![screen(0, 1, steps)], 7);
    let said = |order: Order| match order {
        Order::Undo(0, step, again) => format!("undo {} {}", button(&step), again.map_or(0, |_| 9)),
        Order::Again(0, step) => format!("again {}", button(&step)),
        Order::Show => "show".to_owned(),
        other => format!("{other:?}"),
    };
    let orders: Vec<String> = (0..7).map(|_| said(deck.previous())).collect();
    assert_eq!(orders, ["undo slider 9", "show", "show", "show", "undo [c] 9", "again [a]", "show"]);
}

fn button(step: &Step) -> &str {
    match &step.kind {
        StepKind::Press(press) => &press.button,
        _ => "slider",
    }
}

#[test]
fn a_press_first_opens_the_curtain_and_closes_what_lies_over_the_page() {
    let mut deck = deck();
    deck.toggle_curtain();
    assert_eq!((deck.next(STILL), deck.at(), deck.curtain), (Order::Show, 0, Curtain::Open));
    deck.toggle_sheet(Sheet::Keys);
    assert_eq!((deck.escape(), deck.sheet), (Order::Show, Sheet::None));
    assert_eq!(deck.escape(), Order::Leave);
}

#[test]
fn going_back_over_a_move_takes_it_back() {
    let mut deck = Deck::new(deck().screens, 6);
    assert!(matches!(deck.previous(), Order::Undo(2, _, None)));
    assert_eq!(deck.previous(), Order::Show);
}

#[test]
fn a_clicker_settles_a_guess_at_any_of_the_offered_values() {
    let steps = "offer 1..3 by 1 input; predict; run";
    let start = Deck::new(vec![screen(0, 1, steps), screen(1, 1, "offer 1..2 by 1 input; predict")], 0);
    let value = |order: Order| match order {
        Order::Perform(_, Step { kind: StepKind::Offer(to), .. }) => to.to,
        other => format!("{other:?}"),
    };
    let mut deck = start.clone();
    assert_eq!([(); 3].map(|()| value(deck.next(STILL))), ["1", "2", "3"]);
    assert!(
        matches!(deck.next(STILL), Order::Perform(0, Step { kind: StepKind::Predict, .. })),
        "the last value is settled by going on"
    );

    let mut deck = Deck::new(start.screens.clone(), 3);
    assert_eq!((value(deck.previous()), value(deck.previous())), ("2".to_owned(), "1".to_owned()));
    assert_eq!((value(deck.next(STILL)).contains("Predict"), deck.at()), (true, 4));
    assert_eq!(
        (value(deck.previous()), deck.next_words(STILL, Sight::Whole).as_str(), deck.at()),
        ("3".to_owned(), "settle the guess", 3)
    );

    let mut deck = Deck::new(start.screens, 1);
    assert_eq!(
        (deck.previous(), value(deck.next(STILL))),
        (Order::Show, "1".to_owned()),
        "from the beginning, the values come again"
    );
    assert_eq!(deck.settles(), None, "a value that is offered is not settled");
}

#[test]
fn a_step_settles_the_guess_that_was_offered_right_before_it() {
    let steps = "press [x]; offer 1..2 by 1 [g]; press [y]; choose b [t]; offer 4..8 by 4 [g]; press [y]";
    let settles = |at: usize| Deck::new(vec![screen(0, 1, steps)], at).settles().map(|settled| (settled.nth, settled.control));
    assert_eq!([0, 1, 2, 3, 5, 6, 7].map(settles), [const { None }; 7]);
    assert_eq!(
        [settles(4), settles(8)],
        [Some((3, "[g]".to_owned())), Some((7, "[g]".to_owned()))],
        "each of two at one control"
    );
}

#[test]
fn other_screens_find_the_same_of_several_equal_steps() {
    let steps = "press [x]; answer; press [x]; answer";
    for at in 0..5 {
        let mut deck = Deck::new(vec![screen(0, 1, steps)], at);
        deck.repack(vec![screen(0, 1, steps)]);
        assert_eq!(deck.at(), at);
    }
}

#[test]
fn one_part_is_shown_at_a_time() {
    let shown = |at: usize| {
        let deck = Deck::new(vec![screen(0, 1, "run; part b; reveal x; part c")], at);
        ["a", "b", "c"].into_iter().filter(|part| deck.shows_part(0, part)).collect::<String>()
    };
    assert_eq!([0, 1, 2, 3, 4].map(shown), ["a", "a", "b", "b", "c"]);
    assert!(deck().shows_part(2, "a"), "where nothing is said of parts all are shown");
}

#[test]
fn the_qr_code_is_shown_at_its_step_and_when_asked_for() {
    let mut deck = Deck::new(deck().screens, 7);
    assert!(deck.shows_qr());
    deck.toggle_sheet(Sheet::Keys);
    assert!(!deck.shows_qr());
    let mut deck = Deck::new(deck.screens, 0);
    deck.toggle_sheet(Sheet::Qr);
    assert!(deck.shows_qr());
}

#[test]
fn other_screens_of_the_same_page_keep_the_speakers_place() {
    let mut resized = Deck::new(deck().screens, 4);
    resized.repack(vec![screen(0, 1, ""), screen(1, 1, ""), screen(2, 1, "predict; run; reveal a; reveal b; move 1 x; qr")]);
    assert_eq!(resized.step().map(|(_, step)| step.words.as_str()), Some("show a"));
    resized.repack(vec![screen(0, 3, "")]);
    assert_eq!(resized.at(), 0);
}

proptest! {
    #[test]
    fn no_press_leaves_the_talk(at in 0_usize..40, presses in proptest::collection::vec(0_u8..9, 0..60)) {
        let mut deck = Deck::new(deck().screens, at);
        for press in presses {
            match press {
                0 | 1 => drop(deck.next(STILL)),
                2 => drop(deck.previous()),
                3 => deck.toggle_curtain(),
                4 => deck.toggle_sheet(Sheet::Qr),
                5 => drop(deck.escape()),
                6 => drop(deck.go_down(Sight::More)),
                7 => drop(deck.go_up()),
                _ => deck.repack(vec![screen(0, 1, "run; qr"), screen(1, 4, "")]),
            }
            prop_assert!(deck.at() < deck.count() && deck.screen().is_some());
        }
    }
}

#[test]
fn an_empty_page_is_no_fault() {
    let mut deck = Deck::new(Vec::new(), 7);
    assert_eq!(deck.count(), 0);
    assert_eq!((deck.next(STILL), deck.previous()), (Order::Show, Order::Show));
    assert_eq!(deck.next_words(STILL, Sight::Whole), "the end");
}
