//! The memory pillar's labs.

pub mod allocators;
pub mod arena;
mod watch;
