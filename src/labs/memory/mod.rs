//! The memory pillar's labs.

pub mod arena;
