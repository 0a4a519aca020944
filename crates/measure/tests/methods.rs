//! Why these intervals and not others: the coverage of each method, side by side. A method is chosen by what this prints.

mod fake;

use fake::normal;
use measure::{Samples, median, median_interval, ratio_interval, time_interval};

const RUNS: usize = 2_000;

/// How many resamplings a bootstrap takes.
const RESAMPLINGS: usize = 200;

/// The 95 % percentile interval of a statistic's resamplings.
fn percentiles(mut statistics: Vec<f64>) -> (f64, f64) {
    statistics.sort_by(f64::total_cmp);
    let beyond = statistics.len() / 40;
    (statistics[beyond], statistics[statistics.len() - 1 - beyond])
}

fn resampled(values: &[f64], rng: &mut fastrand::Rng) -> Vec<f64> {
    values.iter().map(|_| values[rng.usize(..values.len())]).collect()
}

/// The percentile bootstrap of a median (Efron 1979), by dice.
#[allow(clippy::unwrap_used, reason = "a test's helper: there are samples")]
fn bootstrap(values: &[f64], rng: &mut fastrand::Rng) -> (f64, f64) {
    percentiles((0..RESAMPLINGS).map(|_| median(&resampled(values, rng)).unwrap()).collect())
}

/// Instances are resampled, then rounds within each; the statistic is the mean of the instances' medians.
#[allow(clippy::unwrap_used, reason = "a test's helper: there are samples")]
fn hierarchical_bootstrap(instances: &[Vec<f64>], rng: &mut fastrand::Rng) -> (f64, f64) {
    let mut mean = || {
        let medians = (0..instances.len()).map(|_| median(&resampled(&instances[rng.usize(..instances.len())], rng)).unwrap());
        medians.sum::<f64>() / instances.len() as f64
    };
    percentiles((0..RESAMPLINGS).map(|_| mean()).collect())
}

/// Log-normal noise of 3 %, and 3 % of samples 3 to 10 times as long.
fn series(n: usize, centre: f64, rng: &mut fastrand::Rng) -> Vec<f64> {
    let sample = |_| centre * (0.03 * normal(rng)).exp() * if rng.f64() < 0.03 { 3.0 + 7.0 * rng.f64() } else { 1.0 };
    (0..n).map(sample).collect()
}

/// The median of [`series`] around 1: the standard normal's quantile at 0.5 / 0.97 is 0.03877.
fn truth() -> f64 {
    (0.03_f64 * 0.038_77).exp()
}

fn percent(count: usize) -> f64 {
    count as f64 / RUNS as f64 * 100.0
}

#[test]
fn of_one_instance() {
    let mut rng = fastrand::Rng::with_seed(1);
    for n in [3, 5, 6, 8, 12, 20, 50] {
        let (mut chosen, mut plain) = (0, 0);
        for _ in 0..RUNS {
            let values = series(n, 1.0, &mut rng);
            chosen += usize::from(median_interval(&values).unwrap().contains(truth()));
            let (low, high) = bootstrap(&values, &mut rng);
            plain += usize::from(low <= truth() && truth() <= high);
        }
        println!("{n:>3} rounds: covered {:.1} %; by a percentile bootstrap {:.1} %", percent(chosen), percent(plain));
        assert!((93.0..=97.0).contains(&percent(chosen)), "{n} rounds: {} %", percent(chosen));
    }
}

/// With many samples, dice and closed form agree: both ends, to a tenth of the interval's width.
#[test]
fn with_many_samples_it_is_the_bootstraps_interval() {
    let mut rng = fastrand::Rng::with_seed(2);
    let mut apart = Vec::new();
    for _ in 0..200 {
        let values = series(200, 1.0, &mut rng);
        let interval = median_interval(&values).unwrap();
        let (low, high) = bootstrap(&values, &mut rng);
        apart.push(((low - interval.low).abs() + (high - interval.high).abs()) / (interval.high - interval.low) / 2.0);
    }
    assert!(median(&apart).unwrap() < 0.1, "{:?}", median(&apart));
}

#[test]
fn of_five_instances() {
    let mut rng = fastrand::Rng::with_seed(3);
    // The spread between instances, the rounds of each.
    for (between, rounds) in [(0.0, 15), (0.01, 15), (0.03, 15), (0.03, 40)] {
        let (mut chosen, mut hierarchical, mut pooled, mut named) = (0, 0, 0, 0);
        for _ in 0..RUNS {
            let mut instances = || -> Vec<Vec<f64>> {
                let mut instance = || {
                    let centre = (between * normal(&mut rng)).exp();
                    series(rounds, centre, &mut rng)
                };
                (0..5).map(|_| instance()).collect()
            };
            let (a, b) = (instances(), instances());
            let of: Vec<Samples<'_>> = a.iter().map(|values| Samples { values, resolution: 0.0 }).collect();
            let to: Vec<Samples<'_>> = b.iter().map(|values| Samples { values, resolution: 0.0 }).collect();
            chosen += usize::from(time_interval(&of).unwrap().contains(truth()));
            named += usize::from(!ratio_interval(&of, &to).unwrap().contains(1.0));
            let (low, high) = hierarchical_bootstrap(&a, &mut rng);
            hierarchical += usize::from(low <= truth() && truth() <= high);
            pooled += usize::from(median_interval(&a.concat()).unwrap().contains(truth()));
        }
        println!(
            "instances {} % apart, {rounds} rounds each: covered {:.1} %, A against A named {:.1} %; by a hierarchical bootstrap {:.1} %; \
             as if one instance {:.1} %",
            between * 100.0,
            percent(chosen),
            percent(named),
            percent(hierarchical),
            percent(pooled)
        );
        assert!((93.0..=97.0).contains(&percent(chosen)), "{} %", percent(chosen));
        assert!(percent(named) <= 7.0, "{} %", percent(named));
    }
}
