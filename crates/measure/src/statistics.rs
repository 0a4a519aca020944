//! Plain figures of one series of samples: median, spread, noise. They must never panic, whatever the samples.

/// A series whose [`noise`] is above this is called noisy: with so much scatter, a 5 % difference needs hundreds of rounds.
pub const NOISY: f64 = 0.10;

/// The middle sample, or the mean of the two middle ones; `None` if there are none.
#[must_use]
pub fn median(samples: &[f64]) -> Option<f64> {
    median_of_sorted(&sorted(samples))
}

/// Median absolute deviation from the median, in the samples' unit and not scaled; `None` if there are none.
#[must_use]
pub fn mad(samples: &[f64]) -> Option<f64> {
    let centre = median(samples)?;
    median(&samples.iter().map(|sample| (sample - centre).abs()).collect::<Vec<_>>())
}

/// The spread relative to the median: 1.4826 × MAD / median, which for normally distributed samples is their standard deviation
/// relative to their mean. Outliers hardly move it. `None` without samples or with a median of 0.
#[must_use]
pub fn noise(samples: &[f64]) -> Option<f64> {
    let centre = median(samples)?;
    (centre != 0.0).then_some(1.4826 * mad(samples)? / centre.abs())
}

/// Whether the samples scatter so much that their interval may mislead: [`noise`] above [`NOISY`].
#[must_use]
pub fn is_noisy(samples: &[f64]) -> bool {
    noise(samples).is_some_and(|noise| noise > NOISY)
}

/// The samples in ascending order.
pub(crate) fn sorted(samples: &[f64]) -> Vec<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The median of samples that are already in ascending order.
pub(crate) fn median_of_sorted(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(sorted.len() / 2 - 1)?;
    Some(f64::midpoint(lower, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7.0]), Some(7.0));
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(mad(&[1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9.0]), Some(1.0));
        assert_eq!(mad(&[]), None);
        assert_eq!(noise(&[0.0, 0.0]), None);
        assert!((noise(&[90.0, 100.0, 110.0]).unwrap() - 0.148_26).abs() < 1e-12);
        assert!(is_noisy(&[90.0, 100.0, 110.0]) && !is_noisy(&[99.0, 100.0, 101.0, 900.0, 99.5]));
    }
}
