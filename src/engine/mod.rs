//! Starts workers, sends runs, enforces deadlines.
//!
//! [`machine`] decides and knows no browser; [`runner`] does what it decides. The page must never wait for a worker, and a
//! worker's bytes are never trusted.

mod bundle;
mod failure;
mod keeper;
mod machine;
mod manifest;
mod offline;
mod runner;
mod worker;

pub use bundle::fetch;
pub use failure::RunFailure;
pub use keeper::Keeper;
pub use machine::{Incoming, Live, Run, RunRequest, Stage};
pub use manifest::{CourseFiles, Manifest};
pub use offline::{Offer, Offline};
pub use runner::{OnDone, Runner};
