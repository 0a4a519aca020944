//! The memory pillar's labs.

pub mod allocators;
pub mod arena;
pub mod clones;
pub mod layout;
mod watch;
