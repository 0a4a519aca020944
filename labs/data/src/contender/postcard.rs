//! postcard: a compact binary form (variable-length integers, no field names), into owned structs.

use super::{EncodeError, Family, copying};
use crate::payload::Dataset;
use protocol::{Contender, Operation, Read};
use std::hint::black_box;
use std::rc::Rc;

/// Encodes `value` and builds the contender.
///
/// # Errors
/// A sequence whose length is not known beforehand.
pub fn family<D: Dataset>(value: &Rc<D>, operation: Operation) -> Result<Option<Family>, EncodeError> {
    let wire = Rc::new(postcard::to_allocvec(&**value).map_err(|error| EncodeError::new("postcard", &error))?);
    let mut buffer = Vec::with_capacity(wire.len());
    let write = move |value: &D| {
        buffer.clear();
        // `to_extend` takes its buffer and gives it back; what is moved is three words.
        buffer = postcard::to_extend(value, std::mem::take(&mut buffer))?;
        Ok::<_, postcard::Error>(black_box(&buffer).len())
    };
    let contender = copying(Contender::Postcard, operation, value, &wire, write, |bytes: &[u8]| postcard::from_bytes::<D>(bytes));
    Ok(Some(Family { wire, contenders: vec![contender] }))
}

/// Decodes into structs that own their strings, reads, and drops them.
///
/// # Errors
/// Bytes that are cut short or do not mean a `D`.
// anchor: owned
pub fn owned<D: Dataset>(bytes: &[u8], read: Read) -> postcard::Result<u64> {
    Ok(postcard::from_bytes::<D>(bytes)?.read(read))
}
// end: owned
