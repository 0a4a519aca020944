//! One list of fields, laid out in four ways. The program prints what the compiler decided.
#![allow(dead_code, reason = "only the layout of the fields is looked at")]

use std::mem::offset_of;

// anchor: types
/// As written, and laid out as Rust likes.
struct Free {
    flag: bool,
    id: u64,
    kind: u8,
    count: u32,
}

/// The same fields, in the order in which they are written, as C does it.
#[repr(C)]
struct InOrder {
    flag: bool,
    id: u64,
    kind: u8,
    count: u32,
}

/// In C's way, but sorted by hand: the widest first.
#[repr(C)]
struct Sorted {
    id: u64,
    count: u32,
    kind: u8,
    flag: bool,
}

/// Without any padding, and so without alignment.
#[repr(C, packed)]
struct Packed {
    flag: bool,
    id: u64,
    kind: u8,
    count: u32,
}
// end: types

// anchor: main
macro_rules! show {
    ($type:ident) => {
        println!(
            "{:8} {:2} bytes, aligned to {}: flag at {:2}, id at {:2}, kind at {:2}, count at {:2}",
            stringify!($type),
            size_of::<$type>(),
            align_of::<$type>(),
            offset_of!($type, flag),
            offset_of!($type, id),
            offset_of!($type, kind),
            offset_of!($type, count),
        );
    };
}

fn main() {
    show!(Free);
    show!(InOrder);
    show!(Sorted);
    show!(Packed);
    println!(
        "a million: {} MB against {} MB",
        size_of::<[InOrder; 1_000_000]>() / 1_000_000,
        size_of::<[Free; 1_000_000]>() / 1_000_000
    );
}
// end: main
