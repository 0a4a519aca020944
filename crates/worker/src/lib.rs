//! Hosts one bundle of labs inside a Web Worker: the only place with `postMessage` and `performance.now`.
//!
//! A bundle's `main.rs` calls `host` and nothing else; started natively, it calls `native::main`. [`session`] does the work and knows
//! no browser, so it runs natively under test and in `cargo xtask compare-native`. Nothing here may know what a lab measures.

mod analyse;
mod convert;
mod out_of_memory;
pub mod session;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;

#[cfg(target_arch = "wasm32")]
pub use browser::{faults, host, host_with_documents};
pub use out_of_memory::Reporting;
pub use session::{About, Answering, Prepare, PrepareDocument, Prepared, Session, no_questions};
