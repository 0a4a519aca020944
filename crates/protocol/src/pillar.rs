//! The roadmap's seven pillars: names and one sentence each. What a pillar teaches stands in `lessons/`, never here.

use serde::{Deserialize, Serialize};

/// A pillar of the roadmap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pillar {
    /// Ownership and memory architecture.
    Memory,
    /// Async runtimes and concurrency.
    Concurrency,
    /// Data engineering.
    Data,
    /// Cloud-native services.
    Cloud,
    /// Developer experience.
    Tooling,
    /// Machine-learning inference.
    Inference,
    /// Systems and bare metal.
    Systems,
}

impl Pillar {
    /// The seven, in the roadmap's order.
    pub const ALL: [Self; 7] =
        [Self::Memory, Self::Concurrency, Self::Data, Self::Cloud, Self::Tooling, Self::Inference, Self::Systems];

    /// The pillar's name in addresses, and its folder under `lessons/`.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Concurrency => "concurrency",
            Self::Data => "data",
            Self::Cloud => "cloud",
            Self::Tooling => "tooling",
            Self::Inference => "inference",
            Self::Systems => "systems",
        }
    }

    /// The pillar whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pillar| pillar.slug() == slug)
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Memory => "Ownership and memory",
            Self::Concurrency => "Async and concurrency",
            Self::Data => "Data engineering",
            Self::Cloud => "Cloud services",
            Self::Tooling => "Tooling",
            Self::Inference => "Inference",
            Self::Systems => "Systems and bare metal",
        }
    }

    /// One sentence on what the pillar holds, or will hold.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Memory => "Lifetimes, smart pointers, interior mutability, pinning, and allocators you can watch at work.",
            Self::Concurrency => "Futures polled by hand, wakers, executors, and which lock or channel to pick, by measurement.",
            Self::Data => "Zero-copy reads, serialization formats, columns, and where a request’s time goes.",
            Self::Cloud => "Extractors, middleware, ports and adapters, checked SQL, and traces that tell the truth.",
            Self::Tooling => "Workspaces, lints, licence checks and fast tests, shown on this very repository.",
            Self::Inference => "Models that run in a tab: what they weigh, how fast they answer, what runs in parallel.",
            Self::Systems => "WebAssembly, WASI, no_std, kernels and embedded async: Rust with nothing underneath.",
        }
    }
}
