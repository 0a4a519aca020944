//! Damaged bytes are an error or some value, never a panic, for every contender that does not trust its bytes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test: the first surprise ends it")]

use ::rkyv::util::AlignedVec;
use data::contender::{bitcode, families, flatbuffers, json, postcard, prost, rkyv, simd_json, zerocopy};
use data::payload::{Dataset, Document, Logs, Mesh, Node, Orders, Saves};
use proptest::prelude::*;
use protocol::{Operation, Read, Seed};
use std::rc::Rc;

/// Has every safe reader and updater work on `bytes`, which may be anything: whether each accepts them.
fn read_all<D: Dataset>(bytes: &[u8]) -> [bool; 10] {
    let mut aligned = AlignedVec::<16>::new();
    aligned.extend_from_slice(bytes);
    let read = [
        json::owned::<D>(bytes, Read::Every).is_ok(),
        json::borrowed::<D>(bytes, Read::Every).is_ok(),
        simd_json::owned::<D>(bytes, Read::Every).is_ok(),
        postcard::owned::<D>(bytes, Read::Every).is_ok(),
        bitcode::owned::<D>(bytes, Read::Every).is_ok(),
        prost::owned::<D>(bytes, Read::Every).is_ok(),
        flatbuffers::verified::<D>(&aligned, Read::Every).is_ok(),
        zerocopy::in_place::<D>(bytes, Read::Every).is_ok(),
        rkyv::owned::<D>(&aligned, Read::Every).is_ok(),
        rkyv::validated::<D>(&aligned, Read::Every).is_ok(),
    ];
    let updated = [zerocopy::update::<D>(&mut bytes.to_vec()).is_ok(), rkyv::update::<D>(&mut aligned).is_ok()];
    assert_eq!(updated, [read[7], read[9]], "who may read may update");
    read
}

/// Which of [`read_all`]'s readers are of each format, in the order of [`families`].
const READERS: [std::ops::Range<usize>; 8] = [0..2, 2..3, 3..4, 4..5, 5..6, 6..7, 7..8, 8..10];

/// The bytes of each format that can hold the value, with its readers.
fn wires<D: Dataset>(seed: u64) -> Vec<(Vec<u8>, std::ops::Range<usize>)> {
    let value = Rc::new(D::generate(Seed(seed), 6));
    let families = families::<D>().map(|family| family(&value, Operation::default()).unwrap());
    let bytes = families.into_iter().map(|family| family.map(|family| (*family.wire).as_ref().to_vec()));
    bytes.zip(READERS).filter_map(|(bytes, readers)| Some((bytes?, readers))).collect()
}

fn flipped_and_cut<D: Dataset>(seed: u64, flips: &[(usize, u8)], cut: usize) {
    for (mut wire, _) in wires::<D>(seed) {
        for &(place, bit) in flips {
            let place = place % wire.len();
            wire[place] ^= 1 << bit;
        }
        read_all::<D>(&wire);
        wire.truncate(cut % wire.len());
        read_all::<D>(&wire);
    }
}

#[test]
fn whole_bytes_are_read_and_cut_ones_refused() {
    fn check<D: Dataset>() {
        for (wire, readers) in wires::<D>(1) {
            assert!(read_all::<D>(&wire)[readers.clone()].iter().all(|&accepted| accepted), "{readers:?}");
            // A message may end after any of its fields, and the rest then counts as left out.
            let cut = read_all::<D>(&wire[..=wire.len() / 2]);
            assert!(readers.clone().all(|reader| !cut[reader] || reader == 5), "{readers:?}");
        }
        // Nothing at all is no value, but it is an empty message, and no rows.
        let accepted = read_all::<D>(&[]);
        assert!((0..10).all(|reader| accepted[reader] == (reader == 5 || reader == 7)), "{accepted:?}");
    }
    check::<Logs<String>>();
    check::<Mesh>();
    check::<Orders<String>>();
    check::<Node<String>>();
    check::<Saves<String>>();
    check::<Document<String>>();
}

#[test]
fn an_unaligned_archive_is_refused() {
    let (wire, _) = wires::<Logs<String>>(1).pop().unwrap();
    let mut shifted = AlignedVec::<16>::new();
    shifted.extend_from_slice(&[0]);
    shifted.extend_from_slice(&wire);
    assert!(rkyv::validated::<Logs<String>>(&shifted[1..], Read::Every).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_never_panics(seed: u64, flips in prop::collection::vec((any::<usize>(), 0_u8..8), 1..6), cut: usize) {
        flipped_and_cut::<Logs<String>>(seed, &flips, cut);
        flipped_and_cut::<Mesh>(seed, &flips, cut);
        flipped_and_cut::<Orders<String>>(seed, &flips, cut);
        flipped_and_cut::<Node<String>>(seed, &flips, cut);
        flipped_and_cut::<Saves<String>>(seed, &flips, cut);
        flipped_and_cut::<Document<String>>(seed, &flips, cut);
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all::<Logs<String>>(&bytes);
        read_all::<Mesh>(&bytes);
        read_all::<Orders<String>>(&bytes);
        read_all::<Node<String>>(&bytes);
        read_all::<Saves<String>>(&bytes);
        read_all::<Document<String>>(&bytes);
    }
}
