//! Scalars, structs with their gaps, promised layouts, and what is neither: arrays, types without bytes, unions.

use super::Entry;
use std::marker::PhantomData;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::num::Wrapping;

/// What has no parts.
pub fn scalars() -> Vec<Entry> {
    vec![
        of_type!(Scalar, "Two values in a byte: all the other patterns are never used.", bool),
        of_type!(Scalar, "A Unicode scalar value, not a byte of text.", char),
        of_type!(Scalar, "As wide as an address: look at both machines.", usize),
        of_type!(Scalar, "Eight bytes, and on most machines an address that is a multiple of eight.", u64),
        of_type!(Scalar, "Compare its alignment with its size.", u128),
        of_type!(Scalar, "A wrapper is free: the same layout as what it wraps.", Wrapping<u16>),
    ]
}

/// Fields and the gaps between them.
pub fn structs() -> Vec<Entry> {
    vec![
        of_struct!(
            Struct,
            "No promise was made, so Rust puts the wide fields first. The gap is at the end.",
            struct Free {
                open: bool,
                id: u64,
                kind: u8,
                amount: u32,
            }
        ),
        of_struct!(
            Struct,
            "The same fields, in the order in which they are written. Count the gaps.",
            #[repr(C)]
            struct InOrder {
                open: bool,
                id: u64,
                kind: u8,
                amount: u32,
            }
        ),
        of_struct!(
            Struct,
            "Written widest first: promised, and as small as what Rust chose.",
            #[repr(C)]
            struct Sorted {
                id: u64,
                amount: u32,
                kind: u8,
                open: bool,
            }
        ),
        of_struct!(
            Struct,
            "One byte more than eight, and the next element of an array must be aligned too.",
            #[repr(C)]
            struct OneMore {
                id: u64,
                flag: u8,
            }
        ),
        of_struct!(
            Struct,
            "A struct within a struct brings its own padding along: nobody else may lie in it.",
            #[repr(C)]
            struct Nested {
                first: (u32, u8),
                second: u8,
            }
        ),
        of_struct!(
            Struct,
            "A text, a number, a flag: as wide as its addresses are.",
            struct Person {
                name: String,
                age: u8,
                active: bool,
            }
        ),
        of_tuple!(
            Struct,
            "A tuple is a struct whose fields have no names; Rust sorts it likewise.",
            (u8, u32, u8),
            [0: u8, 1: u32, 2: u8]
        ),
    ]
}

/// What `repr` promises.
pub fn promised() -> Vec<Entry> {
    vec![
        of_struct!(
            Repr,
            "No gaps, and no alignment: every address will do, so every access may straddle.",
            #[repr(C, packed)]
            struct Packed {
                open: bool,
                id: u64,
                kind: u8,
                amount: u32,
            }
        ),
        of_struct!(
            Repr,
            "Packed half way: gaps of at most one byte.",
            #[repr(C, packed(2))]
            struct PackedByTwo {
                open: bool,
                id: u64,
                kind: u8,
                amount: u32,
            }
        ),
        of_struct!(
            Repr,
            "A counter with a cache line to itself, so that two processors never fight for one line.",
            #[repr(align(64))]
            struct OwnLine {
                count: u64,
            }
        ),
        of_struct!(
            Repr,
            "The same layout as its one field: a type of its own, for nothing.",
            #[repr(transparent)]
            struct Meters {
                value: f64,
            }
        ),
    ]
}

/// Arrays, types without bytes, unions.
pub fn others() -> Vec<Entry> {
    vec![
        of_array!(Other, "Elements without anything between them: the size is a product.", [u16; 3], [1, 2, 3], |element| [
            "" = element
        ]),
        of_type!(Other, "A byte's alignment, however long the array.", [u8; 17]),
        of_array!(Other, "Padding of an element is there for each of them.", [(u32, u8); 4], [(1, 2); 4], |element| [
            ".0" = &element.0,
            ".1" = &element.1
        ]),
        of_type!(Other, "Nothing at all: a list of a million of these takes no memory.", ()),
        of_struct!(
            Other,
            "It mentions a type and holds none of it.",
            struct Typed {
                kind: PhantomData<String>,
                id: u16,
            }
        ),
        of_struct!(
            Other,
            "No bytes, yet an alignment: what holds it becomes stricter.",
            #[repr(C)]
            struct Strict {
                none: [u64; 0],
                byte: u8,
            }
        ),
        of_union!(Other, "As wide as its widest field; which one is meant, nobody has written down.",
            #[repr(C)] union Number { whole: u32, real: f64, bytes: [u8; 5] }),
        of_type!(Other, "Room for a value that may not be there yet, without a tag: you must know.", MaybeUninit<u32>),
        of_type!(Other, "A value whose destructor is never run, without a byte more.", ManuallyDrop<String>),
    ]
}
