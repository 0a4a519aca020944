//! JSON text by `serde_json`, with `float_roundtrip`: into owned structs, and into structs whose strings borrow from the text.

use super::{EncodeError, Family, copying, own};
use crate::payload::{Dataset, Readable};
use protocol::{Contender, Operation, Read};
use std::hint::black_box;
use std::rc::Rc;

/// Encodes `value` as compact JSON and builds both contenders; there is one way to write JSON, so the borrowing one only reads.
///
/// # Errors
/// A map key that is no string, or a number JSON cannot write.
pub fn family<D: Dataset>(value: &Rc<D>, operation: Operation) -> Result<Option<Family>, EncodeError> {
    let wire = Rc::new(serde_json::to_vec(&**value).map_err(|error| EncodeError::new("serde_json", &error))?);
    let mut buffer = Vec::with_capacity(wire.len());
    let write = move |value: &D| {
        buffer.clear();
        serde_json::to_writer(&mut buffer, value).map(|()| black_box(&buffer).len())
    };
    let decode = |bytes: &[u8]| serde_json::from_slice::<D>(bytes);
    let mut contenders = vec![copying(Contender::SerdeJson, operation, value, &wire, write, decode)];
    if let Operation::Read(read) = operation {
        let wire = Rc::clone(&wire);
        let borrowing = move || own(borrowed::<D>(black_box(&wire), read));
        contenders.push(measure::Contender::new(Contender::SerdeJsonBorrowed, borrowing));
    }
    Ok(Some(Family { wire, contenders }))
}

/// Parses into structs that own their strings, reads, and drops them.
///
/// # Errors
/// Bytes that are not the JSON of a `D`.
// anchor: owned
pub fn owned<D: Dataset>(bytes: &[u8], read: Read) -> serde_json::Result<u64> {
    Ok(serde_json::from_slice::<D>(bytes)?.read(read))
}
// end: owned

/// Parses into structs that borrow each string from `bytes` unless it holds an escape, reads, and drops them.
///
/// A payload without strings (`mesh`) has nothing to borrow: there the contender does what [`owned`] does, and shows just that.
///
/// # Errors
/// Bytes that are not the JSON of a `D`.
pub fn borrowed<D: Dataset>(bytes: &[u8], read: Read) -> serde_json::Result<u64> {
    Ok(serde_json::from_slice::<D::Borrowed<'_>>(bytes)?.read(read))
}
