//! Damaged bytes are an error or some value, never a panic, for every contender that does not trust its bytes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test: the first surprise ends it")]

use ::rkyv::util::AlignedVec;
use data::contender::{families, json, postcard, rkyv};
use data::payload::{Dataset, Logs, Mesh, Node, Orders};
use proptest::prelude::*;
use protocol::{Read, Seed};

/// Has every safe reader read `bytes`, which may be anything: whether each accepts them.
fn read_all<D: Dataset>(bytes: &[u8]) -> [bool; 5] {
    let mut aligned = AlignedVec::<16>::new();
    aligned.extend_from_slice(bytes);
    [
        json::owned::<D>(bytes, Read::Every).is_ok(),
        json::borrowed::<D>(bytes, Read::Every).is_ok(),
        postcard::owned::<D>(bytes, Read::Every).is_ok(),
        rkyv::owned::<D>(&aligned, Read::Every).is_ok(),
        rkyv::validated::<D>(&aligned, Read::Every).is_ok(),
    ]
}

fn wires<D: Dataset>(seed: u64) -> [Vec<u8>; 3] {
    let value = D::generate(Seed(seed), 6);
    families::<D>().map(|family| (*family(&value, Read::Every).unwrap().wire).as_ref().to_vec())
}

fn flipped_and_cut<D: Dataset>(seed: u64, flips: &[(usize, u8)], cut: usize) {
    for mut wire in wires::<D>(seed) {
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
        let [json, postcard, rkyv] = wires::<D>(1);
        assert_eq!(read_all::<D>(&json)[..2], [true; 2]);
        assert!(read_all::<D>(&postcard)[2]);
        assert_eq!(read_all::<D>(&rkyv)[3..], [true; 2]);
        for wire in [&json, &postcard, &rkyv] {
            assert_eq!(read_all::<D>(&wire[..wire.len() / 2]), [false; 5]);
            assert_eq!(read_all::<D>(&[]), [false; 5]);
        }
    }
    check::<Logs<String>>();
    check::<Mesh>();
    check::<Orders<String>>();
    check::<Node<String>>();
}

#[test]
fn an_unaligned_archive_is_refused() {
    let [.., wire] = wires::<Logs<String>>(1);
    let mut shifted = AlignedVec::<16>::new();
    shifted.extend_from_slice(&[0]);
    shifted.extend_from_slice(&wire);
    assert!(rkyv::validated::<Logs<String>>(&shifted[1..], Read::Every).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_never_panics(seed: u64, flips in prop::collection::vec((any::<usize>(), 0_u8..8), 1..6), cut: usize) {
        flipped_and_cut::<Logs<String>>(seed, &flips, cut);
        flipped_and_cut::<Mesh>(seed, &flips, cut);
        flipped_and_cut::<Orders<String>>(seed, &flips, cut);
        flipped_and_cut::<Node<String>>(seed, &flips, cut);
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all::<Logs<String>>(&bytes);
        read_all::<Mesh>(&bytes);
        read_all::<Orders<String>>(&bytes);
        read_all::<Node<String>>(&bytes);
    }
}
