//! The worker bundles. A bundle is named here alone; what it hosts stands at [`crate::LabId::bundle`].

use serde::{Deserialize, Serialize};

/// A worker bundle: one Wasm module, which hosts the labs of one `labs/` crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Bundle {
    /// `labs/data`
    Data,
    /// `labs/memory`
    Memory,
    /// `labs/memory` again, under a tracing allocator: it answers questions and times nothing.
    MemoryTrace,
    /// `labs/selftest`
    SelfTest,
}

impl Bundle {
    /// Every bundle.
    pub const ALL: [Self; 4] = [Self::Data, Self::Memory, Self::MemoryTrace, Self::SelfTest];

    /// The bundle's binary, and the stem of its files in `dist/`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Memory => "memory",
            Self::MemoryTrace => "memory_trace",
            Self::SelfTest => "selftest",
        }
    }

    /// The crate that the bundle is a binary of, and its folder in `labs/`.
    #[must_use]
    pub const fn package(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Memory | Self::MemoryTrace => "memory",
            Self::SelfTest => "selftest",
        }
    }
}
