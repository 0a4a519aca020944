//! Weights in one byte instead of four, with a bound on what that costs.
//!
//! Shown by the lesson `inference/weights`. It must never hide the error: the tests compute it.

// anchor: quantize
/// A row of weights, each a whole number of steps from -127 to 127.
pub struct Quantized {
    /// What one step is worth.
    pub step: f32,
    /// How many steps each weight is from zero.
    pub steps: Vec<i8>,
}

impl Quantized {
    /// The nearest whole steps, so chosen that the largest weight is 127 of them.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a weight is at most the largest, so its quotient is at most 127")]
    pub fn of(weights: &[f32]) -> Self {
        let largest = weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        let step = if largest == 0.0 { 1.0 } else { largest / 127.0 };
        Self { step, steps: weights.iter().map(|weight| (weight / step).round() as i8).collect() }
    }

    /// The row's product with an input.
    #[must_use]
    pub fn dot(&self, input: &[f32]) -> f32 {
        self.step * self.steps.iter().zip(input).map(|(steps, x)| f32::from(*steps) * x).sum::<f32>()
    }
}
// end: quantize

/// The product with the weights as they were.
#[must_use]
pub fn dot(weights: &[f32], input: &[f32]) -> f32 {
    weights.iter().zip(input).map(|(weight, x)| weight * x).sum()
}

// anchor: bound
/// The most by which the product can be wrong: half a step for each input.
#[must_use]
pub fn bound(step: f32, input: &[f32]) -> f32 {
    step / 2.0 * input.iter().map(|x| x.abs()).sum::<f32>()
}
// end: bound

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// What `f32` itself loses in such sums, which is not the quantization's fault.
    const ROUNDING: f32 = 1e-4;

    // anchor: held
    proptest! {
        #[test]
        fn no_product_is_off_by_more_than_the_bound(pairs in vec((-1.0_f32..1.0, -1.0_f32..1.0), 1..200)) {
            let (weights, input): (Vec<f32>, Vec<f32>) = pairs.into_iter().unzip();
            let small = Quantized::of(&weights);
            let error = (small.dot(&input) - dot(&weights, &input)).abs();
            prop_assert!(error <= bound(small.step, &input) + ROUNDING, "{error}");
        }
    }
    // end: held

    #[test]
    fn the_bound_can_be_reached() {
        // A step is 1, and each weight but the first lies half-way between two steps.
        let weights = [127.0, 0.5, 1.5, -0.5];
        let small = Quantized::of(&weights);
        assert_eq!(small.steps, [127, 1, 2, -1]);
        let input = [0.0, 1.0, 1.0, -1.0];
        let error = (small.dot(&input) - dot(&weights, &input)).abs();
        assert!((error - bound(small.step, &input)).abs() < 1e-6, "{error}");
    }

    // anchor: outlier
    #[test]
    fn one_large_weight_coarsens_its_whole_row() {
        let tame = Quantized::of(&[0.01, -0.02, 0.03, 0.05]);
        let spoilt = Quantized::of(&[0.01, -0.02, 0.03, 12.7]);
        assert_eq!(tame.steps, [25, -51, 76, 127]);
        assert_eq!(spoilt.steps, [0, 0, 0, 127]);
    }
    // end: outlier

    #[test]
    fn a_row_of_zeros_stays_zero() {
        assert_eq!(Quantized::of(&[0.0; 3]).steps, [0; 3]);
        assert!(Quantized::of(&[]).steps.is_empty());
    }
}
