//! One core and a queue, in a few lines: when each request begins, and what that means for those behind it.
//!
//! Shown by the lesson `data/budgets_under_load`. Times are in any one unit.

// anchor: lindley
/// How long each request spends here: it begins when it has arrived and the one before it is done, whichever is later.
pub fn times(arrivals: &[f64], work: f64) -> Vec<f64> {
    let mut free = 0.0_f64;
    let mut time = |&arrived: &f64| {
        free = arrived.max(free) + work;
        free - arrived
    };
    arrivals.iter().map(&mut time).collect()
}
// end: lindley

// anchor: formula
/// The time that 99 of 100 requests stay below, where arrivals are Poisson and work is exponential, of mean `work` (M/M/1); none
/// where the core is busy all the time. `rate` is arrivals per unit of time.
pub fn p99(rate: f64, work: f64) -> Option<f64> {
    let busy = rate * work;
    (busy < 1.0).then(|| 100.0_f64.ln() * work / (1.0 - busy))
}
// end: formula

#[cfg(test)]
mod tests {
    use super::*;

    fn worst(times: &[f64]) -> f64 {
        times.iter().copied().fold(0.0, f64::max)
    }

    // anchor: even
    #[test]
    fn what_comes_evenly_never_waits() {
        // A request every ten, each nine long: the core is busy for 90 % of the time, and nobody waits.
        let arrivals: Vec<f64> = (0..100).map(|index| f64::from(index) * 10.0).collect();
        assert!(times(&arrivals, 9.0).iter().all(|time| (time - 9.0).abs() < 1e-9));
    }

    #[test]
    fn the_same_load_in_pairs_waits() {
        // Two every twenty: as many requests, as much work. Every second one waits for the first.
        let arrivals: Vec<f64> = (0..100).map(|index| f64::from(index / 2) * 20.0).collect();
        assert!((worst(&times(&arrivals, 9.0)) - 18.0).abs() < 1e-9);
    }
    // end: even

    // anchor: doubled
    #[test]
    fn at_nine_tenths_a_tenth_less_work_halves_the_tail() {
        let (before, after) = (p99(0.9, 1.0).unwrap(), p99(0.9, 0.9).unwrap());
        assert!(before / after > 2.0, "{before} {after}");
        // The same tenth in an idle system is a tenth.
        let (before, after) = (p99(0.01, 1.0).unwrap(), p99(0.01, 0.9).unwrap());
        assert!(before / after < 1.13, "{before} {after}");
        assert_eq!(p99(1.0, 1.0), None);
    }
    // end: doubled
}
