//! A discrete-event simulation of a service: requests arrive, pass stages, and queue for cores.
//!
//! [`System::run`] gives every request's time in the system. It must never time anything or know what a stage stands for: times are in
//! whatever unit it is handed, and all that is random follows from a seed.

mod arrivals;
mod station;
mod tail;

pub use arrivals::{Arrivals, Pattern};
pub use station::{Step, System, merged};
pub use tail::{Tail, between_batches, quantile};
