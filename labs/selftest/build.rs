//! Bounds the bundle's memory.

fn main() {
    // 64 MiB, so that the out-of-memory fault is reached in a moment.
    locked::limit_memory(64 << 20);
}
