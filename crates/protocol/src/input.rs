//! What a reader can choose before a run.

use crate::{ColumnsInput, LabId, PacketsInput};
use serde::{Deserialize, Serialize};

/// A lab's input, and with it which lab is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabInput {
    /// The latency budget's four rungs on one payload.
    LatencyBudget(DataInput),
    /// All contenders on one payload.
    Serialization(DataInput),
    /// The columns lab's trades.
    Columns(ColumnsInput),
    /// The packets lab's stream.
    Packets(PacketsInput),
    /// The arena lab's graph.
    Arena(ArenaInput),
    /// What the self-test does wrong.
    SelfTest(Fault),
}

impl LabInput {
    /// The lab this is an input of.
    #[must_use]
    pub const fn lab(&self) -> LabId {
        match self {
            Self::LatencyBudget(_) => LabId::LatencyBudget,
            Self::Serialization(_) => LabId::Serialization,
            Self::Columns(_) => LabId::Columns,
            Self::Packets(_) => LabId::Packets,
            Self::Arena(_) => LabId::Arena,
            Self::SelfTest(_) => LabId::SelfTest,
        }
    }

    /// What the lab starts with.
    #[must_use]
    pub fn default_of(lab: LabId) -> Self {
        match lab {
            LabId::LatencyBudget => Self::LatencyBudget(DataInput::default()),
            LabId::Serialization => Self::Serialization(DataInput::default()),
            LabId::Columns => Self::Columns(ColumnsInput::default()),
            LabId::Packets => Self::Packets(PacketsInput::default()),
            LabId::Arena => Self::Arena(ArenaInput::default()),
            LabId::SelfTest => Self::SelfTest(Fault::None),
        }
    }
}

/// The data labs' choice: what is parsed, how much of it, and what is read afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DataInput {
    /// The data set.
    pub payload: Payload,
    /// How much of it: a prefix of the full set.
    pub size: PayloadSize,
    /// What the handler reads once it has the data.
    pub read: Read,
}

/// A data set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Payload {
    /// Web-server log lines.
    #[default]
    Log,
    /// Triangles of 32-bit floats.
    Mesh,
    /// Small high-frequency-trading orders.
    Order,
    /// A nested document heavy in strings.
    Tree,
}

impl Payload {
    /// Every payload, in the order menus show them.
    pub const ALL: [Self; 4] = [Self::Log, Self::Mesh, Self::Order, Self::Tree];

    /// The payload's name in links and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Mesh => "mesh",
            Self::Order => "order",
            Self::Tree => "tree",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Log => "log lines",
            Self::Mesh => "mesh of floats",
            Self::Order => "trading order",
            Self::Tree => "nested document",
        }
    }

    /// How many entries (log lines, triangles, orders, documents’ nodes) a size holds.
    #[must_use]
    #[allow(clippy::match_same_arms, reason = "a table: a line for each payload and size")]
    pub const fn entries(self, size: PayloadSize) -> u32 {
        match (self, size) {
            (Self::Log, PayloadSize::Small) => 100,
            (Self::Log | Self::Tree, PayloadSize::Medium) => 1_000,
            (Self::Log | Self::Tree, PayloadSize::Full) => 10_000,
            (Self::Mesh, PayloadSize::Small) => 1_000,
            (Self::Mesh, PayloadSize::Medium) => 10_000,
            (Self::Mesh, PayloadSize::Full) => 125_000,
            (Self::Order, PayloadSize::Small) => 1,
            (Self::Order, PayloadSize::Medium) => 16,
            (Self::Order, PayloadSize::Full) => 256,
            (Self::Tree, PayloadSize::Small) => 50,
        }
    }

    /// What one entry is called.
    #[must_use]
    pub const fn entry_name(self) -> &'static str {
        match self {
            Self::Log => "log lines",
            Self::Mesh => "triangles",
            Self::Order => "orders",
            Self::Tree => "nodes",
        }
    }
}

/// How large a prefix of the full data set is used; [`Payload::entries`] says how many entries that is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PayloadSize {
    /// A single message's worth.
    Small,
    /// Between the two.
    #[default]
    Medium,
    /// The published benchmark's size for `log` and `mesh`.
    Full,
}

impl PayloadSize {
    /// Every size, small first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Full];

    /// The size's name in links, exports and controls.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Full => "full",
        }
    }
}

/// What is read once the data is there. Reading is part of the timed job: a parse that reads nothing proves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Read {
    /// One field of one entry.
    Field,
    /// One field of every entry.
    Column,
    /// Every field of every entry.
    #[default]
    Every,
}

impl Read {
    /// Every choice, least reading first.
    pub const ALL: [Self; 3] = [Self::Field, Self::Column, Self::Every];

    /// The choice's name in links and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Column => "column",
            Self::Every => "every",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Field => "one field",
            Self::Column => "one column",
            Self::Every => "every field",
        }
    }
}

/// The arena lab's graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ArenaInput {
    /// How many nodes; the lab clamps it to 1..=[`ArenaInput::MAX_NODES`].
    pub nodes: u32,
    /// How many edges leave each node; the lab clamps it to 1..=[`ArenaInput::MAX_DEGREE`].
    pub degree: u32,
}

impl ArenaInput {
    /// The largest graph the lab builds.
    pub const MAX_NODES: u32 = 100_000;
    /// The most edges a node may have.
    pub const MAX_DEGREE: u32 = 8;
    /// The numbers of nodes that readers can choose, and recordings may hold.
    pub const NODES: [u32; 4] = [100, 1_000, 10_000, Self::MAX_NODES];
    /// The numbers of edges that readers can choose, and recordings may hold.
    pub const DEGREES: [u32; 4] = [1, 3, 5, Self::MAX_DEGREE];
}

impl Default for ArenaInput {
    fn default() -> Self {
        Self { nodes: 10_000, degree: 3 }
    }
}

/// What the self-test does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// Nothing wrong: a short run that succeeds.
    #[default]
    None,
    /// Panics.
    Panic,
    /// Loops for ever.
    Hang,
    /// Allocates without end.
    OutOfMemory,
    /// Rejects a promise that nobody awaits.
    RejectPromise,
    /// Sends bytes that are no message.
    DamagedMessage,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 6] =
        [Self::None, Self::Panic, Self::Hang, Self::OutOfMemory, Self::RejectPromise, Self::DamagedMessage];

    /// The fault's name in links and controls.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Panic => "panic",
            Self::Hang => "hang",
            Self::OutOfMemory => "out-of-memory",
            Self::RejectPromise => "reject-promise",
            Self::DamagedMessage => "damaged-message",
        }
    }
}
