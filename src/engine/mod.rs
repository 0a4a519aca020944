//! Starts workers, sends runs and questions, enforces deadlines.
//!
//! [`machine`] and [`asking`] decide and know no browser; [`runner`] and [`asker`] do what they decide, with their [`hands`]. The page must never wait for a worker, and a
//! worker's bytes are never trusted.

mod asker;
mod asking;
mod bundle;
mod failure;
mod hands;
mod keeper;
mod machine;
mod manifest;
mod offline;
mod runner;
mod worker;

pub use asker::{Asker, NothingRuns};
pub use asking::{AskStage, Asking};
pub use bundle::fetch;
pub use failure::RunFailure;
pub use keeper::Keeper;
pub use machine::{Incoming, Live, Run, RunRequest, Stage};
pub use manifest::{CourseFiles, Manifest};
pub use offline::{Offer, Offline};
pub use runner::{OnDone, Runner};
