//! What every archive must withstand, for any document: a module's tests call these on one of its own.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rkyv::api::high::HighDeserializer;
use std::fmt::Debug;

/// What a test may do with a document besides archiving it.
pub trait Testable: Document<Archived: for<'a> CheckBytes<HighValidator<'a, Failure>>> + Debug + PartialEq {}
impl<T: Document<Archived: for<'a> CheckBytes<HighValidator<'a, Failure>>> + Debug + PartialEq> Testable for T {}

/// A body with the header that belongs to it, as if someone had meant it.
fn with_fitting_checksum<T: Testable>(body: &[u8]) -> Vec<u8> {
    [T::MAGIC.as_slice(), &checksum(body).to_le_bytes(), body].concat()
}

/// What goes in comes out, every flipped bit and every cut is found, and damage whose checksum fits never panics, neither when it is checked nor
/// when `read` walks through what got through.
pub fn is_withstood<T>(document: &T, read: impl Fn(&Archive<T>))
where
    T: Testable,
    T::Archived: rkyv::Deserialize<T, HighDeserializer<Failure>>,
{
    let archive = Archive::of(document).unwrap();
    assert_eq!(archive.as_bytes(), Archive::of(document).unwrap().as_bytes(), "the same document, the same bytes");
    let there = Archive::<T>::check(archive.as_bytes()).unwrap();
    assert_eq!(&rkyv::deserialize::<T, Failure>(&*there).unwrap(), document);
    read(&there);
    let good = archive.as_bytes();
    for length in 0..good.len() {
        assert!(Archive::<T>::check(&good[..length]).is_err(), "length {length}");
    }
    // Every bit of a small document, evenly spread ones of a large one.
    let bits = good.len() * 8;
    for bit in (0..bits).step_by((bits / 20_000).max(1)) {
        let mut bad = good.to_vec();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(Archive::<T>::check(&bad).is_err(), "bit {bit}");
    }
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8);
    let damaged = TestRunner::default().run(&changes, |changes| {
        let mut body = good[HEADER..].to_vec();
        for (at, byte) in &changes {
            let at = at.index(body.len());
            body[at] = *byte;
        }
        if let Ok(archive) = Archive::<T>::check(&with_fitting_checksum::<T>(&body)) {
            read(&archive);
        }
        Ok(())
    });
    damaged.unwrap();
}
