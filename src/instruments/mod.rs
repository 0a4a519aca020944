//! The drawings that labs share. Each is fed by plain data, lays it out by plain arithmetic, and must never know which lab it draws.

pub mod bars;
pub mod budget;
pub mod lines;
pub mod load;
pub mod memory_view;
pub mod pie;
pub mod scale;
