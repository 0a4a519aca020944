//! The page: everything that is seen. It measures nothing, and knows a lab only through `protocol`.

#![recursion_limit = "256"]

pub mod app;
pub mod components;
pub mod engine;
pub mod instruments;
pub mod labs;
pub mod markup;
pub mod pages;
pub mod state;
