//! Pasted texts: sound, mixed and damaged.

use super::*;
use crate::{labs::compared::What, pages::class::sheet::LabSheet};
use proptest::prelude::*;
use protocol::{Contender, LabId, Phase, Recording};

fn recorded() -> ResultJson {
    Recording::list_of_json(include_str!("../../../recordings/arena.json")).unwrap().remove(0).result
}

fn sent_link() -> String {
    let mut link = Permalink::default();
    link.set("r.t.rc-refcell.build", "2e1 1.9e1 2.1e1");
    link.set("r.q.bump-arena-vec.build", "1.2e-1 1.1e-1 1.3e-1");
    link.set("r.on", "Chromium");
    format!("https://example.org/a/b/labs/arena/#{}", link.to_fragment())
}

fn budget_link(rkyv: f64) -> String {
    let mut link = Permalink::default();
    link.set("r.json", "6177000");
    for index in 1..4 {
        link.set(format!("r.{index}"), format!("{rkyv:.5} {:.5} {:.5}", rkyv * 0.9, rkyv * 1.1));
    }
    format!("http://localhost/budget/?v=1#{}", link.to_fragment())
}

#[test]
fn links_and_json_are_read_in_any_mixture() {
    let text = format!("{}\n\n{} ,\n{}", sent_link(), recorded().to_json(), budget_link(0.06));
    let pasted = Pasted::of(&text);
    assert_eq!(pasted.faults, []);
    let labs: Vec<_> = pasted.results.iter().map(|(number, result)| (*number, result.lab)).collect();
    assert_eq!(labs, [(1, LabId::Arena), (2, LabId::Arena), (3, LabId::LatencyBudget)]);
    assert_eq!(pasted.results[0].1.place, "Chromium");
    let ratio = pasted.results[0].1.figure(What::Ratio(Phase::Build), Contender::BumpArenaVec).unwrap();
    assert!((ratio.median - 0.12).abs() < 1e-9 && (ratio.high - 0.13).abs() < 1e-9);
}

#[test]
fn a_sheet_that_was_handed_in_gives_each_of_its_results_with_its_name() {
    let mut sheet = Sheet { name: "Ada <1>".to_owned(), ..Sheet::default() };
    let of = |result: ResultJson| LabSheet {
        lab: "arena".into(),
        date: String::new(),
        guess: String::new(),
        result,
        because: String::new(),
    };
    sheet.result("memory/arenas", "Arenas", of(recorded()));
    let mut other = recorded();
    other.input.insert("nodes".to_owned(), "7".to_owned());
    sheet.result("memory/arenas", "Arenas", of(other));
    let pasted = Pasted::of(&format!("{}\n{}", sheet.to_json(), sent_link()));
    assert_eq!(pasted.faults, []);
    assert_eq!(pasted.results.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(pasted.results[0].1.place.starts_with("Ada <1>"), "{:?}", pasted.results[0].1.place);
    let empty = Pasted::of(&Sheet::default().to_json());
    assert_eq!(empty.faults, [(1, PastedError::EmptySheet)]);
    // A class of sheets is cut at what a table holds, and it is said.
    let many = Pasted::of(&vec![sheet.to_json(); MOST].join("\n"));
    assert_eq!((many.results.len(), many.faults.len()), (MOST, 1));
}

#[test]
fn the_lengths_follow_from_the_ratios() {
    let length = |rkyv| {
        let pasted = Pasted::of(&budget_link(rkyv));
        pasted.results[0].1.figure(What::Length, Contender::RkyvValidated).unwrap().median
    };
    // The roadmap's request: 70 that no format touches, 30 that one does.
    assert!((length(0.10) - 73.0).abs() < 1e-6 && (length(0.05) - 71.5).abs() < 1e-6, "{} {}", length(0.10), length(0.05));
}

#[test]
fn what_cannot_be_read_is_named_with_why() {
    let json = recorded().to_json();
    for (text, why) in [
        ("hello", PastedError::Neither),
        ("https://example.org/lessons/memory/arenas/#s=AAAA", PastedError::NoLab),
        ("https://example.org/labs/arena/", PastedError::NoResult),
        ("https://example.org/labs/arena/#s=AQ!", PastedError::Link(PermalinkError::Damaged)),
        ("https://example.org/labs/arena/#s=Ag", PastedError::Link(PermalinkError::Newer)),
        (&json[..json.len() - 1], PastedError::CutShort),
        ("{\"a\": 1}", PastedError::NotAResult),
    ] {
        let pasted = Pasted::of(&format!("{}\n{text}", sent_link()));
        assert_eq!((pasted.results.len(), pasted.faults.as_slice()), (1, &[(2, why)][..]), "{text}");
    }
    let mut foreign = recorded();
    foreign.lab = "no-lab".into();
    assert_eq!(Pasted::of(&foreign.to_json()).faults, [(1, PastedError::NoFigures)]);
    let mut upside_down = recorded();
    upside_down.rows[0].low = upside_down.rows[0].high + 1.0;
    assert_eq!(Pasted::of(&upside_down.to_json()).faults, [(1, PastedError::NoFigures)]);
}

#[test]
fn a_time_that_the_clock_could_hardly_tell_is_no_damage() {
    let mut result = recorded();
    let (name, phase) = (result.rows[0].name.clone(), Phase::Build);
    result.rows[0].low = -5.0;
    let pasted = Pasted::of(&result.to_json());
    assert_eq!(pasted.faults, []);
    let time = pasted.results[0].1.figure(What::Time(phase), Contender::from_slug(&name).unwrap()).unwrap();
    assert!(time.low.abs() < 1e-12 && time.median > 0.0, "{time:?}");
}

#[test]
fn more_than_a_table_holds_is_refused_and_said() {
    let text = format!("{}\n", sent_link()).repeat(MOST + 2);
    let pasted = Pasted::of(&text);
    assert_eq!((pasted.results.len(), pasted.faults.as_slice()), (MOST, &[(MOST + 1, PastedError::TooMuch)][..]));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[\\PC\n{}\"\\\\]{0,300}") {
        let pasted = Pasted::of(&text);
        prop_assert!(pasted.results.is_empty());
    }

    #[test]
    fn a_damaged_result_is_an_error_or_sound_figures(at in any::<prop::sample::Index>(), letter in "\\PC", of_link in any::<bool>()) {
        let mut text = if of_link { sent_link() } else { recorded().to_json() };
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = *at.get(&places);
        let end = at + text[at..].chars().next().unwrap().len_utf8();
        text.replace_range(at..end, &letter);
        let pasted = Pasted::of(&text);
        prop_assert!(!pasted.results.is_empty() || !pasted.faults.is_empty());
        for (_, result) in &pasted.results {
            for (_, _, figure) in &result.figures {
                prop_assert!(0.0 <= figure.low && figure.low <= figure.median && figure.median <= figure.high && figure.high.is_finite());
            }
        }
        // Whatever was read can be drawn.
        let html = crate::pages::class::side::draw(&pasted);
        prop_assert!(!html.contains("NaN"));
    }
}
