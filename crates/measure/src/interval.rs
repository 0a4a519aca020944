//! 95 % intervals of a median, of a ratio, and of either over several instances. They must never give two answers for the same samples.
//!
//! # One instance
//!
//! The bootstrap of a median needs no dice. Resampling n sorted samples puts the resampled median between two of them with binomial
//! probabilities (Maritz and Jarrett, "A note on estimating the variance of the sample median", Journal of the American Statistical Association 73, 1978), so the ends of its
//! percentile interval are order statistics. With few samples that interval is too narrow, though, so the order statistics taken here are those
//! that the sign test vouches for whatever the distribution, interpolated to exactly 95 % (Hettmansperger and Sheather, "Confidence
//! intervals based on interpolated order statistics", Statistics & Probability Letters 4, 1986). `tests/methods.rs` prints both methods' coverage
//! and shows that with many samples they agree. Below 6 samples no pair of order statistics reaches 95 %: there the
//! mean ± a multiple of the range stands in (Lord, "The use of range in place of standard deviation in the t-test", Biometrika 34, 1947).
//!
//! # A ratio
//!
//! It is the median of the ratios within each round, not the ratio of the medians: what slows a whole round then cancels, and when both contenders are
//! the same, each is the faster of a round with probability 1/2 under any noise and drift, which makes "A against A" hold by construction.
//!
//! # Several instances
//!
//! Samples of one instance share its code and memory layout, so the instances count, not the rounds: Student's t interval over the logarithms of the
//! instances' medians. `tests/methods.rs` sets a hierarchical bootstrap (instances, then rounds) beside it: with 5 instances its percentile
//! interval covers 99 % where they are alike, since it counts the noise of rounds twice, and 84 to 89 % where they are 3 % apart, since
//! 5 resampled instances spread too little (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8).
//! Student's covers 94 to 96 % in all of these cases.

use crate::statistics::{median, median_of_sorted, sorted};
use units::{Interval, Nanos};

/// The share of intervals that hold the true value.
pub const CONFIDENCE: f64 = 0.95;

/// What one instance sampled of one contender in one phase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Samples<'a> {
    /// Nanoseconds for one operation, one value a round.
    pub values: &'a [f64],
    /// What one step of the clock is worth in a sample, in nanoseconds: the step divided by the batch. 0 for a clock without steps.
    pub resolution: f64,
}

impl<'a> Samples<'a> {
    /// Samples of `batch` operations each, read off a clock with this step.
    #[must_use]
    pub fn new(values: &'a [f64], clock_step: Nanos, batch: u32) -> Self {
        Self { values, resolution: clock_step.0 / f64::from(batch.max(1)) }
    }

    /// The values, each moved at random within half a step either way.
    ///
    /// A coarse clock gives a handful of readings, and the median of a handful of values is one of them, however many samples there are. This
    /// is the remedy of measuring instruments, a dither (Gray and Stockham, "Dithered quantizers", IEEE Transactions on Information Theory 39, 1993):
    /// it adds less than the clock already does. The first value seeds it, so that the same samples give the same answer, and so does a
    /// longer series that begins with them. (Evenly spread amounts instead of random ones covered 97.4 % for 95.)
    fn dithered(&self, stream: Stream) -> impl Iterator<Item = f64> {
        let first = self.values.first().map_or(0, |value| value.to_bits());
        let mut rng = fastrand::Rng::with_seed(first ^ stream as u64);
        self.values.iter().map(move |value| value + self.resolution * (rng.f64() - 0.5))
    }
}

/// Which dither: two series that are divided need two that are independent of each other.
#[derive(Clone, Copy)]
enum Stream {
    Above = 1,
    Below = 2,
}

/// The time of one operation, of one or more instances; those without samples do not count.
///
/// Of one instance it is [`median_interval`]. Of several, the estimate is the geometric mean of their medians.
/// `None` if there are fewer than two samples, or if of several instances one has a median that is not above 0.
#[must_use]
pub fn time_interval(instances: &[Samples<'_>]) -> Option<Interval> {
    let instances = instances.iter().filter(|samples| !samples.values.is_empty());
    let instances: Vec<Vec<f64>> = instances.map(|samples| samples.dithered(Stream::Above).collect()).collect();
    if let [only] = &instances[..] { median_interval(only) } else { across_instances(&instances) }
}

/// The time of `of` over the time of `to`: each instance's samples, paired by round. Rounds that lack a partner, or where `to` took no
/// measurable time, do not count. `None` if fewer than two rounds are left.
#[must_use]
pub fn ratio_interval(of: &[Samples<'_>], to: &[Samples<'_>]) -> Option<Interval> {
    let ratios = |(of, to): (&Samples<'_>, &Samples<'_>)| -> Vec<f64> {
        let pairs = of.dithered(Stream::Above).zip(to.dithered(Stream::Below)).zip(to.values);
        let measurable = pairs.filter(|((_, to), reading)| *to > 0.0 && **reading > 0.0);
        measurable.map(|((of, to), _)| of.max(0.0) / to).filter(|ratio| ratio.is_finite()).collect()
    };
    let instances: Vec<Vec<f64>> = of.iter().zip(to).map(ratios).filter(|ratios| !ratios.is_empty()).collect();
    match &instances[..] {
        // On a logarithmic scale, so that exchanging the two turns the interval upside down and no more.
        [only] if only.iter().all(|ratio| *ratio > 0.0) => {
            on_this_scale(&only.iter().map(|ratio| ratio.ln()).collect::<Vec<_>>()).map(|log| log.map(f64::exp))
        }
        [only] => median_interval(only),
        _ => across_instances(&instances),
    }
}

fn across_instances(instances: &[Vec<f64>]) -> Option<Interval> {
    let log = |samples: &Vec<f64>| median(samples).filter(|middle| *middle > 0.0).map(f64::ln);
    let logs: Vec<f64> = instances.iter().map(log).collect::<Option<_>>()?;
    student(&logs).map(|log| log.map(f64::exp))
}

/// The median of `samples`, with its interval: between order statistics, so that it keeps to the samples' range from 6 samples on.
/// Below that, if all are above 0, it is found on a logarithmic scale, and is above 0 too. `None` below two samples.
#[must_use]
pub fn median_interval(samples: &[f64]) -> Option<Interval> {
    if samples.len() > FEW || samples.iter().any(|sample| *sample <= 0.0) {
        return on_this_scale(samples);
    }
    let interval = on_this_scale(&samples.iter().map(|sample| sample.ln()).collect::<Vec<_>>())?.map(f64::exp);
    // A logarithm and back is not quite the same number, and the middle of two is another on another scale.
    let median = median(samples)?;
    Some(Interval { median, low: interval.low.min(median), high: interval.high.max(median) })
}

fn on_this_scale(samples: &[f64]) -> Option<Interval> {
    let sorted = sorted(samples);
    let n = sorted.len();
    if n < 2 {
        return None;
    }
    let median = median_of_sorted(&sorted)?;
    if n <= FEW {
        let mean = sorted.iter().sum::<f64>() / n as f64;
        let half = RANGES[n - 2] * (sorted[n - 1] - sorted[0]);
        return Some(Interval { median, low: (mean - half).min(median), high: (mean + half).max(median) });
    }
    // `depth` counts from 1 and is less than n / 2, so all four indices are inside.
    let (depth, share) = depth(n);
    let inward = |outer: f64, inner: f64| outer + share * (inner - outer);
    Some(Interval {
        median,
        low: inward(sorted[depth - 1], sorted[depth]),
        high: inward(sorted[n - depth], sorted[n - depth - 1]),
    })
}

/// Up to so many samples, no pair of order statistics reaches 95 %.
const FEW: usize = 5;
/// The multiples of the range of 2 to 5 samples that reach it on either side of their mean (Lord 1947).
const RANGES: [f64; FEW - 1] = [6.353, 1.304, 0.717, 0.507];

/// Which order statistics bound the interval of `n` samples' median: the depth from either end, counted from 1, and how far to
/// go inwards from there to the next, from 0 to 1 (Hettmansperger and Sheather 1986, equation 2).
fn depth(n: usize) -> (usize, f64) {
    let size = n as f64;
    if n > 1000 {
        // The binomial is normal by now, and a depth more or less no longer matters.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "floor of a number between 469 and n / 2")]
        return ((size / 2.0 + 0.5 - 1.959_964 * size.sqrt() / 2.0).floor() as usize, 0.0);
    }
    // The chance that fewer than d of n samples fall below the true median, for d = 1, 2, ...: a binomial's lower tail.
    let mut point = 0.5_f64.powi(i32::try_from(n).unwrap_or(i32::MAX));
    let mut tail = point;
    let mut d = 1;
    loop {
        point *= (size - d as f64 + 1.0) / d as f64;
        let next = tail + point;
        if 1.0 - 2.0 * next < CONFIDENCE || d > n / 2 {
            let (wide, narrow) = (1.0 - 2.0 * tail, 1.0 - 2.0 * next);
            let excess = ((wide - CONFIDENCE) / (wide - narrow)).clamp(0.0, 1.0);
            let (outer, inner) = (d as f64, size - d as f64);
            return (d, inner * excess / (outer + (inner - outer) * excess));
        }
        tail = next;
        d += 1;
    }
}

/// Student's t interval of the mean.
fn student(values: &[f64]) -> Option<Interval> {
    let n = values.len();
    let quantile = t_quantile(n.checked_sub(1)?)?;
    let mean = values.iter().sum::<f64>() / n as f64;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1) as f64;
    let half = quantile * (variance / n as f64).sqrt();
    Some(Interval { median: mean, low: mean - half, high: mean + half })
}

/// The 97.5 % quantile of Student's t; `None` for 0 degrees of freedom. Tabulated to 10, then Cornish and Fisher's expansion (1938).
fn t_quantile(freedom: usize) -> Option<f64> {
    const TABLE: [f64; 10] = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
    let z = 1.959_964_f64;
    let expansion = |v: f64| z + (z.powi(3) + z) / (4.0 * v) + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * v * v);
    TABLE.get(freedom.checked_sub(1)?).copied().or_else(|| Some(expansion(freedom as f64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-3 * b.abs()
    }

    /// Depths of the sign test's table (Conover, "Practical Nonparametric Statistics"): the widest pair that still reaches 95 %.
    #[test]
    fn depths_are_the_sign_tests() {
        for (n, expected) in [(6, 1), (8, 1), (9, 2), (12, 3), (15, 4), (20, 6), (25, 8), (50, 18), (100, 40), (1000, 469)] {
            let (depth, share) = depth(n);
            assert_eq!(depth, expected, "n = {n}");
            assert!((0.0..1.0).contains(&share), "n = {n}: {share}");
        }
        assert_eq!(depth(1001).0, 469);
    }

    /// n = 10: exact confidences are 0.97852 at depth 2 and 0.89063 at depth 3, worked through by hand.
    #[test]
    fn interpolation_by_hand() {
        let samples: Vec<f64> = (1..=10).map(f64::from).collect();
        let interval = median_interval(&samples).unwrap();
        assert!(close(interval.median, 5.5) && close(interval.low, 2.658) && close(interval.high, 8.342), "{interval:?}");
    }

    #[test]
    fn two_samples_say_little_and_one_nothing() {
        assert_eq!(median_interval(&[1.0]), None);
        assert_eq!(median_interval(&[]), None);
        let interval = median_interval(&[-1.0, 1.0]).unwrap();
        assert!(close(interval.low, -12.706) && close(interval.high, 12.706), "{interval:?}");
    }

    /// What `values` are without a coarse clock.
    fn exact(values: &[f64]) -> Samples<'_> {
        Samples::new(values, Nanos(0.0), 1)
    }

    #[test]
    fn a_dither_keeps_within_half_a_step_and_is_always_the_same() {
        let values = [60.0; 1000];
        let samples = Samples::new(&values, Nanos(30.0), 15);
        let dithered: Vec<f64> = samples.dithered(Stream::Above).collect();
        assert!(dithered.iter().all(|value| (59.0..=61.0).contains(value)));
        assert_eq!(dithered, samples.dithered(Stream::Above).collect::<Vec<_>>());
        assert_ne!(dithered, samples.dithered(Stream::Below).collect::<Vec<_>>());
        assert!((median(&dithered).unwrap() - 60.0).abs() < 0.1);
        assert_eq!(exact(&values).dithered(Stream::Above).collect::<Vec<_>>(), values);
    }

    #[test]
    fn several_instances_get_students_interval() {
        let logs = [1.0_f64, 2.0, 3.0, 4.0, 5.0];
        let groups: Vec<[f64; 1]> = logs.iter().map(|log| [log.exp()]).collect();
        let instances: Vec<Samples<'_>> = groups.iter().map(|group| exact(group)).collect();
        let log = time_interval(&instances).unwrap().map(f64::ln);
        // Mean 3, standard deviation 1.5811, t of 4 degrees of freedom 2.776: 3 ± 1.963.
        assert!(close(log.median, 3.0) && close(log.low, 1.037) && close(log.high, 4.963), "{log:?}");
        assert!(close(t_quantile(20).unwrap(), 2.086) && close(t_quantile(1000).unwrap(), 1.962));
    }

    #[test]
    fn a_ratio_pairs_rounds_and_forgives_a_slow_one() {
        let to: Vec<f64> = (0..20).map(|i| if i % 7 == 0 { 50.0 } else { 10.0 + f64::from(i) }).collect();
        let of: Vec<f64> = to.iter().map(|time| time * 3.0).collect();
        let ratio = ratio_interval(&[exact(&of)], &[exact(&to)]).unwrap();
        assert!(close(ratio.low, 3.0) && close(ratio.high, 3.0), "{ratio:?}");
        assert_eq!(ratio_interval(&[exact(&[1.0, 2.0])], &[exact(&[0.0, 0.0])]), None);
        assert_eq!(ratio_interval(&[], &[]), None);
    }
}
