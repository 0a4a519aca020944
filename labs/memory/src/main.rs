//! The worker bundle of the `memory` pillar.

use memory::Counting;
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: worker::Reporting<Counting<System>> = worker::Reporting(Counting::new(System));

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::host(|input, seed| memory::prepare(input, seed).map_err(|error| error.to_string()), memory::CRATES);
}
