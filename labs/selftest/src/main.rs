//! The self-test's worker bundle.

use std::alloc::System;

#[global_allocator]
static ALLOCATOR: worker::Reporting<System> = worker::Reporting(System);

#[cfg(target_arch = "wasm32")]
const BROWSER: selftest::Browser = selftest::Browser {
    reject_promise: worker::faults::reject_promise,
    send_damaged_message: worker::faults::send_damaged_message,
};

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::host(
        |input, _seed| selftest::prepare(input, BROWSER),
        |question, tell| selftest::answer(question, BROWSER, tell),
        &[],
    );
}
