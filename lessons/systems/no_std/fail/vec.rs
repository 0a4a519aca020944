//! Must not compile: without the standard library there is no `Vec`, since nobody said where memory comes from.
#![no_std]

// anchor: vec
fn main() {
    let mut readings = Vec::new();
    readings.push(7_u16);
}
// end: vec
