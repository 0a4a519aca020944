//! A lab in somebody else's page: what its address may ask for, what its host may say, and what it answers.
//!
//! It must never take focus, push history, fetch a worker before a click (but for `run=auto`), or do what a message's code or address says.

pub mod frame;
mod host;
pub mod message;
pub mod query;
