//! The page: everything that is seen. It measures nothing, and knows a lab only through `protocol`.

#![recursion_limit = "256"]
#![allow(
    clippy::must_use_candidate,
    clippy::needless_pass_by_value,
    reason = "components: `view!` uses what they return, and their properties come by value"
)]

pub mod app;
pub mod audit;
pub mod components;
pub mod embed;
pub mod engine;
pub mod instruments;
pub mod labs;
pub mod markup;
pub mod pages;
pub mod pieces;
#[cfg(feature = "ssr")]
pub mod prerender;
pub mod search;
pub mod stage;
pub mod state;
pub mod takeover;
