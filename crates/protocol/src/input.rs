//! What a reader can choose before a run.

use crate::{
    AllocatorsInput, ArenaInput, Changes, ClonesInput, ColumnsInput, Contender, InteriorInput, LabId, LayoutInput,
    LifetimesInput, PacketsInput, Phase, PinInput, evolution::EvolutionInput, lens::LensInput,
};
use serde::{Deserialize, Serialize};

/// A lab's input, and with it which lab is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabInput {
    /// The latency budget's four rungs on one payload.
    LatencyBudget(DataInput),
    /// The columns lab's trades.
    Columns(ColumnsInput),
    /// The packets lab's stream.
    Packets(PacketsInput),
    /// Every format, at one operation on one payload.
    Serialization(SerializationInput),
    /// The same on a document that the reader brought, which travels beside it.
    OwnDocument(DocumentInput),
    /// The byte lens's record.
    ByteLens(LensInput),
    /// The change that is looked at.
    Evolution(EvolutionInput),
    /// The arena lab's graph.
    Arena(ArenaInput),
    /// The allocator lab's calls.
    Allocators(AllocatorsInput),
    /// The clones lab's text.
    Clones(ClonesInput),
    /// The interior mutability lab's counter.
    InteriorMutability(InteriorInput),
    /// The layout lab's readings.
    Layout(LayoutInput),
    /// The Lifetimes lab's words.
    Lifetimes(LifetimesInput),
    /// The Pin lab's futures.
    Pin(PinInput),
    /// What the self-test does wrong.
    SelfTest(Fault),
}

impl LabInput {
    /// The lab this is an input of.
    #[must_use]
    pub const fn lab(&self) -> LabId {
        match self {
            Self::LatencyBudget(_) => LabId::LatencyBudget,
            Self::Columns(_) => LabId::Columns,
            Self::Packets(_) => LabId::Packets,
            Self::Serialization(_) | Self::OwnDocument(_) => LabId::Serialization,
            Self::ByteLens(_) => LabId::ByteLens,
            Self::Evolution(_) => LabId::Evolution,
            Self::Arena(_) => LabId::Arena,
            Self::Allocators(_) => LabId::Allocators,
            Self::Clones(_) => LabId::Clones,
            Self::InteriorMutability(_) => LabId::InteriorMutability,
            Self::Layout(_) => LabId::Layout,
            Self::Lifetimes(_) => LabId::Lifetimes,
            Self::Pin(_) => LabId::Pin,
            Self::SelfTest(_) => LabId::SelfTest,
        }
    }

    /// What each contender is timed on, in order: those of the lab's phases that this input has.
    #[must_use]
    pub fn phases(&self) -> Vec<Phase> {
        let has = |phase: &Phase| match self {
            Self::Arena(ArenaInput { changes: Changes::None, .. }) => *phase != Phase::Change,
            _ => true,
        };
        self.lab().phases().iter().copied().filter(has).collect()
    }

    /// What the lab starts with.
    #[must_use]
    pub fn default_of(lab: LabId) -> Self {
        match lab {
            LabId::LatencyBudget => Self::LatencyBudget(DataInput::default()),
            LabId::Columns => Self::Columns(ColumnsInput::default()),
            LabId::Packets => Self::Packets(PacketsInput::default()),
            LabId::Serialization => Self::Serialization(SerializationInput::default()),
            LabId::ByteLens => Self::ByteLens(LensInput::default()),
            LabId::Evolution => Self::Evolution(EvolutionInput::default()),
            LabId::Arena => Self::Arena(ArenaInput::default()),
            LabId::Allocators => Self::Allocators(AllocatorsInput::default()),
            LabId::Clones => Self::Clones(ClonesInput::default()),
            LabId::InteriorMutability => Self::InteriorMutability(InteriorInput::default()),
            LabId::Layout => Self::Layout(LayoutInput::default()),
            LabId::Lifetimes => Self::Lifetimes(LifetimesInput::default()),
            LabId::Pin => Self::Pin(PinInput::default()),
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

/// The serialization lab's choice: the data, and what is done with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SerializationInput {
    /// The data set.
    pub payload: Payload,
    /// How much of it: a prefix of the full set.
    pub size: PayloadSize,
    /// What is timed.
    pub operation: Operation,
}

impl SerializationInput {
    /// The formats that can do it, with the ways to do it that differ, in the order of [`Contender::ALL`].
    #[must_use]
    pub fn contenders(self) -> Vec<Contender> {
        LabId::Serialization.contenders().iter().copied().filter(|contender| self.takes(*contender)).collect()
    }

    const fn takes(self, contender: Contender) -> bool {
        let has_fixed_layout = matches!(self.payload, Payload::Mesh | Payload::Order);
        match (contender, self.operation) {
            (Contender::Zerocopy, _) => has_fixed_layout,
            // There is one way to write JSON and one to write an archive.
            (Contender::SerdeJsonBorrowed, Operation::Write | Operation::Update)
            | (Contender::RkyvOwned | Contender::RkyvUnvalidated, Operation::Write)
            // Not from Rust.
            | (Contender::Flatbuffers, Operation::Update) => false,
            _ => true,
        }
    }
}

impl From<DataInput> for SerializationInput {
    fn from(DataInput { payload, size, read }: DataInput) -> Self {
        Self { payload, size, operation: Operation::Read(read) }
    }
}

/// A document of the reader's own: what tells it from another, and what is done with it. It never leaves the device, so no link names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DocumentInput {
    /// How long its text is.
    pub bytes: u32,
    /// A digest of its text (64 bits of FNV-1a), to tell a changed text from the one that was measured.
    pub digest: u64,
    /// What is timed.
    pub operation: Operation,
}

impl DocumentInput {
    /// The longest text that is taken: 10 MB.
    pub const LONGEST: usize = 10_000_000;

    /// Of a text.
    #[must_use]
    pub fn of(text: &[u8], operation: Operation) -> Self {
        let digest =
            text.iter().fold(0xcbf2_9ce4_8422_2325, |fnv: u64, &byte| (fnv ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self { bytes: u32::try_from(text.len()).unwrap_or(u32::MAX), digest, operation }
    }

    /// Everyone who can take any document: entries of one fixed size it has none.
    #[must_use]
    pub fn contenders(self) -> Vec<Contender> {
        SerializationInput { payload: Payload::Tree, size: PayloadSize::Small, operation: self.operation }.contenders()
    }
}

/// What is timed of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operation {
    /// From the program's structs to bytes.
    Write,
    /// From bytes to what a handler reads.
    Read(Read),
    /// One number of every entry changed: in the bytes where the format can, else by reading, changing and writing all of it.
    Update,
}

impl Operation {
    /// Every operation, in the order controls show them.
    pub const ALL: [Self; 5] =
        [Self::Write, Self::Read(Read::Field), Self::Read(Read::Column), Self::Read(Read::Every), Self::Update];

    /// The operation's name in links, exports and controls.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Read(read) => read.slug(),
            Self::Update => "update",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Write => "write all of it",
            Self::Read(Read::Field) => "read one field",
            Self::Read(Read::Column) => "read one column",
            Self::Read(Read::Every) => "read every field",
            Self::Update => "change one number of each entry",
        }
    }
}

impl Default for Operation {
    fn default() -> Self {
        Self::Read(Read::default())
    }
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
    /// Saved players of a game: many small fields, optional parts.
    Savedata,
}

impl Payload {
    /// Every payload, in the order menus show them.
    pub const ALL: [Self; 5] = [Self::Log, Self::Mesh, Self::Order, Self::Tree, Self::Savedata];

    /// The payload's name in links and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Mesh => "mesh",
            Self::Order => "order",
            Self::Tree => "tree",
            Self::Savedata => "savedata",
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
            Self::Savedata => "game save",
        }
    }

    /// How many entries (log lines, triangles, orders, documents’ nodes, players) a size holds.
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
            (Self::Savedata, PayloadSize::Small) => 1,
            (Self::Savedata, PayloadSize::Medium) => 50,
            (Self::Savedata, PayloadSize::Full) => 500,
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
            Self::Savedata => "players",
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
    /// The published benchmark's size for `log`, `mesh` and `savedata`.
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
