//! From many latencies to the few that are spoken of: quantiles, and how far one of them varies from batch to batch.

/// Latencies, ascending.
#[derive(Clone, Debug, PartialEq)]
pub struct Tail(Vec<f64>);

impl Tail {
    /// Of latencies in any order.
    #[must_use]
    pub fn of(mut latencies: Vec<f64>) -> Self {
        latencies.sort_unstable_by(f64::total_cmp);
        Self(latencies)
    }

    /// The latency that the share `share` (0 to 1) of requests does not exceed: the nearest rank, always one that occurred. 0 of nothing.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        self.0.get(place(self.0.len(), share)).copied().unwrap_or(0.0)
    }
}

/// The same quantile of latencies in any order, which it puts into another: without sorting all of them. 0 of nothing.
#[must_use]
pub fn quantile(latencies: &mut [f64], share: f64) -> f64 {
    let place = place(latencies.len(), share);
    if latencies.is_empty() { 0.0 } else { *latencies.select_nth_unstable_by(place, f64::total_cmp).1 }
}

/// The nearest rank, from 0; always within `count`, unless that is 0.
fn place(count: usize, share: f64) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
    let rank = (share.clamp(0.0, 1.0) * count as f64).ceil() as usize;
    rank.max(1) - 1
}

/// How many batches a run is cut into.
const BATCHES: usize = 10;

/// Student's t, two-sided 95 %, nine degrees of freedom.
const T: f64 = 2.262;

/// The 95 % interval of a quantile by batch means: the run is cut into ten parts, each gives a quantile of its own, and those ten are
/// taken for independent. (A. M. Law, “Simulation Modeling and Analysis”, batch means. Near the capacity neighbouring parts still hang
/// together, and the interval is too narrow.)
#[must_use]
pub fn between_batches(latencies: &[f64], share: f64) -> (f64, f64) {
    let length = latencies.len() / BATCHES;
    if length == 0 {
        return (0.0, f64::INFINITY);
    }
    let parts: Vec<f64> = latencies.chunks_exact(length).take(BATCHES).map(|part| quantile(&mut part.to_vec(), share)).collect();
    let mean = parts.iter().sum::<f64>() / parts.len() as f64;
    let variance = parts.iter().map(|part| (part - mean).powi(2)).sum::<f64>() / (parts.len() - 1) as f64;
    let half = T * (variance / parts.len() as f64).sqrt();
    ((mean - half).max(0.0), mean + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_nearest_ranks() {
        let tail = Tail::of((1..=1000).rev().map(f64::from).collect());
        let quantiles = [0.0, 0.5, 0.99, 0.999, 1.0].map(|share| tail.quantile(share));
        assert_eq!(quantiles.map(f64::to_bits), [1.0_f64, 500.0, 990.0, 999.0, 1000.0].map(f64::to_bits));
        for share in [0.0, 0.25, 0.5, 0.99, 0.999, 1.0] {
            let mut mixed: Vec<f64> = (0..1000).map(|index| f64::from(index * 7919 % 1000)).collect();
            assert_eq!(quantile(&mut mixed, share).to_bits(), Tail::of(mixed.clone()).quantile(share).to_bits());
        }
        assert!(quantile(&mut [], 0.5).abs() < f64::EPSILON);
        assert!(Tail::of(Vec::new()).quantile(0.5).abs() < f64::EPSILON);
    }

    #[test]
    fn batches_that_agree_leave_no_doubt_and_too_few_leave_all() {
        let (low, high) = between_batches(&[7.0; 100], 0.99);
        assert!((low - 7.0).abs() < 1e-9 && (high - 7.0).abs() < 1e-9);
        assert_eq!(between_batches(&[7.0; 9], 0.99), (0.0, f64::INFINITY));
    }
}
