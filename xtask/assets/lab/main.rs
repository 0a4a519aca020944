//! The worker bundle of the `{pillar}` pillar.

use std::alloc::System;

#[global_allocator]
static ALLOCATOR: worker::Reporting<System> = worker::Reporting(System);

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::host({crate}::prepare, &[]);
}
