//! Tells the lab which versions of the crates under test it was built with.

fn main() -> Result<(), locked::Error> {
    // 1 GiB: the largest payload needs about a quarter of it.
    locked::limit_memory(1 << 30);
    locked::emit_versions(&[
        ("serde_json", "std, float_roundtrip"),
        ("simd-json", "serde_impl, runtime-detection"),
        ("postcard", "alloc"),
        ("bitcode", "derive, serde"),
        ("prost", "std, derive"),
        ("flatbuffers", "std"),
        ("zerocopy", "derive"),
        ("rkyv", "std, bytecheck"),
        ("arrow-array", ""),
        ("arrow-ipc", ""),
    ])
}
