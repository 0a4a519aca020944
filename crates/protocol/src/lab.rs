//! The registry: every lab, the pillar it belongs to and the worker bundle that runs it.
//!
//! [`LabId::ALL`] is the one list; routes, menus, the registry file and the end-to-end tests all walk it.

use crate::{Bundle, Contender, FactKind, Pillar};
use serde::{Deserialize, Serialize};

/// A lab of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LabId {
    /// What a request's time goes to, with four ways to read its payload.
    LatencyBudget,
    /// Every format and way of reading, set beside each other.
    Serialization,
    /// One record in five formats, byte for byte.
    ByteLens,
    /// Old readers and new data, new readers and old data.
    Evolution,
    /// A graph built, traversed and torn down by seven ownership schemes.
    Arena,
    /// Allocators of our own, beside those that one would use.
    Allocators,
    /// A text's way through five stages, kept five ways.
    Clones,
    /// How types lie in memory, and what reading them costs.
    Layout,
    /// What may change behind a shared reference, and what keeping watch costs.
    InteriorMutability,
    /// What a borrow saves, and what signatures and types say of it.
    Lifetimes,
    /// Values that may not move, and the places where they stay.
    Pin,
    /// The same trades as rows and as columns.
    Columns,
    /// A framed binary protocol, parsed in place and into owned structs.
    Packets,
    /// Fails on purpose; in no menu.
    SelfTest,
}

impl LabId {
    /// Every lab, in the order menus show them.
    pub const ALL: [Self; 14] = [
        Self::LatencyBudget,
        Self::Serialization,
        Self::ByteLens,
        Self::Evolution,
        Self::Columns,
        Self::Packets,
        Self::Arena,
        Self::Allocators,
        Self::Clones,
        Self::InteriorMutability,
        Self::Layout,
        Self::Lifetimes,
        Self::Pin,
        Self::SelfTest,
    ];

    /// The lab's name in addresses and in `data-lab`: lower case, with hyphens. It never changes once released.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::LatencyBudget => "latency-budget",
            Self::Serialization => "serialization",
            Self::Columns => "columns",
            Self::Packets => "packets",
            Self::ByteLens => "byte-lens",
            Self::Evolution => "schema-evolution",
            Self::Arena => "arena",
            Self::Allocators => "allocators",
            Self::Clones => "clones",
            Self::InteriorMutability => "interior-mutability",
            Self::Layout => "layout",
            Self::Lifetimes => "lifetimes",
            Self::Pin => "pin",
            Self::SelfTest => "self-test",
        }
    }

    /// The lab whose slug this is.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lab| lab.slug() == slug)
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::LatencyBudget => "Latency budget",
            Self::Serialization => "Serialization",
            Self::Columns => "Columns",
            Self::Packets => "Packets",
            Self::ByteLens => "The byte lens",
            Self::Evolution => "Schema evolution",
            Self::Arena => "Arenas",
            Self::Allocators => "Write an allocator",
            Self::Clones => "Clones and borrows",
            Self::InteriorMutability => "Interior mutability",
            Self::Layout => "Layout",
            Self::Lifetimes => "Lifetimes",
            Self::Pin => "Pin",
            Self::SelfTest => "Self-test",
        }
    }

    /// One sentence on what the lab shows.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        match self {
            Self::LatencyBudget => "How long will the new request be, if today’s is 100?",
            Self::Columns => "The same trades as rows and as columns: what a question touches, and what that costs.",
            Self::Packets => "A market-data feed, byte by byte: parsed in place, or copied out into structs.",
            Self::Serialization => "Eight formats write, read and change the same data, timed side by side on this device.",
            Self::ByteLens => {
                "One record in five formats: what every byte is for, how each reader gets at a field, and what a broken byte does."
            }
            Self::Evolution => {
                "A schema changes and one side does not know: what works, what falls back, what fails, and what is silently wrong."
            }
            Self::Arena => "Build a graph, walk it, throw it away: seven kinds of ownership, three bills.",
            Self::Allocators => "Four allocators small enough to read, timed beside two that are not, and watched at work.",
            Self::Clones => "One text, five ways to keep its pieces: what is copied where, and what that costs.",
            Self::InteriorMutability => "Cells, line by line: who may look, who may write, and what checking that costs.",
            Self::Layout => "Guess a type’s size, see where its bytes go, and time rows against columns.",
            Self::Lifetimes => {
                "Elision rule by rule, variance as a table that answers, code to judge with rustc’s own words; and what a borrow saves."
            }
            Self::Pin => "Real addresses before and after a move, pinned and not; and what a place to stay costs a future.",
            Self::SelfTest => "Labs that fail on purpose, to show that a failure is contained and said.",
        }
    }

    /// Whether menus and listings show the lab.
    #[must_use]
    pub const fn is_listed(self) -> bool {
        !matches!(self, Self::SelfTest)
    }

    /// The worker bundle that runs the lab.
    #[must_use]
    pub const fn bundle(self) -> Bundle {
        match self {
            Self::LatencyBudget | Self::Serialization | Self::ByteLens | Self::Evolution | Self::Columns | Self::Packets => {
                Bundle::Data
            }
            Self::Arena
            | Self::Allocators
            | Self::Clones
            | Self::InteriorMutability
            | Self::Layout
            | Self::Lifetimes
            | Self::Pin => Bundle::Memory,
            Self::SelfTest => Bundle::SelfTest,
        }
    }

    /// The pillar the lab teaches; none for the self-test.
    #[must_use]
    pub const fn pillar(self) -> Option<Pillar> {
        match self.bundle() {
            Bundle::Data => Some(Pillar::Data),
            Bundle::Memory | Bundle::MemoryTrace => Some(Pillar::Memory),
            Bundle::SelfTest => None,
        }
    }

    /// The contender whose ratio to the lab's first one is the finding, and which a run therefore shows first.
    #[must_use]
    pub const fn headline(self) -> Option<Contender> {
        match self {
            Self::LatencyBudget | Self::Serialization => Some(Contender::RkyvValidated),
            Self::Columns => Some(Contender::ArrowIpc),
            Self::Packets => Some(Contender::PacketsChecked),
            Self::Arena => Some(Contender::BumpArenaVec),
            Self::ByteLens | Self::Evolution | Self::SelfTest => None,
            Self::Allocators => Some(Contender::AllocTalc),
            Self::Clones => Some(Contender::TextCow),
            Self::InteriorMutability => Some(Contender::CounterRefCell),
            Self::Lifetimes => Some(Contender::WordsOwned),
            Self::Pin => Some(Contender::FutureBoxed),
            Self::Layout => Some(Contender::StructOfArrays),
        }
    }

    /// Whether a run times anything. One that does not is over at once: its report holds counted facts alone.
    #[must_use]
    pub const fn is_timed(self) -> bool {
        !matches!(self, Self::ByteLens | Self::Evolution)
    }

    /// What the lab sets against each other, in the order of its report: ratios are to the first.
    #[must_use]
    pub const fn contenders(self) -> &'static [Contender] {
        match self {
            Self::LatencyBudget => {
                &[Contender::SerdeJson, Contender::Postcard, Contender::RkyvValidated, Contender::RkyvUnvalidated]
            }
            Self::Serialization => &[
                Contender::SerdeJson,
                Contender::SerdeJsonBorrowed,
                Contender::SimdJson,
                Contender::Postcard,
                Contender::Bitcode,
                Contender::Prost,
                Contender::Flatbuffers,
                Contender::Zerocopy,
                Contender::RkyvOwned,
                Contender::RkyvValidated,
                Contender::RkyvUnvalidated,
            ],
            Self::Columns => &[Contender::JsonRows, Contender::RkyvRows, Contender::ArrowIpc, Contender::ArrowColumns],
            Self::Packets => &[Contender::PacketsOwned, Contender::PacketsChecked, Contender::PacketsTrusted],
            Self::ByteLens | Self::Evolution => {
                &[Contender::SerdeJson, Contender::Postcard, Contender::Prost, Contender::Flatbuffers, Contender::RkyvValidated]
            }
            Self::Arena => &[
                Contender::RcRefCell,
                Contender::BoxTree,
                Contender::IndexGraph,
                Contender::SlotMap,
                Contender::TypedArena,
                Contender::BumpStdVec,
                Contender::BumpArenaVec,
            ],
            Self::Allocators => &[
                Contender::AllocDefault,
                Contender::AllocTalc,
                Contender::AllocBump,
                Contender::AllocFirstFit,
                Contender::AllocBestFit,
                Contender::AllocSlab,
            ],
            Self::Clones => {
                &[Contender::TextOwned, Contender::TextBorrowed, Contender::TextCow, Contender::TextRc, Contender::TextArc]
            }
            Self::InteriorMutability => &[
                Contender::CounterMut,
                Contender::CounterCell,
                Contender::CounterRefCell,
                Contender::CounterAtomic,
                Contender::CounterMutex,
            ],
            Self::Layout => &[Contender::RowsAsWritten, Contender::RowsAsSorted, Contender::StructOfArrays],
            Self::Lifetimes => &[Contender::WordsBorrowed, Contender::WordsPlaces, Contender::WordsShared, Contender::WordsOwned],
            Self::Pin => &[
                Contender::FutureStack,
                Contender::FutureByHand,
                Contender::FutureReused,
                Contender::FutureBoxed,
                Contender::FutureDyn,
            ],
            Self::SelfTest => &[Contender::Nothing],
        }
    }

    /// What the lab counts.
    #[must_use]
    pub const fn facts(self) -> &'static [FactKind] {
        match self {
            Self::LatencyBudget => &[FactKind::WireBytes],
            Self::Columns => &[FactKind::WireBytes, FactKind::TouchedBytes],
            Self::Packets => &[FactKind::WireBytes, FactKind::CopiedBytes],
            Self::Serialization => {
                &[FactKind::WireBytes, FactKind::DeflatedBytes, FactKind::ZstdBytes, FactKind::Allocations, FactKind::PeakBytes]
            }
            Self::ByteLens => &[FactKind::WireBytes, FactKind::TouchedBytes, FactKind::CopiedBytes, FactKind::Allocations],
            Self::Evolution => &[FactKind::Works, FactKind::Defaults, FactKind::Refusals, FactKind::SilentlyWrong],
            Self::Arena => &[FactKind::Allocations, FactKind::PeakBytes, FactKind::LiveAfterDropBytes],
            Self::Allocators => &[FactKind::PeakBytes, FactKind::SpanBytes],
            Self::Clones => &[FactKind::Allocations, FactKind::CopiedBytes, FactKind::PeakBytes],
            Self::InteriorMutability => &[FactKind::TouchedBytes],
            Self::Lifetimes | Self::Pin => &[FactKind::TouchedBytes, FactKind::Allocations],
            Self::Layout => &[FactKind::PeakBytes, FactKind::TouchedBytes],
            Self::SelfTest => &[],
        }
    }

    /// What each contender of the lab can be timed on, in order. An input may leave some out: [`LabInput::phases`](crate::LabInput::phases).
    #[must_use]
    pub const fn phases(self) -> &'static [Phase] {
        match self {
            Self::LatencyBudget
            | Self::Serialization
            | Self::ByteLens
            | Self::Evolution
            | Self::Columns
            | Self::Packets
            | Self::Allocators
            | Self::Clones
            | Self::InteriorMutability
            | Self::Layout
            | Self::Lifetimes
            | Self::Pin
            | Self::SelfTest => &[Phase::Whole],
            Self::Arena => &[Phase::Build, Phase::Traverse, Phase::Change, Phase::TearDown],
        }
    }

    /// What is added up of the lab's phases, and compared as one: the sum's name, and its parts. Reports hold ratios of it, and no times.
    #[must_use]
    pub const fn sums(self) -> &'static [(Phase, &'static [Phase])] {
        match self {
            Self::Arena => &[(Phase::BuildAndTearDown, &[Phase::Build, Phase::TearDown])],
            _ => &[],
        }
    }

    /// What reports hold ratios of: the phases, then the sums.
    pub fn compared(self) -> impl Iterator<Item = Phase> + Clone {
        self.phases().iter().copied().chain(self.sums().iter().map(|(sum, _)| *sum))
    }
}

/// What is timed apart within one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// The operation has no parts.
    Whole,
    /// Making the structure.
    Build,
    /// Walking it once.
    Traverse,
    /// Adding to it and taking from it.
    Change,
    /// Giving its memory back.
    TearDown,
    /// Making the structure and giving its memory back, added up round by round: compared, never a phase of its own.
    BuildAndTearDown,
}

impl Phase {
    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Build => "build",
            Self::Traverse => "traverse",
            Self::Change => "change",
            Self::TearDown => "tear down",
            Self::BuildAndTearDown => "build and tear down",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique_and_found_again() {
        for lab in LabId::ALL {
            assert_eq!(LabId::from_slug(lab.slug()), Some(lab));
            assert!(!lab.phases().is_empty());
            for (sum, parts) in lab.sums() {
                assert!(parts.len() > 1 && parts.iter().all(|part| lab.phases().contains(part)) && !lab.phases().contains(sum));
            }
        }
        for pillar in Pillar::ALL {
            assert_eq!(Pillar::from_slug(pillar.slug()), Some(pillar));
        }
    }
}
