//! How many tokens a second memory allows: arithmetic, not measurement.
//!
//! Shown by the lesson `inference/weights`. It must never name a machine: what memory delivers is handed in.

// anchor: ceiling
/// What the weights weigh, in bytes.
#[must_use]
pub fn weight_bytes(parameters: f64, bytes_each: f64) -> f64 {
    parameters * bytes_each
}

/// The most tokens a second: to make a token, every weight is read once, and then serves each of the `batch` texts that are written at a time.
#[must_use]
pub fn most_tokens_per_second(bytes_per_second: f64, weight_bytes: f64, batch: u32) -> f64 {
    bytes_per_second / weight_bytes * f64::from(batch)
}

/// Arithmetic for one weight byte: a multiplication and an addition for each text.
#[must_use]
pub fn operations_per_byte(bytes_each: f64, batch: u32) -> f64 {
    2.0 * f64::from(batch) / bytes_each
}
// end: ceiling

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 0.01
    }

    // anchor: example
    #[test]
    fn seven_billion_weights_at_fifty_gigabytes_a_second() {
        let memory = 50e9;
        for (bytes_each, gigabytes, tokens) in [(4.0, 28.0, 1.79), (2.0, 14.0, 3.57), (1.0, 7.0, 7.14)] {
            let weights = weight_bytes(7e9, bytes_each);
            assert!(near(weights / 1e9, gigabytes));
            assert!(near(most_tokens_per_second(memory, weights, 1), tokens));
        }
    }

    #[test]
    fn a_batch_of_eight_shares_each_read() {
        let weights = weight_bytes(7e9, 1.0);
        assert!(near(most_tokens_per_second(50e9, weights, 8), 57.14));
        assert!(near(operations_per_byte(4.0, 1), 0.5));
        assert!(near(operations_per_byte(1.0, 8), 16.0));
    }
    // end: example
}
