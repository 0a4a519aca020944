//! JSON text by `simd-json`: the text's structure is found sixteen bytes at a time (`simd128` in Wasm), then it is parsed into owned structs.
//!
//! It parses in the text's own buffer and leaves it changed. A server has that buffer anyway; here the same text is parsed again and
//! again, so each operation copies it into a buffer that is kept first. The copy is timed: about a tenth of a nanosecond a byte.

use super::{EncodeError, Family, copying};
use crate::payload::Dataset;
use protocol::{Contender, Operation, Read};
use std::cell::RefCell;
use std::hint::black_box;
use std::rc::Rc;

/// Encodes `value` as compact JSON and builds the contender.
///
/// # Errors
/// A map key that is no string.
pub fn family<D: Dataset>(value: &Rc<D>, operation: Operation) -> Result<Option<Family>, EncodeError> {
    let wire = Rc::new(simd_json::to_vec(&**value).map_err(|error| EncodeError::new("simd-json", &error))?);
    let mut buffer = Vec::with_capacity(wire.len());
    let write = move |value: &D| {
        buffer.clear();
        simd_json::to_writer(&mut buffer, value).map(|()| black_box(&buffer).len())
    };
    let kept = RefCell::new(Kept::default());
    let decode = move |bytes: &[u8]| kept.borrow_mut().decode::<D>(bytes);
    let contender = copying(Contender::SimdJson, operation, value, &wire, write, decode);
    Ok(Some(Family { wire, contenders: vec![contender] }))
}

/// What is kept from one text to the next, as the crate recommends.
#[derive(Default)]
pub struct Kept {
    text: Vec<u8>,
    buffers: simd_json::Buffers,
}

impl Kept {
    /// Copies the text, and parses the copy in place into structs that own their strings.
    ///
    /// # Errors
    /// Bytes that are not the JSON of a `D`.
    // anchor: decode
    pub fn decode<D: Dataset>(&mut self, bytes: &[u8]) -> simd_json::Result<D> {
        self.text.clear();
        self.text.extend_from_slice(bytes);
        simd_json::serde::from_slice_with_buffers(&mut self.text, &mut self.buffers)
    }
    // end: decode
}

/// Parses into structs that own their strings, reads, and drops them.
///
/// # Errors
/// Bytes that are not the JSON of a `D`.
pub fn owned<D: Dataset>(bytes: &[u8], read: Read) -> simd_json::Result<u64> {
    Ok(Kept::default().decode::<D>(bytes)?.read(read))
}
