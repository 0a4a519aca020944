//! What is said of an answer.

use super::*;
use protocol::{
    Seed,
    load::{LoadDesign, LoadQuestion, LoadStage},
};

fn asked(cores: u16) -> Asked {
    let question = LoadQuestion {
        stages: vec![LoadStage::Read],
        designs: vec![LoadDesign { contender: TODAY, reading: vec![1.0] }],
        cores,
        arriving: Arriving::Poisson,
        rate: 1_500.0,
        deadline: 3e6,
        seed: Seed(7),
    };
    Asked { question, behind: Behind::Samples(80), most_rate: 1.0, most_deadline: 1.0, part: None }
}

fn design(contender: Contender, sustained: Option<f64>) -> DesignUnderLoad {
    let point = Point { rate: 1_500.0, busy: 0.755, p50: 1e6, p90: 2e6, p99: 3e6, p999: 4e6, p99_between: (2.9e6, 3.1e6) };
    DesignUnderLoad {
        contender,
        alone: 0.9e6,
        capacity: 2_000.0,
        curve: vec![point],
        knee: Some(point),
        at_rate: sustained.map(|_| point),
        sustained,
        cores_needed: if sustained.is_some() { CoresNeeded::Exactly(4) } else { CoresNeeded::NoneWillDo },
    }
}

fn answer(today: Option<f64>, new: Option<f64>) -> LoadAnswer {
    LoadAnswer { designs: vec![design(TODAY, today), design(NEW, new)] }
}

#[test]
fn the_finding_says_what_each_carries_within_the_deadline() {
    assert_eq!(
        finding(&asked(4), &answer(Some(1_200.0), Some(2_900.0))),
        "With 99 of 100 requests within 3.00 ms, 4 cores carry 1\u{2009}200 requests a second with serde_json and 2\u{2009}900 with rkyv, validated: \
         2.42 × as many."
    );
    let same = finding(&asked(1), &answer(Some(1_200.0), Some(1_210.0)));
    assert!(same.contains("one core") && same.ends_with("as good as no difference."), "{same}");
}

#[test]
fn what_no_rate_keeps_is_said() {
    assert!(finding(&asked(4), &answer(None, Some(5.0))).starts_with("With serde_json, no rate keeps"));
    assert!(finding(&asked(4), &answer(Some(5.0), None)).starts_with("With rkyv, validated, no rate keeps"));
    assert!(finding(&asked(4), &answer(None, None)).starts_with("No rate keeps"));
    assert_eq!(finding(&asked(4), &LoadAnswer { designs: Vec::new() }), "");
}

#[test]
fn the_table_holds_every_figure_that_is_drawn() {
    let (asked, answer) = (asked(4), answer(None, Some(1_400.0)));
    let table = table(&asked, &answer);
    assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
    assert_eq!(table.rows[0][2..8], ["∞", "∞", "∞", "–", "∞", "all, always"].map(str::to_owned));
    assert_eq!(table.rows[1][4..8], ["3.00 ms", "2.90 ms–3.10 ms", "4.00 ms", "75.5 %"].map(str::to_owned));
    assert_eq!(table.rows[0][10], "no number will do");
    assert_eq!(curve_table(&answer).rows.len(), 2);
    let drawn = figure(&asked, &answer).draw();
    assert!(drawn.contains("alone 900 µs; cores 75.5 % busy") && drawn.contains("grows without end"), "{drawn}");
}

#[test]
fn what_is_modelled_is_called_so() {
    let said = method(&asked(4));
    assert!(said.starts_with("Modelled:") && said.contains("at least 80 a design") && said.contains("Poisson"), "{said}");
}
