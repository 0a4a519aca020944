//! rkyv: an archive that is laid out as the structs in memory will be. Copied out, checked and read in place, or trusted and read in
//! place. The error type is `Failure`, which says nothing but that it failed, as in the public benchmark.

use super::{EncodeError, Family, own};
use crate::payload::{Dataset, Readable};
use protocol::{Contender, Operation, Read};
use rkyv::rancor::Failure;
use rkyv::util::AlignedVec;
use std::hint::black_box;
use std::rc::Rc;

/// Encodes `value` into an aligned buffer and builds the contenders: three that read, three that update (two of them in the archive's
/// own bytes), and one that writes, for there is one way to write an archive.
///
/// # Errors
/// An archive beyond the 2 GiB that its 32-bit relative pointers reach.
pub fn family<D: Dataset>(value: &Rc<D>, operation: Operation) -> Result<Option<Family>, EncodeError> {
    let wire = Rc::new(rkyv::to_bytes::<Failure>(&**value).map_err(|error| EncodeError::new("rkyv", &error))?);
    let contenders = match operation {
        Operation::Write => vec![writer(value)],
        Operation::Read(read) => readers::<D>(&wire, read),
        Operation::Update => updaters::<D>(&wire),
    };
    Ok(Some(Family { wire, contenders }))
}

fn writer<D: Dataset>(value: &Rc<D>) -> measure::Contender<Contender> {
    let (value, mut buffer) = (Rc::clone(value), AlignedVec::new());
    measure::Contender::new(Contender::RkyvValidated, move || own(write(black_box(&*value), &mut buffer)) as u64)
}

/// Writes the archive into a buffer that is kept; its length.
fn write<D: Dataset>(value: &D, buffer: &mut AlignedVec) -> Result<usize, Failure> {
    buffer.clear();
    *buffer = rkyv::api::high::to_bytes_in(value, std::mem::take(buffer))?;
    Ok(black_box(&*buffer).len())
}

fn readers<D: Dataset>(wire: &Rc<AlignedVec>, read: Read) -> Vec<measure::Contender<Contender>> {
    let (for_owned, for_validated, for_unvalidated) = (Rc::clone(wire), Rc::clone(wire), Rc::clone(wire));
    vec![
        measure::Contender::new(Contender::RkyvOwned, move || own(owned::<D>(black_box(&for_owned), read))),
        measure::Contender::new(Contender::RkyvValidated, move || own(validated::<D>(black_box(&for_validated), read))),
        // anchor: unvalidated
        measure::Contender::new(Contender::RkyvUnvalidated, move || {
            let bytes: &[u8] = black_box(&for_unvalidated);
            // SAFETY: `family` made these bytes from a `D` by `to_bytes`, into a buffer aligned for any archive; here it is
            // reached through `Rc` only, never mutably, and `black_box` returns what it is given.
            unsafe { rkyv::access_unchecked::<D::Archived>(bytes) }.read(read)
        }),
        // end: unvalidated
    ]
}

fn updaters<D: Dataset>(wire: &Rc<AlignedVec>) -> Vec<measure::Contender<Contender>> {
    let (for_owned, mut buffer) = (Rc::clone(wire), AlignedVec::new());
    let [mut checked, mut trusted] = [(); 2].map(|()| AlignedVec::clone(wire));
    vec![
        measure::Contender::new(Contender::RkyvOwned, move || {
            let mut value = own(rkyv::from_bytes::<D, Failure>(black_box(&for_owned)));
            let sum = value.update();
            black_box(own(write(&value, &mut buffer)));
            sum
        }),
        measure::Contender::new(Contender::RkyvValidated, move || own(update::<D>(black_box(&mut checked)))),
        measure::Contender::new(Contender::RkyvUnvalidated, move || {
            let bytes: &mut [u8] = black_box(&mut trusted);
            // SAFETY: `family` made these bytes from a `D` by `to_bytes`, into a buffer aligned for any archive. They change only by
            // `update_archive`, which puts numbers in numbers' places and nothing else, so they stay the archive of a `D`.
            D::update_archive(unsafe { rkyv::access_unchecked_mut::<D::Archived>(bytes) })
        }),
    ]
}

/// Checks the archive, and changes one number of every entry in place.
///
/// # Errors
/// Bytes that are not the archive of a `D`, or not aligned for it.
// anchor: update
pub fn update<D: Dataset>(bytes: &mut [u8]) -> Result<u64, Failure> {
    Ok(D::update_archive(rkyv::access_mut::<D::Archived, Failure>(bytes)?))
}
// end: update

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
