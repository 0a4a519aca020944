//! What the simulation says of designs, and what it refuses.

use super::*;
use protocol::Contender;

fn question(rate: f64) -> LoadQuestion {
    let reading = |scale: f64| (1..=50).map(|index| scale * (1.0 + f64::from(index) / 100.0)).collect();
    LoadQuestion {
        stages: vec![LoadStage::Wait(500e3), LoadStage::Read, LoadStage::Work(200e3)],
        designs: vec![
            LoadDesign { contender: Contender::SerdeJson, reading: reading(300e3) },
            LoadDesign { contender: Contender::RkyvValidated, reading: reading(20e3) },
        ],
        cores: 4,
        arriving: Arriving::Poisson,
        rate,
        deadline: 3e6,
        seed: Seed(11),
    }
}

#[test]
fn the_faster_design_carries_more_and_needs_fewer_cores() {
    let LoadAnswer { designs } = answer(&question(6_000.0)).unwrap();
    let [json, rkyv] = designs.as_slice() else { panic!("{designs:?}") };
    // Reading takes 376.5 µs on average (300 µs × 1.255), logic 200 µs.
    assert!((json.capacity / (4.0 / 576.5e-6) - 1.0).abs() < 1e-9, "{}", json.capacity);
    assert!(rkyv.capacity > 2.0 * json.capacity);
    assert!(rkyv.sustained > json.sustained && json.sustained < Some(json.capacity));
    let at = |design: &DesignUnderLoad| design.at_rate.unwrap();
    assert!(at(json).p99 > at(rkyv).p99 && at(json).p50 >= 500e3);
    assert!(at(json).p50 <= at(json).p90 && at(json).p90 <= at(json).p99 && at(json).p99 <= at(json).p999);
    let (CoresNeeded::Exactly(more), CoresNeeded::Exactly(fewer)) = (json.cores_needed, rkyv.cores_needed) else {
        panic!("{:?} {:?}", json.cores_needed, rkyv.cores_needed)
    };
    assert!(more > fewer, "{more} {fewer}");
    // Where the knee lies: neither idle nor full.
    assert!(json.knee.is_some_and(|knee| knee.busy > 0.3 && knee.busy < 0.97), "{:?}", json.knee);
}

#[test]
fn the_same_question_has_the_same_answer_and_more_load_never_helps() {
    let found = answer(&question(5_000.0)).unwrap();
    assert_eq!(found, answer(&question(5_000.0)).unwrap());
    // The same luck at every rate: with one visit to the cores, each request of a faster stream waits at least as long.
    for design in found.designs {
        assert!(design.curve.is_sorted_by(|a, b| a.rate < b.rate && a.p99 <= b.p99), "{:?}", design.curve);
    }
}

#[test]
fn what_cannot_be_met_is_said() {
    let mut asked = question(1e9);
    let json = &answer(&asked).unwrap().designs[0];
    assert_eq!((json.at_rate, json.cores_needed), (None, CoresNeeded::MoreThan(LoadQuestion::MAX_CORES)));
    // Less than one request alone takes.
    asked.deadline = 100e3;
    asked.rate = 10.0;
    let json = &answer(&asked).unwrap().designs[0];
    assert_eq!((json.sustained, json.cores_needed), (None, CoresNeeded::NoneWillDo));
}

#[test]
fn a_question_that_makes_no_sense_is_refused_in_words() {
    let changed = |change: fn(&mut LoadQuestion)| {
        let mut asked = question(100.0);
        change(&mut asked);
        answer(&asked).map(|_| ())
    };
    assert_eq!(changed(|asked| asked.designs.clear()), Err(Refused::NoSamples));
    assert_eq!(changed(|asked| asked.designs[0].reading.clear()), Err(Refused::NoSamples));
    assert_eq!(changed(|asked| asked.cores = 0), Err(Refused::TooMuch));
    assert_eq!(changed(|asked| asked.rate = f64::NAN), Err(Refused::NotPositive));
    assert_eq!(changed(|asked| asked.designs[0].reading[3] = -1.0), Err(Refused::NotPositive));
    assert_eq!(changed(|asked| asked.stages = vec![LoadStage::Wait(1.0)]), Err(Refused::NotPositive));
}
