//! postcard: a compact binary form (variable-length integers, no field names), into owned structs.

use super::{EncodeError, Family, own};
use crate::payload::Dataset;
use protocol::{Contender, Read};
use std::hint::black_box;
use std::rc::Rc;

/// Encodes `value` and builds the contender.
///
/// # Errors
/// A sequence whose length is not known beforehand.
pub fn family<D: Dataset>(value: &D, read: Read) -> Result<Family, EncodeError> {
    let wire = Rc::new(postcard::to_allocvec(value).map_err(|error| EncodeError::new("postcard", &error))?);
    let for_owned = Rc::clone(&wire);
    let contender = measure::Contender::new(Contender::Postcard, move || own(owned::<D>(black_box(&for_owned), read)));
    Ok(Family { wire, contenders: vec![contender] })
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
