//! The data is the public benchmark's, natively and in Wasm, where a `usize` is 32 bits wide: at full size its JSON has exactly the
//! published lengths (`rust_serialization_benchmark`, README of 2026-08-21). A digest of the bytes also tells equal lengths apart, and
//! holds `order` and `tree` still.
#![allow(clippy::unwrap_used, reason = "a test: the first surprise ends it")]

use data::contender::families;
use data::payload::{Dataset, Logs, Mesh, Node, Orders, Saves};
use protocol::{Operation, Payload, PayloadSize, Seed};
use std::io;
use std::rc::Rc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

/// Counts bytes and digests them (FNV-1a), so that 26 MB need not be kept.
struct Digest {
    length: usize,
    fnv: u64,
}

impl io::Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.length += bytes.len();
        self.fnv = bytes.iter().fold(self.fnv, |fnv, &byte| (fnv ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn json_of<D: Dataset>(payload: Payload) -> (usize, u64) {
    let value = D::generate(Seed::default(), payload.entries(PayloadSize::Full));
    let mut digest = Digest { length: 0, fnv: 0xcbf2_9ce4_8422_2325 };
    serde_json::to_writer(&mut digest, &value).unwrap();
    (digest.length, digest.fnv)
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn log_is_the_published_one() {
    assert_eq!(json_of::<Logs<String>>(Payload::Log), (1_827_461, 8_532_601_057_587_277_029));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn mesh_is_the_published_one() {
    assert_eq!(json_of::<Mesh>(Payload::Mesh), (26_192_883, 7_252_121_480_537_964_691));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn order_and_tree_stay_what_they_are() {
    assert_eq!(json_of::<Orders<String>>(Payload::Order), (53_674, 4_717_098_310_671_524_937));
    assert_eq!(json_of::<Node<String>>(Payload::Tree), (2_436_241, 13_635_972_888_448_447_732));
}

/// The lengths of JSON, postcard, bitcode and rkyv in the public table.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_formats_take_the_published_numbers_of_bytes() {
    fn lengths<D: Dataset>(payload: Payload) -> [usize; 4] {
        let value = Rc::new(D::generate(Seed::default(), payload.entries(PayloadSize::Full)));
        let families = families::<D>().map(|family| family(&value, Operation::Write).unwrap());
        let all = families.map(|family| family.map_or(0, |family| (*family.wire).as_ref().len()));
        [all[0], all[2], all[3], all[7]]
    }
    assert_eq!(lengths::<Logs<String>>(Payload::Log), [1_827_461, 724_953, 703_710, 1_011_488]);
    assert_eq!(lengths::<Mesh>(Payload::Mesh), [26_192_883, 6_000_003, 6_000_006, 6_000_008]);
    assert_eq!(lengths::<Saves<String>>(Payload::Savedata), [1_623_191, 367_489, 327_688, 603_776]);
}
