//! A model's file in the format safetensors, as most are published: a header with each tensor's name, type and shape, and then the numbers.
//!
//! Shown by the lesson `inference/weights`, beside the nameless file of `network.rs`.

// anchor: tensor
use safetensors::{Dtype, SafeTensors};

/// The bytes of a tensor, where they lie in the file: nothing is copied. None if the file is damaged, or the tensor is not what the program
/// was written for.
#[must_use]
pub fn tensor<'file>(file: &'file [u8], name: &str, shape: &[usize]) -> Option<&'file [u8]> {
    let tensors = SafeTensors::deserialize(file).ok()?;
    let tensor = tensors.tensor(name).ok()?;
    (tensor.dtype() == Dtype::F32 && tensor.shape() == shape).then(|| tensor.data())
}
// end: tensor

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: file
    /// The header's length, the header, the numbers: that is the whole format.
    fn file() -> Vec<u8> {
        let header = br#"{"hidden":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}"#;
        let length = u64::try_from(header.len()).unwrap().to_le_bytes();
        let numbers = [1.0_f32; 4].map(f32::to_le_bytes);
        [&length[..], header, numbers.as_flattened()].concat()
    }

    #[test]
    fn a_tensor_is_read_where_it_lies() {
        let file = file();
        let bytes = tensor(&file, "hidden", &[2, 2]).unwrap();
        assert_eq!(bytes.len(), 16);
        assert!(file.as_ptr_range().contains(&bytes.as_ptr()));
    }

    #[test]
    fn another_model_and_a_damaged_file_are_refused() {
        let mut file = file();
        assert_eq!(tensor(&file, "hidden", &[4]), None);
        assert_eq!(tensor(&file, "output", &[2, 2]), None);
        assert_eq!(tensor(&file[..file.len() - 1], "hidden", &[2, 2]), None);
        // A header that says it is longer than the file.
        file[7] = 0xff;
        assert_eq!(tensor(&file, "hidden", &[2, 2]), None);
    }
    // end: file
}
