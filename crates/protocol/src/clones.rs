//! The clones lab: a text's way through five stages, kept five ways; and what owners do, step by step. It must never hold a count: those
//! are of a program that ran.

use crate::{Contender, Seed};
use serde::{Deserialize, Serialize};

/// How long the text is, and how much of it must be changed on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClonesInput {
    /// How many lines; the lab clamps it to 1..=[`ClonesInput::MAX_LINES`].
    pub lines: u32,
    /// How many of them are changed.
    pub changed: Changed,
}

impl ClonesInput {
    /// The longest text.
    pub const MAX_LINES: u32 = 100_000;
    /// The lengths that readers can choose, and recordings may hold.
    pub const LINES: [u32; 3] = [1_000, 10_000, Self::MAX_LINES];
}

impl Default for ClonesInput {
    fn default() -> Self {
        Self { lines: 10_000, changed: Changed::Few }
    }
}

crate::slugged! {
    /// How many lines are not yet as they shall be.
    #[derive(Default)]
    pub enum Changed {
        /// None.
        None => ("none", "no line changed"),
        /// One in ten.
        #[default]
        Few => ("few", "one line in ten changed"),
        /// Each.
        All => ("all", "every line changed"),
    }
}

/// A stage of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// The text is cut into lines.
    Split,
    /// What nobody asked for is dropped.
    Keep,
    /// What is not in lower case is made so.
    Normalise,
    /// A second list holds the same lines.
    Share,
    /// Both lists are read.
    Read,
}

impl Stage {
    /// All, in their order.
    pub const ALL: [Self; 5] = [Self::Split, Self::Keep, Self::Normalise, Self::Share, Self::Read];

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Split => "cut into lines",
            Self::Keep => "drop what nobody asked for",
            Self::Normalise => "lower case",
            Self::Share => "hand to a second list",
            Self::Read => "read both lists",
        }
    }
}

/// Asks what each stage costs, and what owners do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClonesQuestion {
    /// The text.
    pub input: ClonesInput,
    /// What it is drawn from.
    pub seed: Seed,
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClonesAnswer {
    /// Each way of keeping text at each stage.
    pub stages: Vec<StageCost>,
    /// A program of owners, line by line.
    pub steps: Vec<OwnerStep>,
}

/// What a stage asked of the allocator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageCost {
    /// How the text is kept.
    pub contender: Contender,
    /// Where.
    pub stage: Stage,
    /// Calls of the allocator that returned memory.
    pub allocations: u64,
    /// Bytes of text that were written a second time.
    pub copied: u64,
    /// Bytes that are alive behind it and were not before; negative where it gave more back.
    pub alive: i64,
}

/// A line of the program, and how things stand behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerStep {
    /// The line, as it was compiled.
    pub code: String,
    /// What to look at.
    pub why: String,
    /// Owners of the value that is watched; none while there is nothing to watch.
    pub strong: Option<u32>,
    /// Those who only watch it.
    pub weak: Option<u32>,
    /// Blocks that were allocated since the program began.
    pub allocations: u64,
    /// Bytes that are alive since then.
    pub alive: u64,
    /// The block that is looked at, as it was read behind the line; none while there is none to look at.
    pub block: Option<CountedBlock>,
}

/// A block on the heap with what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedBlock {
    /// Bytes that the allocator was asked for.
    pub size: u32,
    /// What lies where.
    pub parts: Vec<BlockPart>,
}

/// A part of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockPart {
    /// What it is.
    pub name: PartName,
    /// Where it begins, in bytes from the block's beginning.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
    /// What stands there: a count as it lies in memory, or the value's number; none where the value is gone.
    pub value: Option<u64>,
}

/// What a part of a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartName {
    /// The count of owners.
    Strong,
    /// The count of weak handles, among which all owners together are one.
    Weak,
    /// What is owned.
    Value,
}

impl PartName {
    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Weak => "weak",
            Self::Value => "value",
        }
    }
}

impl CountedBlock {
    /// What stands in a part.
    #[must_use]
    pub fn value(&self, name: PartName) -> Option<u64> {
        self.parts.iter().find(|part| part.name == name)?.value
    }
}
