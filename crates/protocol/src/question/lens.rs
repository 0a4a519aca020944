//! The byte lens: one small record in five formats, byte for byte, and what becomes of it when a byte changes.

mod record;

pub use record::{Field, Record, Side, Word};

use super::Attachment;
use crate::{Contender, Fact, FactKind};
use serde::{Deserialize, Serialize};

/// What the lens is asked: everything it shows of one record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LensQuestion {
    /// What is encoded and read.
    pub input: LensInput,
    /// What is broken, if anything.
    pub damage: Option<(Format, Damage)>,
}

/// The lens's choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LensInput {
    /// What is encoded.
    pub record: Record,
    /// Which field each reader is to get at.
    pub field: Field,
}

/// What the lens answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LensAnswer {
    /// The record in each format, in the order of [`Format::ALL`].
    pub views: Vec<FormatView>,
    /// What the readers of the damaged format say.
    pub damaged: Option<Damaged>,
    /// The same archive at sixteen places in memory.
    pub places: Vec<PlaceRow>,
}

impl LensAnswer {
    /// What the answer counts, format by format: bytes, and how many of them are looked at, copied and allocated to read the field.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let facts = self.views.iter().flat_map(|view| {
            let sum = |of: fn(&Step) -> u32| view.steps.iter().map(|step| u64::from(of(step))).sum::<u64>();
            [
                (FactKind::WireBytes, view.bytes.0.len() as u64),
                (FactKind::TouchedBytes, sum(|step| step.end.saturating_sub(step.start))),
                (FactKind::CopiedBytes, sum(|step| step.copied)),
                (FactKind::Allocations, sum(|step| step.allocations)),
            ]
            .map(|(kind, value)| Fact { contender: view.format.contender(), kind, value })
        });
        facts.collect()
    }
}

/// A wire format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// JSON, by `serde_json`.
    Json,
    /// postcard.
    Postcard,
    /// Protocol Buffers, by `prost`.
    Protobuf,
    /// `FlatBuffers`.
    Flatbuffers,
    /// rkyv.
    Rkyv,
}

impl Format {
    /// Every format, from text to memory.
    pub const ALL: [Self; 5] = [Self::Json, Self::Postcard, Self::Protobuf, Self::Flatbuffers, Self::Rkyv];

    /// Its name in links and hooks.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Postcard => "postcard",
            Self::Protobuf => "protobuf",
            Self::Flatbuffers => "flatbuffers",
            Self::Rkyv => "rkyv",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Postcard => "postcard",
            Self::Protobuf => "Protocol Buffers",
            Self::Flatbuffers => "FlatBuffers",
            Self::Rkyv => "rkyv",
        }
    }

    /// The contender that reads it with every check, under whose name a report counts.
    #[must_use]
    pub const fn contender(self) -> Contender {
        match self {
            Self::Json => Contender::SerdeJson,
            Self::Postcard => Contender::Postcard,
            Self::Protobuf => Contender::Prost,
            Self::Flatbuffers => Contender::Flatbuffers,
            Self::Rkyv => Contender::RkyvValidated,
        }
    }
}

/// The record in one format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormatView {
    /// Which.
    pub format: Format,
    /// The bytes.
    pub bytes: Attachment,
    /// What each byte is: every byte once, in order.
    pub spans: Vec<Span>,
    /// Where relative pointers lead.
    pub arrows: Vec<Arrow>,
    /// How the reader gets at the field that was asked for.
    pub steps: Vec<Step>,
}

/// Bytes that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first.
    pub start: u32,
    /// The one behind the last.
    pub end: u32,
    /// Whose they are; none for what belongs to the record as a whole.
    pub field: Option<Field>,
    /// What they are.
    pub part: Part,
}

/// What bytes are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Part {
    /// A field's name, or its number.
    Name,
    /// The value itself.
    Value,
    /// How long it is.
    Length,
    /// Whether it is there.
    Tag,
    /// Where it is.
    Pointer,
    /// What holds the record together.
    Structure,
    /// Nothing: so that what follows is aligned, or a place is filled.
    Padding,
}

impl Part {
    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Value => "value",
            Self::Length => "length",
            Self::Tag => "present?",
            Self::Pointer => "pointer",
            Self::Structure => "structure",
            Self::Padding => "padding",
        }
    }
}

/// A relative pointer: the number that stands at `at` leads from `base` to `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrow {
    /// Where the number stands.
    pub at: u32,
    /// What it is added to.
    pub base: u32,
    /// Where it leads.
    pub to: u32,
    /// Whose it is.
    pub field: Option<Field>,
}

/// One step of a reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it does, as a sentence.
    pub what: String,
    /// The first byte that it looks at.
    pub start: u32,
    /// The one behind the last.
    pub end: u32,
    /// Bytes that it copies to the heap.
    pub copied: u32,
    /// Allocations that it makes.
    pub allocations: u32,
}

/// What is done to the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Damage {
    /// One bit is turned over.
    Flip {
        /// In which byte.
        at: u32,
        /// Which, 0 to 7.
        bit: u8,
    },
    /// One byte gets another value.
    Overwrite {
        /// Which.
        at: u32,
        /// The value.
        value: u8,
    },
    /// The end is missing.
    Cut {
        /// How many bytes are left.
        to: u32,
    },
}

/// A damaged encoding, and what its readers make of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damaged {
    /// Which format.
    pub format: Format,
    /// The bytes as they are now.
    pub bytes: Attachment,
    /// What each reader says.
    pub readings: Vec<Reading>,
}

/// What one reader makes of damaged bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Which reader.
    pub reader: String,
    /// How it ends.
    pub verdict: Verdict,
    /// Its own words, or what it made of the fields that changed.
    pub says: String,
}

/// How reading ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// With the record as it was written.
    Unharmed,
    /// With an error.
    Refused,
    /// With another record, and no word about it.
    Wrong,
    /// It may do anything: what it would look at is outside the bytes, or no value of its type.
    Undefined,
}

/// The archive at one place in memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// So many bytes behind a multiple of 16.
    pub offset: u8,
    /// Why rkyv refuses it there; none where it reads.
    pub rkyv: Option<String>,
    /// The same of `FlatBuffers`.
    pub flatbuffers: Option<String>,
}
