//! A sort that can be stopped between its steps: on the page nothing may take longer than a frame. It must never know what it sorts.

use std::{cmp::Ordering, collections::VecDeque, mem};

/// So many are sorted at once: a millisecond or two.
const RUN: usize = 1 << 14;

/// What is being sorted: equals keep their order.
#[derive(Clone, Debug)]
pub(super) struct Sorting<T> {
    unsorted: VecDeque<Vec<T>>,
    /// Each in order, and each before those behind it where they hold equals.
    runs: VecDeque<Vec<T>>,
    /// What came of the runs before these, two by two.
    merged: VecDeque<Vec<T>>,
    order: fn(&T, &T) -> Ordering,
}

impl<T: Copy> Sorting<T> {
    /// Nothing is sorted yet.
    pub(super) fn new(all: &[T], order: fn(&T, &T) -> Ordering) -> Self {
        let unsorted = all.chunks(RUN).map(<[T]>::to_vec).collect();
        Self { unsorted, runs: VecDeque::new(), merged: VecDeque::new(), order }
    }

    /// Goes on a little; all of it in order, once it is.
    pub(super) fn step(&mut self) -> Option<Vec<T>> {
        if let Some(mut run) = self.unsorted.pop_front() {
            run.sort_by(self.order);
            self.runs.push_back(run);
            return None;
        }
        match (self.runs.pop_front(), self.runs.pop_front()) {
            (Some(first), Some(second)) => self.merged.push_back(merge(&first, &second, self.order)),
            (Some(only), _) if self.merged.is_empty() => return Some(only),
            (Some(last), _) => self.merged.push_back(last),
            (None, _) if self.merged.is_empty() => return Some(Vec::new()),
            (None, _) => self.runs = mem::take(&mut self.merged),
        }
        None
    }
}

fn merge<T: Copy>(first: &[T], second: &[T], order: fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut all = Vec::with_capacity(first.len() + second.len());
    let (mut left, mut right) = (0, 0);
    while let (Some(one), Some(two)) = (first.get(left), second.get(right)) {
        if order(one, two) == Ordering::Greater {
            all.push(*two);
            right += 1;
        } else {
            all.push(*one);
            left += 1;
        }
    }
    all.extend_from_slice(&first[left..]);
    all.extend_from_slice(&second[right..]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(all: &[(u32, usize)]) -> Vec<(u32, usize)> {
        let mut sorting = Sorting::new(all, |one, two| one.0.cmp(&two.0));
        loop {
            if let Some(all) = sorting.step() {
                return all;
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn it_is_the_library_s_stable_sort(runs in 0..7_usize, more in 0..300_usize, most in 1..5_000_u32, step in 1..9_999_u32) {
            let all: Vec<(u32, usize)> = (0..runs * RUN + more).zip(0_u32..).map(|(at, count)| (count.wrapping_mul(step) % most, at)).collect();
            let mut expected = all.clone();
            expected.sort_by_key(|one| one.0);
            prop_assert_eq!(sorted(&all), expected);
        }
    }
}
