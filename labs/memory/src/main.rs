//! The worker bundle of the `memory` pillar; natively, a command that runs its labs.

use memory::Counting;
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: worker::Reporting<Counting<System>> = worker::Reporting(Counting::new(System));

const PREPARE: worker::Prepare = |input, seed| memory::prepare(input, seed).map_err(|error| error.to_string());

#[cfg(target_arch = "wasm32")]
const ANSWERING: worker::Answering = |question, _| memory::answer(&question).map_err(|error| error.to_string());

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::host(PREPARE, ANSWERING, memory::CRATES);
}

/// One run, natively: `--help` says how to ask for it.
#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    worker::native::main(protocol::LabId::Arena, PREPARE, memory::CRATES)
}
