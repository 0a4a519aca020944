//! What the reader's choices do, and that a link carries all of them.

use super::*;
use proptest::prelude::*;

#[test]
fn several_moves_of_one_slider_are_taken_back_at_once() {
    let mut state = BudgetState::default();
    state.move_stage(0, 50.0);
    state.move_stage(0, 60.0);
    state.move_stage(1, 10.0);
    assert_eq!(state.choices.stages, [60.0, 10.0]);
    state.undo();
    assert_eq!(state.choices.stages, [60.0, 30.0]);
    state.undo();
    assert_eq!(state.choices, Choices::default());
    assert!(!state.can_undo());
}

#[test]
fn a_slider_stops_at_a_hundredfold_and_at_nothing() {
    let mut state = BudgetState::default();
    state.move_stage(0, 1e9);
    assert_eq!(state.choices.stages[0].to_bits(), 4000.0_f64.to_bits());
    state.move_stage(0, -5.0);
    assert_eq!(state.choices.stages[0].to_bits(), 0.0_f64.to_bits());
    state.move_stage(0, f64::NAN);
    assert_eq!(state.choices.stages[0].to_bits(), 0.0_f64.to_bits());
}

#[test]
fn a_locked_guess_no_longer_moves() {
    let mut state = BudgetState::default();
    state.move_guess(50.4);
    state.lock_guess();
    state.move_guess(80.0);
    state.skip_guess();
    assert_eq!(state.guess, Guess::Locked(50.0));
    state.reset();
    assert_eq!(state.guess, Guess::START);
}

#[test]
fn a_preset_keeps_the_payload() {
    let mut state = BudgetState::default();
    state.choose(|choices| choices.input.payload = Payload::Order);
    state.choose_preset(Preset::WebApi);
    assert_eq!(state.choices.input.payload, Payload::Order);
    assert_eq!(state.choices.stages.len(), Preset::WebApi.stages().len());
}

#[test]
fn the_page_as_it_starts_has_an_empty_link() {
    assert_eq!(BudgetState::default().to_link(), Permalink::default());
    assert_eq!(BudgetState::of_link(&Permalink::default()), BudgetState::default());
}

#[test]
fn wrong_values_in_a_link_fall_back_one_by_one() {
    let mut link = Permalink::default();
    for (key, value) in
        [("preset", "web-api"), ("payload", "soup"), ("network", "-4"), ("guess", "NaN"), ("r.json", "1"), ("r.1", "2 3 1")]
    {
        link.set(key, value);
    }
    let state = BudgetState::of_link(&link);
    assert_eq!(state.choices.preset, Preset::WebApi);
    assert_eq!(state.choices.input, DataInput::default());
    assert!(state.choices.stages[0].abs() < 1e-9);
    assert_eq!((state.guess, state.sent), (Guess::START, None));
}

fn any_state() -> impl Strategy<Value = BudgetState> {
    let input = (0..4_usize, 0..3_usize, 0..3_usize).prop_map(|(p, s, r)| DataInput {
        payload: Payload::ALL[p],
        size: PayloadSize::ALL[s],
        read: Read::ALL[r],
    });
    let guess = prop_oneof![Just(Guess::START), (0..=120_u32).prop_map(|g| Guess::Locked(g.into())), Just(Guess::Skipped)];
    let rungs = proptest::array::uniform3((0.0..2.0_f64, 0.0..0.1_f64));
    let sent = proptest::option::of((1.0..1e9_f64, rungs));
    (0..4_usize, 0..5_usize, any::<u64>(), 0.0..=1.0_f64, input, guess, sent).prop_map(
        |(preset, panel, seed, part, input, guess, sent)| {
            let mut choices = Choices { input, seed: Seed(seed), ..Choices::of(Preset::ALL[preset]) };
            choices.stages[0] = part * choices.stage_limit(0);
            let sent = sent.map(|(json_time, rungs)| {
                let mut relative = [Interval::exact(1.0); RUNGS];
                for (interval, (median, half)) in relative[1..].iter_mut().zip(rungs) {
                    // Links keep five decimals.
                    let kept = |x: f64| (x * 1e5).round() / 1e5;
                    *interval = Interval { median: kept(median + half), low: kept(median), high: kept(median + 2.0 * half) };
                }
                Sent { input, json_time, relative }
            });
            BudgetState { choices, undo: Vec::new(), guess, load: LoadChoices::default(), panel: Panel::ALL[panel], sent }
        },
    )
}

proptest! {
    #[test]
    fn a_link_carries_everything(state in any_state()) {
        let mut link = state.to_link();
        if let Some(sent) = &state.sent {
            sent.put(&mut link);
        }
        let link = Permalink::of_fragment(&link.to_fragment()).unwrap();
        prop_assert_eq!(BudgetState::of_link(&link), state);
    }
}
