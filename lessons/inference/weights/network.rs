//! A network of two layers, by hand: what is left of a model when it runs.
//!
//! Shown by the lesson `inference/weights`. Plain Rust, without a framework: every multiplication is in sight.

// anchor: layer
/// A layer: one row of weights, and one bias, for each of its outputs.
pub struct Layer<const IN: usize, const OUT: usize> {
    /// The weights, a row for each output.
    pub weights: [[f32; IN]; OUT],
    /// What is added to each output.
    pub biases: [f32; OUT],
}

impl<const IN: usize, const OUT: usize> Layer<IN, OUT> {
    /// Each output is the sum of the inputs, weighted by its row, and its bias.
    #[must_use]
    pub fn apply(&self, input: &[f32; IN]) -> [f32; OUT] {
        let mut output = self.biases;
        for (sum, row) in output.iter_mut().zip(&self.weights) {
            *sum += row.iter().zip(input).map(|(weight, x)| weight * x).sum::<f32>();
        }
        output
    }
}
// end: layer

// anchor: network
/// Between the layers stands the one step that is not a product: what is below zero becomes zero.
#[must_use]
pub fn relu<const N: usize>(values: [f32; N]) -> [f32; N] {
    values.map(|value| value.max(0.0))
}

/// Two layers that compute “one or the other, but not both”.
pub const HIDDEN: Layer<2, 2> = Layer { weights: [[1.0, 1.0], [1.0, 1.0]], biases: [0.0, -1.0] };
/// The second of them.
pub const OUTPUT: Layer<2, 1> = Layer { weights: [[1.0, -2.0]], biases: [0.0] };

/// Runs the network.
#[must_use]
pub fn infer(input: [f32; 2]) -> f32 {
    let [answer] = OUTPUT.apply(&relu(HIDDEN.apply(&input)));
    answer
}
// end: network

// anchor: load
/// Nine numbers from a file: two layers, weights before biases, four bytes each, least byte first. None if the length is not right.
#[must_use]
pub fn load(file: &[u8]) -> Option<(Layer<2, 2>, Layer<2, 1>)> {
    let (numbers, rest) = file.as_chunks::<4>();
    let numbers: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let &[w1, w2, w3, w4, b1, b2, v1, v2, b3] = numbers.as_slice() else { return None };
    let hidden = Layer { weights: [[w1, w2], [w3, w4]], biases: [b1, b2] };
    let output = Layer { weights: [[v1, v2]], biases: [b3] };
    rest.is_empty().then_some((hidden, output))
}
// end: load

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: xor
    #[test]
    fn two_layers_tell_whether_the_inputs_differ() {
        for (input, wanted) in [([0.0, 0.0], 0.0), ([0.0, 1.0], 1.0), ([1.0, 0.0], 1.0), ([1.0, 1.0], 0.0)] {
            assert!((infer(input) - wanted).abs() < 1e-6, "{input:?}");
        }
    }

    #[test]
    fn without_the_step_between_them_two_layers_are_one() {
        // All that is linear is determined by three of the four corners; the fourth then comes out as 2 - 4 + 0.
        let linear = |input: &[f32; 2]| OUTPUT.apply(&HIDDEN.apply(input))[0];
        let fourth = linear(&[1.0, 0.0]) + linear(&[0.0, 1.0]) - linear(&[0.0, 0.0]);
        assert!((linear(&[1.0, 1.0]) - fourth).abs() < 1e-6);
    }
    // end: xor

    // anchor: bytes
    #[test]
    fn nine_numbers_are_the_whole_file() {
        let numbers = [1.0, 1.0, 1.0, 1.0, 0.0, -1.0, 1.0, -2.0, 0.0_f32];
        let file: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        assert_eq!(file.len(), 36);
        let (hidden, output) = load(&file).unwrap();
        assert_eq!((hidden.weights, hidden.biases), (HIDDEN.weights, HIDDEN.biases));
        assert_eq!((output.weights, output.biases), (OUTPUT.weights, OUTPUT.biases));
    }
    // end: bytes

    #[test]
    fn a_file_of_another_length_is_no_model() {
        for length in (0..100).filter(|length| *length != 36) {
            assert!(load(&vec![0; length]).is_none(), "{length}");
        }
    }
}
