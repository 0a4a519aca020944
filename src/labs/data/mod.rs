//! The data pillar's labs.

pub mod byte_lens;
pub mod columns;
pub mod evolution;
pub mod latency_budget;
pub mod packets;
pub mod serialization;
