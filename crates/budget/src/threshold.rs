//! How many times faster than JSON a reader must be for a claim about the budget to hold.

/// For the slice to be `slice` parts long on the axis where JSON's is `json_slice`: 30 parts to 2 need 15 times.
#[must_use]
pub fn needed_for_length(json_slice: f64, slice: f64) -> f64 {
    json_slice / slice
}

/// For the slice to be `share` (0 to 1) of the *shortened* request, `fixed` parts of which stay: x / (fixed + x) = share.
/// 2 % of the roadmap's request needs 21 times.
#[must_use]
pub fn needed_for_share(fixed: f64, json_slice: f64, share: f64) -> f64 {
    json_slice / (fixed * share / (1.0 - share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_thresholds_of_the_roadmaps_pies() {
        assert!((needed_for_length(30.0, 2.0) - 15.0).abs() < 1e-9);
        assert!((needed_for_share(70.0, 30.0, 0.02) - 21.0).abs() < 1e-9);
    }
}
