//! The offline machine: what is claimed, what is fetched, who is asked.

use super::*;
use proptest::prelude::*;

fn machine(data: DataUse) -> Machine {
    Machine::new("b1".to_owned(), data, Bytes(1_200_000))
}

fn told(have: u32, ended: bool) -> Told {
    Told { build: "b1".to_owned(), have, of: 80, left: u64::from(80 - have) * 100, ended, fault: None }
}

fn active(told: Told) -> Happening {
    Happening::Told(Which::Active, told)
}

#[test]
fn the_first_visit_fetches_everything_and_only_then_is_ready() {
    let mut machine = machine(DataUse::Free);
    assert_eq!(machine.on(Happening::Idle { registered: false }), Some(Errand::Register));
    assert_eq!(machine.on(Happening::Found(Which::Active)), Some(Errand::Look(Which::Active)));
    assert_eq!(machine.on(active(told(6, true))), Some(Errand::Fill(Which::Active)));
    assert_eq!(machine.on(active(told(12, false))), None);
    assert_eq!(machine.state().words(), "Saving for offline use: 12 of 80 files.");
    assert_eq!(machine.on(active(told(80, false))), None);
    assert_ne!(machine.state(), &Offline::Ready, "fetched is not yet counted");
    assert_eq!(machine.on(active(told(80, true))), None);
    assert_eq!(machine.state(), &Offline::Ready);
}

#[test]
fn a_file_that_is_missing_on_a_later_visit_is_fetched_again() {
    let mut machine = machine(DataUse::Free);
    machine.on(Happening::Idle { registered: true });
    assert_eq!(machine.on(active(told(79, true))), Some(Errand::Fill(Which::Active)));
}

#[test]
fn what_cannot_be_fetched_is_said_and_tried_again_when_the_network_is_back() {
    let mut machine = machine(DataUse::Free);
    machine.on(active(told(6, true)));
    let fault = Some("the host has no a.wasm of this release".to_owned());
    assert_eq!(machine.on(active(Told { fault, ..told(79, true) })), None, "no endless trying");
    assert_eq!(machine.state().slug(), "failed");
    assert!(machine.state().words().contains("a.wasm"));
    assert_eq!(machine.on(Happening::Online), Some(Errand::Look(Which::Active)));
    machine.on(active(told(80, true)));
    assert_eq!(machine.on(Happening::Online), None);
}

#[test]
fn saving_data_nothing_is_registered_or_fetched_until_the_reader_says_so() {
    let mut machine = machine(DataUse::Saving);
    assert_eq!(machine.on(Happening::Idle { registered: false }), None);
    assert_eq!(machine.state().offer().unwrap().label(), format!("Fetch up to {} for offline use", Bytes(1_200_000)));
    assert_eq!(machine.on(Happening::Pressed), Some(Errand::Register));
    assert_eq!(machine.on(active(told(6, true))), Some(Errand::Fill(Which::Active)));
}

#[test]
fn saving_data_on_a_later_visit_only_what_is_missing_is_offered() {
    let mut machine = machine(DataUse::Saving);
    assert_eq!(machine.on(Happening::Idle { registered: true }), Some(Errand::Register));
    assert_eq!(machine.on(active(told(79, true))), None);
    assert_eq!(machine.state(), &Offline::SaveData { left: Bytes(100) });
    assert_eq!(machine.on(active(told(80, true))), None);
    assert_eq!(machine.state(), &Offline::Ready);
}

#[test]
fn a_new_release_is_offered_once_it_is_whole_and_taken_only_when_asked_for() {
    let mut machine = machine(DataUse::Free);
    machine.on(active(told(80, true)));
    assert_eq!(machine.on(Happening::Found(Which::Waiting)), Some(Errand::Fill(Which::Waiting)));
    machine.on(Happening::Told(Which::Waiting, Told { build: "b2".to_owned(), ..told(40, false) }));
    assert_eq!(machine.state(), &Offline::Ready);
    machine.on(Happening::Told(Which::Waiting, Told { build: "b2".to_owned(), ..told(80, true) }));
    assert_eq!(machine.state(), &Offline::NewRelease);
    assert_eq!(machine.on(active(told(80, true))), None);
    assert_eq!(machine.state(), &Offline::NewRelease, "the offer stays");
    assert_eq!(machine.on(Happening::Pressed), Some(Errand::TakeOver));
    assert_eq!(machine.on(Happening::TakenOver), Some(Errand::Reload));
}

#[test]
fn a_page_whose_release_was_replaced_from_another_tab_offers_to_reload_and_does_not() {
    let mut machine = machine(DataUse::Free);
    machine.on(active(told(80, true)));
    assert_eq!(machine.on(Happening::TakenOver), None);
    assert_eq!(machine.state(), &Offline::NewRelease);
    assert_eq!(machine.on(Happening::Pressed), Some(Errand::Reload));
}

#[test]
fn a_page_older_than_the_kept_release_offers_to_reload() {
    let mut machine = machine(DataUse::Free);
    machine.on(active(Told { build: "b2".to_owned(), ..told(80, true) }));
    assert_eq!(machine.on(Happening::Pressed), Some(Errand::Reload));
}

#[test]
fn where_nothing_is_kept_the_page_says_so() {
    let mut machine = machine(DataUse::Free);
    machine.on(Happening::Idle { registered: false });
    assert_eq!(machine.on(Happening::Refused), None);
    assert_eq!(machine.state(), &Offline::Unsupported);
    assert!(machine.state().offer().is_none());
}

#[test]
fn the_worker_s_answer_is_read_as_it_writes_it() {
    let text = r#"{"build":"b1","of":80,"have":6,"left":7400,"ended":true,"fault":null}"#;
    assert_eq!(miniserde::json::from_str::<Told>(text).unwrap(), told(6, true));
}

fn happening() -> impl Strategy<Value = Happening> {
    let which = || prop_oneof![Just(Which::Active), Just(Which::Waiting)];
    let told = (0_u32..=80, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(have, ended, other, faulty)| {
        let fault = faulty.then(|| "no network".to_owned());
        Told { build: if other { "b2" } else { "b1" }.to_owned(), fault, ..told(have, ended) }
    });
    prop_oneof![
        any::<bool>().prop_map(|registered| Happening::Idle { registered }),
        which().prop_map(Happening::Found),
        (which(), told).prop_map(|(which, told)| Happening::Told(which, told)),
        Just(Happening::Refused),
        Just(Happening::NotInstalled),
        Just(Happening::TakenOver),
        Just(Happening::Online),
        Just(Happening::Pressed),
    ]
}

proptest! {
    #[test]
    fn nothing_reloads_or_takes_over_unasked(happenings in prop::collection::vec(happening(), 0..24)) {
        let mut machine = machine(DataUse::Free);
        let mut asked = false;
        for happening in happenings {
            asked |= happening == Happening::Pressed && machine.state() == &Offline::NewRelease;
            let errand = machine.on(happening);
            if matches!(errand, Some(Errand::Reload | Errand::TakeOver)) {
                prop_assert!(asked);
            }
        }
    }

    #[test]
    fn it_is_ready_only_by_the_worker_s_last_full_count(happenings in prop::collection::vec(happening(), 0..24)) {
        let mut machine = machine(DataUse::Free);
        for happening in happenings {
            let was = machine.state().clone();
            let full = matches!(&happening, Happening::Told(Which::Active, told) if told.ended && told.have == told.of && told.build == "b1");
            machine.on(happening);
            prop_assert!(machine.state() != &Offline::Ready || full || was == Offline::Ready);
        }
    }
}
