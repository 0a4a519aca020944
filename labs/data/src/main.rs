//! The worker bundle of the `data` pillar; natively, a command that runs its labs.

use counting::Counting;
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: worker::Reporting<Counting<System>> = worker::Reporting(Counting::on_demand(System));

const PREPARE: worker::Prepare = |input, seed| data::prepare(input, seed).map_err(|error| error.to_string());

#[cfg(target_arch = "wasm32")]
const ANSWERING: worker::Answering = |question, _| data::answer(&question).map_err(|error| error.to_string());

#[cfg(target_arch = "wasm32")]
fn main() {
    let on_document =
        |input: &protocol::LabInput, text: &[u8]| data::prepare_document(input, text).map_err(|error| error.to_string());
    worker::host_with_documents(PREPARE, on_document, ANSWERING, data::CRATES);
}

/// One run, natively: `--help` says how to ask for it.
#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    worker::native::main(protocol::LabId::Serialization, PREPARE, data::CRATES)
}
