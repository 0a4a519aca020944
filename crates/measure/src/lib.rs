//! Sampling and statistics: how a fast operation is timed on a coarse, noisy clock.
//!
//! [`run`] takes samples; [`time_interval`] and [`ratio_interval`] say what they are worth. The crate reads no clock of its own: the
//! caller hands it one, so that every test runs on a fake one. It must never know what it measures, and never drop a sample.

mod clock;
mod contender;
mod interval;
mod outcome;
mod plan;
mod rough;
mod run;
mod sampler;
mod statistics;
mod warmup;

pub use clock::detect_step;
pub use contender::{Afterwards, Clock, Contender, Experiment, Laps};
pub use interval::{CONFIDENCE, Samples, median_interval, ratio_interval, time_interval};
pub use outcome::{Cold, Estimate, Outcome, Progress, RatioEstimate, Series};
pub use plan::{EmptyLoop, Plan, Rough};
pub use run::run;
pub use statistics::{NOISY, is_noisy, mad, median, noise};
