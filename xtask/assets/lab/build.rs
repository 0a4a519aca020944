//! Bounds the bundle's memory.

fn main() {
    // 1 GiB; less where enough.
    locked::limit_memory(1 << 30);
}
