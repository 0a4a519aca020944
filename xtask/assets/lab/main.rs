//! The worker bundle of the `{pillar}` pillar; natively, a command that runs its labs.

use std::alloc::System;

#[global_allocator]
static ALLOCATOR: worker::Reporting<System> = worker::Reporting(System);

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::host({crate}::prepare, worker::no_questions, &[]);
}

/// One run, natively: `--help` says how to ask for it.
#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    worker::native::main(protocol::LabId::SelfTest, {crate}::prepare, &[])
}
