//! The data pillar's labs.

pub mod columns;
pub mod latency_budget;
pub mod packets;
pub mod serialization;
