//! The interior mutability lab: one counter, added to through five kinds of access; and programs of cells, line by line.
//!
//! All contenders add the same values and come to the same sum. Nothing here may hide a value from the compiler for one of them alone.

mod cells;

use measure::Experiment;
use protocol::interior::{Hold, InteriorAnswer, InteriorInput, InteriorQuestion};
use protocol::{Contender, Fact, FactKind, LabId, Seed};
use std::cell::{Cell, RefCell};
use std::hint::black_box;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One operation of a contender: a counter, and all values added to it. The counter is in memory, where the compiler must expect others to
/// know it; whether it may be kept in a register meanwhile is what the types decide, and how much of the program the compiler sees.
fn run(id: Contender, values: &[u64], hold: Hold) -> u64 {
    match (id, hold) {
        (Contender::CounterMut, _) => {
            add_all(&mut 0_u64, values, hold, |counter, value| *counter = counter.wrapping_add(value), |counter| *counter)
        }
        (Contender::CounterCell, _) => {
            add_all(&mut Cell::new(0), values, hold, |counter, value| add_to_cell(counter, value), Cell::get)
        }
        (Contender::CounterRefCell, Hold::Once) => by_one_borrow(values),
        (Contender::CounterRefCell, _) => add_all(
            &mut RefCell::new(0),
            values,
            hold,
            |counter, value| add_to_ref_cell(counter, value),
            |counter| *counter.borrow(),
        ),
        (Contender::CounterAtomic, _) => add_all(
            &mut AtomicU64::new(0),
            values,
            hold,
            |counter, value| add_to_atomic(counter, value),
            |counter| counter.load(Ordering::Relaxed),
        ),
        (Contender::CounterMutex, Hold::Once) => by_one_lock(values),
        (Contender::CounterMutex, _) => {
            add_all(&mut Mutex::new(0), values, hold, |counter, value| add_to_mutex(counter, value), |counter| *lock(counter))
        }
        // No contender of this lab.
        _ => 0,
    }
}

// anchor: counters
fn add_to_cell(counter: &Cell<u64>, value: u64) {
    counter.set(counter.get().wrapping_add(value));
}

fn add_to_ref_cell(counter: &RefCell<u64>, value: u64) {
    let mut counter = counter.borrow_mut();
    *counter = counter.wrapping_add(value);
}

fn add_to_atomic(counter: &AtomicU64, value: u64) {
    counter.fetch_add(value, Ordering::Relaxed);
}

fn add_to_mutex(counter: &Mutex<u64>, value: u64) {
    let mut counter = lock(counter);
    *counter = counter.wrapping_add(value);
}
// end: counters

/// The lock, whether or not somebody panicked under it: a number cannot be half written.
fn lock(counter: &Mutex<u64>) -> MutexGuard<'_, u64> {
    counter.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Adds each value by `add`: in one loop, or each in a call that is compiled by itself.
fn add_all<C>(counter: &mut C, values: &[u64], hold: Hold, add: impl Fn(&mut C, u64), read: impl Fn(&C) -> u64) -> u64 {
    /// What the compiler does not look into from outside.
    #[inline(never)]
    fn call<C>(counter: &mut C, value: u64, add: &impl Fn(&mut C, u64)) {
        add(counter, value);
    }
    let counter = black_box(counter);
    match hold {
        Hold::Call => {
            for value in values {
                call(black_box(&mut *counter), *value, &add);
            }
        }
        Hold::Each | Hold::Once => {
            for value in values {
                add(counter, *value);
            }
        }
    }
    read(counter)
}

fn by_one_borrow(values: &[u64]) -> u64 {
    let counter = RefCell::new(0_u64);
    let mut counter = black_box(&counter).borrow_mut();
    for value in values {
        *counter = counter.wrapping_add(*value);
    }
    *counter
}

fn by_one_lock(values: &[u64]) -> u64 {
    let counter = Mutex::new(0_u64);
    let mut counter = lock(black_box(&counter));
    for value in values {
        *counter = counter.wrapping_add(*value);
    }
    *counter
}

/// The lab on `input`, its values drawn from `seed`.
pub(crate) fn prepare(input: InteriorInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    let values: Rc<[u64]> = draw(input, seed).into();
    let ids = LabId::InteriorMutability.contenders();
    let contender = |&id: &Contender| {
        let values = Rc::clone(&values);
        measure::Contender::new(id, move || run(id, black_box(&values), input.hold))
    };
    Experiment {
        contenders: ids.iter().map(contender).collect(),
        facts: ids.iter().copied().map(size).collect(),
        afterwards: None,
    }
}

/// What a counter takes with all that belongs to it, in bytes: the compiler's word, here.
fn size(id: Contender) -> Fact {
    let value = match id {
        Contender::CounterCell => size_of::<Cell<u64>>(),
        Contender::CounterRefCell => size_of::<RefCell<u64>>(),
        Contender::CounterAtomic => size_of::<AtomicU64>(),
        Contender::CounterMutex => size_of::<Mutex<u64>>(),
        _ => size_of::<u64>(),
    };
    Fact { contender: id, kind: FactKind::TouchedBytes, value: value as u64 }
}

/// A program of cells, line by line; or a panic, where one is asked for.
pub(crate) fn answer(question: InteriorQuestion) -> InteriorAnswer {
    match question {
        InteriorQuestion::Steps(program) => InteriorAnswer { steps: cells::steps(program) },
        InteriorQuestion::BorrowTwice => InteriorAnswer { steps: cells::borrow_twice() },
    }
}

fn draw(input: InteriorInput, seed: Seed) -> Vec<u64> {
    let mut random = fastrand::Rng::with_seed(seed.0);
    (0..input.additions.clamp(1, InteriorInput::MAX_ADDITIONS)).map(|_| random.u64(0..1_000)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_counter_comes_to_the_same_sum_however_long_it_is_held() {
        let values = draw(InteriorInput { additions: 500, hold: Hold::default() }, Seed(4));
        let sum: u64 = values.iter().sum();
        for hold in Hold::ALL {
            for id in LabId::InteriorMutability.contenders() {
                assert_eq!(run(*id, &values, hold), sum, "{id:?} {hold:?}");
            }
        }
    }

    #[test]
    fn a_flag_takes_room_and_a_cell_takes_none() {
        let of = |id| size(id).value;
        assert_eq!(of(Contender::CounterCell), of(Contender::CounterMut));
        assert!(of(Contender::CounterRefCell) > of(Contender::CounterCell));
    }
}
