//! The worker bundle that draws memory: the same labs under a tracing allocator. It answers questions and never runs what is timed.

use memory::Tracing;
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: worker::Reporting<Tracing<System>> = worker::Reporting(Tracing::new(System));

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::host(
        |input, _| Err(format!("{} is timed by another bundle", input.lab().slug())),
        |question, _| memory::watch(question).map_err(|error| error.to_string()),
        memory::CRATES,
    );
}

/// Natively there is nothing to draw: `tests/traces.rs` looks at what is noted.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    let _ = memory::watch;
}
