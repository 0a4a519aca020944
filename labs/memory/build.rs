//! Tells the lab the locked versions of the crates it measures.

fn main() -> Result<(), locked::Error> {
    // 1 GiB: the largest payload needs about a quarter of it.
    locked::limit_memory(1 << 30);
    locked::emit_versions(&[("bumpalo", "boxed, collections"), ("talc", "")])
}
