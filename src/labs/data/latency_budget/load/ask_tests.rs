//! What is asked of the simulation, for every kind of reading.

use super::*;
use budget::Preset;
use protocol::{Contender, DataInput};
use units::Interval;

fn readings(origin: Origin) -> Readings {
    let relative = [1.0, 0.3, 0.05, 0.04].map(|ratio| Some(Interval::exact(ratio)));
    Readings { origin, input: DataInput::default(), json_time: Some(300e3), relative }
}

fn settled(preset: Preset) -> BudgetState {
    let mut state = BudgetState::default();
    state.choose_preset(preset);
    state.skip_guess();
    state
}

fn asked_of(state: &BudgetState) -> Asked {
    asked(state, Service::of(&readings(Origin::Sent), None).as_ref()).unwrap()
}

#[test]
fn nothing_is_asked_before_the_guess_or_while_figures_are_provisional() {
    let service = Service::of(&readings(Origin::Sent), None);
    assert_eq!(asked(&BudgetState::default(), service.as_ref()), None);
    assert_eq!(asked(&settled(Preset::WebApi), None), None);
    assert_eq!(Service::of(&readings(Origin::Provisional), None), None);
    let mut partial = readings(Origin::Sent);
    partial.relative[2] = None;
    assert_eq!(Service::of(&partial, None), None);
}

#[test]
fn without_samples_each_design_reads_for_its_median() {
    let asked = asked_of(&settled(Preset::WebApi));
    assert_eq!(asked.behind, Behind::Medians);
    let reading: Vec<(Contender, Vec<u64>)> = asked
        .question
        .designs
        .iter()
        .map(|design| (design.contender, design.reading.iter().map(|time| time.to_bits()).collect()))
        .collect();
    assert_eq!(reading[0], (Contender::SerdeJson, vec![300e3_f64.to_bits()]));
    assert_eq!(reading[2], (Contender::RkyvValidated, vec![(0.05 * 300e3_f64).to_bits()]));
}

#[test]
fn the_payload_is_read_once_it_is_there() {
    let stages = asked_of(&settled(Preset::WebApi)).question.stages;
    assert_eq!(stages, [LoadStage::Wait(500e3), LoadStage::Read, LoadStage::Wait(150e3), LoadStage::Work(200e3)]);
    let stages = asked_of(&settled(Preset::GameServer)).question.stages;
    assert_eq!(stages, [LoadStage::Wait(7.5e6), LoadStage::Read, LoadStage::Work(5e6)]);
}

#[test]
fn parts_become_times_by_jsons_thirty() {
    let asked = asked_of(&settled(Preset::Roadmap2026));
    // 300 µs are 30 parts.
    assert!(asked.part.is_some_and(|part| (part - 10e3).abs() < 1e-6));
    assert_eq!(asked.question.stages.len(), 3);
    let (LoadStage::Wait(network), LoadStage::Read, LoadStage::Work(logic)) =
        (asked.question.stages[0], asked.question.stages[1], asked.question.stages[2])
    else {
        panic!("{:?}", asked.question.stages)
    };
    assert!((network - 400e3).abs() < 1e-6 && (logic - 300e3).abs() < 1e-6);
    // JSON works for 600 µs a request: four cores carry 6,667 a second, and the panel starts at four fifths of that.
    assert!((asked.question.rate - 5_300.0).abs() < 1e-6, "{}", asked.question.rate);
    assert!((asked.question.deadline - 3e6).abs() < 1e-3, "{}", asked.question.deadline);
    assert!(asked.most_rate > asked.question.rate && asked.most_deadline > asked.question.deadline);
}

#[test]
fn what_was_moved_stays() {
    let mut state = settled(Preset::WebApi);
    state.load.move_rate(123.0);
    state.load.move_deadline(5e6);
    state.load.cores = 16;
    let LoadQuestionParts { cores, rate, deadline } = parts(&asked_of(&state));
    assert_eq!((cores, rate.to_bits(), deadline.to_bits()), (16, 123.0_f64.to_bits(), 5e6_f64.to_bits()));
}

struct LoadQuestionParts {
    cores: u16,
    rate: f64,
    deadline: f64,
}

fn parts(asked: &Asked) -> LoadQuestionParts {
    let LoadQuestion { cores, rate, deadline, .. } = asked.question;
    LoadQuestionParts { cores, rate, deadline }
}
