//! Must not compile on stable Rust 1.95: a standard vector cannot be told where to allocate.

// anchor: allocator_api
fn main() {
    let edges: Vec<u32> = Vec::new_in(std::alloc::Global);
    drop(edges);
}
// end: allocator_api
