//! What holds of the statistics for any samples.

use measure::{Samples, is_noisy, mad, median, median_interval, noise, ratio_interval, time_interval};
use proptest::prelude::*;

fn samples() -> impl Strategy<Value = Vec<f64>> {
    // Finite, of any size and sign; many of them tied.
    prop::collection::vec(prop_oneof![(-50_i32..50).prop_map(f64::from), -1e12..1e12_f64, Just(0.0), 1e-300..1e300_f64], 0..300)
}

fn times() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(prop_oneof![1e-3..1e9_f64, (1_i32..9).prop_map(f64::from)], 2..300)
}

fn exact(values: &[f64]) -> Samples<'_> {
    Samples { values, resolution: 0.0 }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn nothing_panics_and_intervals_hold_the_median(values in samples(), more in samples(), resolution in 0.0..1e6_f64) {
        let _ = (mad(&values), noise(&values), is_noisy(&values));
        prop_assert_eq!(median(&values).is_some(), !values.is_empty());
        let interval = median_interval(&values);
        prop_assert_eq!(interval.is_some(), values.len() >= 2);
        if let (Some(interval), Some(median)) = (interval, median(&values)) {
            prop_assert!(interval.contains(median), "{interval:?} {median}");
        }
        let (one, two) = (Samples { values: &values, resolution }, Samples { values: &more, resolution });
        let times = [time_interval(&[one]), time_interval(&[one, two])];
        let ratios = [ratio_interval(&[one], &[two]), ratio_interval(&[one, two], &[two, one])];
        for interval in times.into_iter().chain(ratios).flatten() {
            prop_assert!(interval.low <= interval.median && interval.median <= interval.high, "{interval:?}");
        }
    }

    #[test]
    fn a_unit_changes_nothing(values in times(), more in times(), exponent in -20_i32..20) {
        let factor = 2.0_f64.powi(exponent);
        let scaled: Vec<f64> = values.iter().map(|time| time * factor).collect();
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) || (a.is_infinite() && b.is_infinite());
        prop_assert_eq!(median(&scaled), median(&values).map(|median| median * factor));
        prop_assert_eq!(noise(&scaled), noise(&values));
        let (before, after) = (time_interval(&[exact(&values)]).unwrap(), time_interval(&[exact(&scaled)]).unwrap());
        prop_assert!(close(before.low * factor, after.low) && close(before.high * factor, after.high), "{before:?} {after:?}");
        let ratios = |of: &[f64]| ratio_interval(&[exact(of)], &[exact(&more)]).unwrap();
        prop_assert!(close(ratios(&values).low * factor, ratios(&scaled).low));
    }

    #[test]
    fn order_changes_nothing(values in times()) {
        let mut reversed = values.clone();
        reversed.reverse();
        prop_assert_eq!(median_interval(&values), median_interval(&reversed));
        prop_assert_eq!(mad(&values), mad(&reversed));
    }

    /// Exchanging the two of a ratio turns its interval upside down.
    #[test]
    fn a_ratio_upside_down(of in times(), to in times()) {
        let there = ratio_interval(&[exact(&of)], &[exact(&to)]).unwrap();
        let back = ratio_interval(&[exact(&to)], &[exact(&of)]).unwrap();
        let inverse = |a: f64, b: f64| (a * b - 1.0).abs() < 1e-6 || a * b == 0.0 || !(a * b).is_finite();
        prop_assert!(inverse(there.low, back.high) && inverse(there.high, back.low) && inverse(there.median, back.median), "{there:?} {back:?}");
    }
}
