//! Compiles and tests every Rust file that a lesson shows: the code a reader sees is code that was run.
//!
//! - `lessons/<pillar>/<lesson>/<name>.rs` must compile as a module and pass its own tests: `tests/lessons.rs`, whose list of
//!   modules the build script writes from what it finds.
//! - `lessons/<pillar>/<lesson>/fail/<name>.rs` must not compile, and for the reason that `<name>.stderr` beside it states:
//!   `tests/fail.rs`. To write that file anew: `TRYBUILD=overwrite cargo test -p samples --test fail`, and read what changed.
//! - `tests/alone.rs` compiles some of them once more, each as a crate of its own with other switches: `no_std`, overflow checks on and off.
//! - `lessons/placement/<name>.rs` is a whole program: it is compiled by rustc alone and run, and what comes of it must be what
//!   `<name>.stdout`, `<name>.stderr` (refused) or `<name>.panic` beside it states: `tests/placement.rs`. To write those files anew:
//!   `BLESS=1 cargo nextest run -p samples placement`, and read what changed.
//! - `tests/program.rs` does the same with each `lessons/<pillar>/<lesson>/<name>.rs` that has a `main`: `<name>.stdout` or `<name>.panic`, written anew by
//!   `BLESS=1 cargo nextest run -p samples program`. Addresses in it are those of the run that wrote it: in another run they must repeat alike.
//!
//! A Rust file anywhere else under `lessons/` stops the build, and a failing sample without its diagnostic fails the test: none is
//! left out in silence. A new library for a lesson is one line under `[dev-dependencies]`. This crate itself must stay empty:
//! nothing may depend on it.
