//! The Pin lab: the same future is given a place to stay in five ways; and programs of addresses, line by line.
//!
//! All contenders run the same number of futures to their end and come to the same sum; all are polled by the same function, which is compiled by
//! itself. Nothing here may read through an address that was remembered: addresses are compared, and that is all.

mod addresses;
mod futures;

use counting::usage;
use futures::{Adding, add, drive};
use measure::Experiment;
use protocol::pinned::{Keeps, PinAnswer, PinInput, PinQuestion};
use protocol::{Contender, Fact, FactKind, LabId, Seed};
use std::cell::Cell;
use std::pin::{Pin, pin};
use std::rc::Rc;

/// One operation of a contender: a future for each value, from its making to its end.
fn run(id: Contender, values: &[u64], keeps: Keeps) -> u64 {
    match keeps {
        Keeps::Little => run_keeping::<4>(id, values),
        Keeps::Much => run_keeping::<512>(id, values),
    }
}

// anchor: places
fn run_keeping<const KEPT: usize>(id: Contender, values: &[u64]) -> u64 {
    let total = Cell::new(0);
    match id {
        Contender::FutureStack => {
            for value in values {
                drive(pin!(add::<KEPT>(&total, *value)));
            }
        }
        Contender::FutureByHand => {
            for value in values {
                drive(pin!(Adding::<[u64; KEPT]>::new([*value; KEPT], &total)));
            }
        }
        Contender::FutureReused => {
            let mut place = Box::pin(None);
            for value in values {
                place.set(Some(add::<KEPT>(&total, *value)));
                if let Some(future) = place.as_mut().as_pin_mut() {
                    drive(future);
                }
            }
        }
        Contender::FutureBoxed => {
            for value in values {
                drive(Box::pin(add::<KEPT>(&total, *value)).as_mut());
            }
        }
        Contender::FutureDyn => {
            for value in values {
                let mut future: Pin<Box<dyn Future<Output = ()> + '_>> = Box::pin(add::<KEPT>(&total, *value));
                drive(future.as_mut());
            }
        }
        // No contender of this lab.
        _ => {}
    }
    total.get()
}
// end: places

/// The lab on `input`, its values drawn from `seed`.
pub(crate) fn prepare(input: PinInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    let values: Rc<[u64]> = draw(input, seed).into();
    let ids = LabId::Pin.contenders();
    let contender = |&id: &Contender| {
        let values = Rc::clone(&values);
        measure::Contender::new(id, move || run(id, &values, input.keeps))
    };
    let facts = ids.iter().flat_map(|id| count(*id, &values, input.keeps)).collect();
    Experiment { contenders: ids.iter().map(contender).collect(), facts, afterwards: None }
}

/// How large one future is, the compiler's word; and how often memory was asked for, if somebody counts.
fn count(id: Contender, values: &[u64], keeps: Keeps) -> Vec<Fact> {
    let of = |kind, value| Fact { contender: id, kind, value };
    let mut facts = vec![of(FactKind::TouchedBytes, size(id, keeps) as u64)];
    let counted = usage(|| {
        std::hint::black_box(run(id, values, keeps));
    });
    facts.extend(counted.map(|usage| of(FactKind::Allocations, usage.allocations)));
    facts
}

/// The size of one future, in bytes.
fn size(id: Contender, keeps: Keeps) -> usize {
    let total = Cell::new(0);
    match (id, keeps) {
        (Contender::FutureByHand, Keeps::Little) => size_of::<Adding<'_, [u64; 4]>>(),
        (Contender::FutureByHand, Keeps::Much) => size_of::<Adding<'_, [u64; 512]>>(),
        (_, Keeps::Little) => size_of_val(&add::<4>(&total, 0)),
        (_, Keeps::Much) => size_of_val(&add::<512>(&total, 0)),
    }
}

/// A program, line by line.
pub(crate) fn answer(question: PinQuestion) -> PinAnswer {
    PinAnswer { steps: addresses::steps(question.program) }
}

fn draw(input: PinInput, seed: Seed) -> Vec<u64> {
    let mut random = fastrand::Rng::with_seed(seed.0);
    (0..input.futures.clamp(1, PinInput::MAX_FUTURES)).map(|_| random.u64(0..1_000)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_future_adds_its_value_wherever_it_is_kept() {
        let values = draw(PinInput { futures: 300, keeps: Keeps::default() }, Seed(4));
        let sum: u64 = values.iter().sum();
        for keeps in Keeps::ALL {
            for id in LabId::Pin.contenders() {
                assert_eq!(run(*id, &values, keeps), sum, "{id:?} {keeps:?}");
            }
        }
    }

    #[test]
    fn a_future_is_as_large_as_what_it_keeps() {
        for id in LabId::Pin.contenders() {
            assert!((32..4_096).contains(&size(*id, Keeps::Little)), "{id:?}");
            assert!(size(*id, Keeps::Much) >= 4_096, "{id:?}");
        }
    }
}
