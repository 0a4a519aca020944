//! Schema evolution: a schema changes, and one side of the wire does not know yet.

use super::{Attachment, lens::Format};
use crate::{Fact, FactKind};
use serde::{Deserialize, Serialize};

/// What is asked: every cell of the matrix; the choice of the change that is opened is the view's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EvolutionInput {
    /// The change that is looked at.
    pub change: Change,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvolutionAnswer {
    /// One a format, change and direction, in the order of their lists.
    pub cells: Vec<Cell>,
}

impl EvolutionAnswer {
    /// How often each outcome came up, format by format.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let kinds = [
            (FactKind::Works, Outcome::Works),
            (FactKind::Defaults, Outcome::Default),
            (FactKind::Refusals, Outcome::Refused),
            (FactKind::SilentlyWrong, Outcome::Wrong),
        ];
        let count = |format: Format, outcome: Outcome| {
            self.cells.iter().filter(|cell| cell.format == format && cell.outcome == outcome).count() as u64
        };
        let facts = Format::ALL.into_iter().flat_map(|format| {
            kinds.map(|(kind, outcome)| Fact { contender: format.contender(), kind, value: count(format, outcome) })
        });
        facts.collect()
    }
}

/// What changes in the schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Change {
    /// A field comes.
    #[default]
    Added,
    /// A field goes.
    Removed,
    /// A field gets another name.
    Renamed,
    /// Fields change places in the declaration.
    Reordered,
    /// A number gets more bits, and a value that needs them.
    Widened,
    /// An enum gets another variant, and a value that is it.
    Variant,
}

impl Change {
    /// Every change.
    pub const ALL: [Self; 6] = [Self::Added, Self::Removed, Self::Renamed, Self::Reordered, Self::Widened, Self::Variant];

    /// Its name in links.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Reordered => "reordered",
            Self::Widened => "widened",
            Self::Variant => "variant",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Added => "field added",
            Self::Removed => "field removed",
            Self::Renamed => "field renamed",
            Self::Reordered => "fields reordered",
            Self::Widened => "type widened",
            Self::Variant => "variant added",
        }
    }
}

/// Which side is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// The reader: it knows the old schema, the data has the new one.
    OldReadsNew,
    /// The data: they have the old schema, the reader knows the new one.
    NewReadsOld,
}

impl Direction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::OldReadsNew, Self::NewReadsOld];

    /// Its name in hooks.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::OldReadsNew => "old-reads-new",
            Self::NewReadsOld => "new-reads-old",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::OldReadsNew => "old reader, new data",
            Self::NewReadsOld => "new reader, old data",
        }
    }
}

/// How reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Every field that both sides know came over.
    Works,
    /// A field has its default where the data say something else, or nothing.
    Default,
    /// An error.
    Refused,
    /// A field has a value that nobody wrote into it, and nothing was said.
    Wrong,
}

impl Outcome {
    /// Every outcome, best first.
    pub const ALL: [Self; 4] = [Self::Works, Self::Default, Self::Refused, Self::Wrong];

    /// Its name in hooks and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Default => "default",
            Self::Refused => "refused",
            Self::Wrong => "wrong",
        }
    }

    /// The word a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Default => "default",
            Self::Refused => "error",
            Self::Wrong => "silently wrong",
        }
    }
}

/// One experiment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The format.
    pub format: Format,
    /// What changed.
    pub change: Change,
    /// Who is behind.
    pub direction: Direction,
    /// How it ended.
    pub outcome: Outcome,
    /// The error, or what differs.
    pub says: String,
    /// The bytes that were read.
    pub bytes: Attachment,
    /// What was written, field by field.
    pub written: String,
    /// What was read, where anything was.
    pub read: Option<String>,
}
