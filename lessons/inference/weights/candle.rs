//! The network of `network.rs` in the framework Candle: the same nine numbers, as tensors, with a whole batch in one product.
//!
//! Shown by the lesson `inference/weights`.

// anchor: tensors
use candle_core::{Device, Result, Tensor};

/// Runs the network on a batch: one input a row.
///
/// # Errors
/// The rows are not two numbers long; a framework finds that out while it runs.
pub fn infer(batch: &Tensor) -> Result<Tensor> {
    let device = Device::Cpu;
    let hidden = Tensor::new(&[[1.0_f32, 1.0], [1.0, 1.0]], &device)?;
    let output = Tensor::new(&[[1.0_f32, -2.0]], &device)?;
    let biases = Tensor::new(&[0.0_f32, -1.0], &device)?;
    batch.matmul(&hidden.t()?)?.broadcast_add(&biases)?.relu()?.matmul(&output.t()?)
}
// end: tensors

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: batch
    #[test]
    fn four_inputs_are_one_product() {
        let batch = Tensor::new(&[[0.0_f32, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], &Device::Cpu).unwrap();
        let answers = infer(&batch).unwrap().to_vec2::<f32>().unwrap();
        assert_eq!(answers, [[0.0], [1.0], [1.0], [0.0]]);
    }

    #[test]
    fn a_wrong_shape_compiles_and_fails() {
        let three = Tensor::new(&[[0.0_f32, 0.0, 0.0]], &Device::Cpu).unwrap();
        assert!(infer(&three).is_err());
    }
    // end: batch
}
