//! A function with a fault that no example found, and the property that finds it.
//!
//! Shown by the lesson `tooling/pipeline`. The fault is in `median_once`, which must stay as it is; `median` is the mended one.

// anchor: once
/// The middle of some times, as it was first written.
#[must_use]
#[allow(clippy::manual_midpoint, reason = "the lint names one of the two faults that this version is here to show")]
pub fn median_once(times: &[u32]) -> u32 {
    let mut times = times.to_vec();
    times.sort_unstable();
    let half = times.len() / 2;
    if times.len() % 2 == 1 { times[half] } else { (times[half - 1] + times[half]) / 2 }
}
// end: once

// anchor: mended
/// The middle of some times; none of none.
#[must_use]
pub fn median(times: &[u32]) -> Option<u32> {
    let mut times = times.to_vec();
    times.sort_unstable();
    let half = times.len() / 2;
    let upper = *times.get(half)?;
    Some(if times.len() % 2 == 1 { upper } else { times[half - 1].midpoint(upper) })
}
// end: mended

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    // anchor: examples
    #[test]
    fn three_examples_pass() {
        assert_eq!(median_once(&[3, 1, 2]), 2);
        assert_eq!(median_once(&[1, 2, 3, 4]), 2);
        assert_eq!(median_once(&[7]), 7);
    }
    // end: examples

    // anchor: property
    proptest! {
        #[test]
        fn as_many_lie_below_as_above(times in vec(any::<u32>(), 0..50)) {
            let Some(middle) = median(&times) else {
                prop_assert!(times.is_empty());
                return Ok(());
            };
            let half = times.len() / 2;
            prop_assert!(times.iter().filter(|time| **time < middle).count() <= half);
            prop_assert!(times.iter().filter(|time| **time > middle).count() <= half);
        }
    }
    // end: property

    // anchor: found
    #[test]
    fn what_the_property_finds_in_the_first_version() {
        assert!(std::panic::catch_unwind(|| median_once(&[])).is_err(), "there is no middle of nothing");
        let large = std::panic::catch_unwind(|| median_once(&[u32::MAX, u32::MAX]));
        assert_ne!(large.ok(), Some(u32::MAX), "the sum does not fit: it panics or wraps, as the build says");
    }
    // end: found
}
