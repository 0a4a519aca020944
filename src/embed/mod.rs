//! Ferroscope in other people's pages: a lab in a frame, what its address may ask for, what its host may say and what it answers; the text that an
//! author pastes; and a result as a picture where no frame is allowed.
//!
//! A frame must never take focus, push history, fetch a worker before a click (but for `run=auto`), or do what a message's code or address says.
//! Only `frame`, `claim`, `turns`, `talk`, `host` and `open_full` touch the browser.

pub mod builder;
pub mod choice;
pub mod claim;
pub mod frame;
mod host;
pub mod message;
mod onward;
mod open_full;
mod orders;
pub mod picture;
pub mod query;
pub mod snippet;
mod talk;
mod turns;
