//! The worker bundle of the `data` pillar.

use std::alloc::System;

#[global_allocator]
static ALLOCATOR: worker::Reporting<System> = worker::Reporting(System);

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::host(|input, seed| data::prepare(input, seed).map_err(|error| error.to_string()), data::CRATES);
}
