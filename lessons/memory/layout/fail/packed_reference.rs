//! Must not compile: a field of a packed struct may lie at any address, and a reference must be aligned.

// anchor: packed_reference
#[repr(C, packed)]
struct Packed {
    flag: bool,
    id: u64,
}

fn id_of(packed: &Packed) -> &u64 {
    &packed.id
}
// end: packed_reference

fn main() {}
