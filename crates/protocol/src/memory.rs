//! The memory view: what is asked of the tracing bundle, and the packed events that it answers with. The events are plain data; they must never
//! carry a time, since nothing under a tracing allocator runs at its own pace.

mod event;
mod exercise;
mod refused;
mod riddle;

pub use event::{DamagedEvents, EventKind, MemoryEvent, Owner};
pub use exercise::{Fit, Judgement, Merge, Policy, Split, Verdict};
pub use refused::refused_calls;
pub use riddle::{Riddle, RiddleBlock, RiddleQuestion};

use crate::{
    ArenaInput, Attachment, Contender, Seed,
    allocators::{AllocatorKind, Click, Workload},
};
use serde::{Deserialize, Serialize};

/// What the page asks the tracing bundle for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MemoryQuestion {
    /// Run a program under the tracing allocator.
    Program {
        /// Which.
        program: Program,
        /// Its graph, as the arena lab has it; the nodes are clamped to 1..=[`Program::MAX_NODES`]. What changes is left out where
        /// [`Program::contender`] is none: such a program has changes of its own, or shows something else.
        graph: ArenaInput,
        /// Fixes the edges.
        seed: Seed,
    },
    /// Drive an allocator of the lab's own with a workload.
    Workload {
        /// Which allocator.
        kind: AllocatorKind,
        /// With what.
        workload: Workload,
        /// How many calls.
        operations: u32,
        /// Fixes sizes and order.
        seed: Seed,
    },
    /// Drive an allocator with the reader's own calls, on a small region. [`refused_calls`] reads from the answer which were refused.
    Clicks {
        /// Which allocator.
        kind: AllocatorKind,
        /// The calls, the first one first.
        clicks: Vec<Click>,
    },
    /// Judge a free list with the reader's choices by the exercise's tests.
    Judge(Policy),
    /// Draw a riddle, and judge the guess if there is one.
    Riddle(RiddleQuestion),
}

/// What the tracing bundle answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MemoryAnswer {
    /// What happened, event by event.
    Trace(Trace),
    /// What the tests say.
    Judged(Judgement),
    /// A riddle, or what comes of a guess at it.
    Riddle(Riddle),
}

/// What a program did to memory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The range that is drawn: its first address.
    pub start: u32,
    /// And the first address behind it.
    pub end: u32,
    /// [`MemoryEvent`]s, packed.
    pub events: Attachment,
    /// Events that found no room in the tracer's buffer: those after the last that is here.
    pub lost: u32,
}

crate::slugged! {
    /// A program whose memory is drawn: one way to own a graph, built, walked and torn down once.
    #[derive(Default)]
    pub enum Program {
        /// `Rc<RefCell<Node>>`, each with a list of its own.
        RcRefCell => ("rc-refcell", "Rc<RefCell> graph"),
        /// Nodes that own their children.
        BoxTree => ("box-tree", "Box tree"),
        /// Nodes in an arena, lists outside: the leak.
        #[default]
        BumpStdVec => ("bump-std-vec", "arena + std Vec: the leak"),
        /// The first remedy: lists in the arena too.
        BumpArenaVec => ("bump-arena-vec", "remedy 1: arena + arena Vec"),
        /// The second: nodes that the arena's own box drops.
        BumpBoxed => ("bump-boxed", "remedy 2: arena + its own Box"),
        /// The third: no pointers, two vectors.
        IndexGraph => ("index-graph", "remedy 3: index graph"),
        /// One arena, emptied and filled again.
        BumpReset => ("bump-reset", "one arena, reset and used again"),
        /// An arena that was not told how much will come.
        BumpGrowing => ("bump-growing", "an arena that grows"),
        /// Counted nodes whose lists change.
        RcChanging => ("rc-changing", "Rc graph whose lists change"),
        /// Nodes in an arena whose lists change: where arenas lose.
        BumpChanging => ("bump-changing", "arena whose lists change: where it loses"),
        /// Nodes in a slot map, each with a list of keys.
        SlotMap => ("slotmap", "slot map"),
        /// Nodes in an arena of one type, which drops them.
        TypedArena => ("typed-arena", "typed arena"),
    }
}

impl Program {
    /// The largest graph that is traced: the view stays fluid up to 100,000 blocks.
    pub const MAX_NODES: u32 = 50_000;

    /// The arena lab's contender that is run, the very code that is timed there; none where the program was written to be watched.
    #[must_use]
    pub const fn contender(self) -> Option<Contender> {
        match self {
            Self::RcRefCell => Some(Contender::RcRefCell),
            Self::BoxTree => Some(Contender::BoxTree),
            Self::BumpStdVec => Some(Contender::BumpStdVec),
            Self::BumpArenaVec => Some(Contender::BumpArenaVec),
            Self::IndexGraph => Some(Contender::IndexGraph),
            Self::SlotMap => Some(Contender::SlotMap),
            Self::TypedArena => Some(Contender::TypedArena),
            Self::BumpBoxed | Self::BumpReset | Self::BumpGrowing | Self::RcChanging | Self::BumpChanging => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LabId;

    #[test]
    fn every_program_is_found_by_its_slug() {
        for program in Program::ALL {
            assert_eq!(Program::from_slug(program.slug()), Some(program));
        }
    }

    #[test]
    fn every_contender_of_the_arena_lab_can_be_watched_under_its_own_name() {
        for contender in LabId::Arena.contenders() {
            let program = Program::from_slug(contender.slug());
            assert_eq!(program.and_then(Program::contender), Some(*contender));
        }
    }
}
