//! The data pillar's labs.

pub mod latency_budget;
pub mod serialization;
