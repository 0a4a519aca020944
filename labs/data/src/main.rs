//! The worker bundle of the `data` pillar; natively, a command that runs its labs.

use std::alloc::System;

#[global_allocator]
static ALLOCATOR: worker::Reporting<System> = worker::Reporting(System);

const PREPARE: worker::Prepare = |input, seed| data::prepare(input, seed).map_err(|error| error.to_string());

#[cfg(target_arch = "wasm32")]
const ANSWERING: worker::Answering = |question, _| data::answer(&question).map_err(|error| error.to_string());

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::host(PREPARE, ANSWERING, data::CRATES);
}

/// One run, natively: `--help` says how to ask for it.
#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    worker::native::main(protocol::LabId::Serialization, PREPARE, data::CRATES)
}
