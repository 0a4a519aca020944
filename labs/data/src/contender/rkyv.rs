//! rkyv: an archive that is laid out as the structs in memory will be. Copied out, checked and read in place, or trusted and read in
//! place. The error type is `Failure`, which says nothing but that it failed, as in the public benchmark.

use super::{EncodeError, Family, own};
use crate::payload::{Dataset, Readable};
use protocol::{Contender, Read};
use rkyv::rancor::Failure;
use std::hint::black_box;
use std::rc::Rc;

/// Encodes `value` into an aligned buffer and builds the three contenders.
///
/// # Errors
/// An archive beyond the 2 GiB that its 32-bit relative pointers reach.
pub fn family<D: Dataset>(value: &D, read: Read) -> Result<Family, EncodeError> {
    let wire = Rc::new(rkyv::to_bytes::<Failure>(value).map_err(|error| EncodeError::new("rkyv", &error))?);
    let (for_owned, for_validated, for_unvalidated) = (Rc::clone(&wire), Rc::clone(&wire), Rc::clone(&wire));
    let contenders = vec![
        measure::Contender::new(Contender::RkyvOwned, move || own(owned::<D>(black_box(&for_owned), read))),
        measure::Contender::new(Contender::RkyvValidated, move || own(validated::<D>(black_box(&for_validated), read))),
        // anchor: unvalidated
        measure::Contender::new(Contender::RkyvUnvalidated, move || {
            let bytes: &[u8] = black_box(&for_unvalidated);
            // SAFETY: `to_bytes` made these bytes from a `D` at this function's top, into a buffer aligned for any archive; it is
            // reached through `Rc` only, never mutably, and `black_box` returns what it is given.
            unsafe { rkyv::access_unchecked::<D::Archived>(bytes) }.read(read)
        }),
        // end: unvalidated
    ];
    Ok(Family { wire, contenders })
}

/// Checks the archive, copies it out into structs that own their strings, reads, and drops them.
///
/// # Errors
/// Bytes that are not the archive of a `D`, or not aligned for it.
pub fn owned<D: Dataset>(bytes: &[u8], read: Read) -> Result<u64, Failure> {
    Ok(rkyv::from_bytes::<D, Failure>(bytes)?.read(read))
}

/// Checks the archive, and reads in place.
///
/// # Errors
/// Bytes that are not the archive of a `D`, or not aligned for it.
// anchor: validated
pub fn validated<D: Dataset>(bytes: &[u8], read: Read) -> Result<u64, Failure> {
    Ok(rkyv::access::<D::Archived, Failure>(bytes)?.read(read))
}
// end: validated
