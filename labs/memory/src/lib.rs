//! The labs of the memory pillar: arenas, allocators, clones, cells, layouts, lifetimes, pins, and what programs do to memory.
//!
//! [`prepare`] hands over what is measured; the bundle's `main.rs` hosts it in a worker. This library must never read a clock or
//! draw randomness of its own, and must never name a web API: so each lab runs natively under test exactly as it runs in a browser.

pub mod allocators;
mod arena;
mod clones;
mod interior;
mod layout;
mod lifetimes;
mod pinned;
mod traced;

pub use counting::{self, Counting};
pub use tracer::Tracing;

use measure::Experiment;
use protocol::memory::{MemoryAnswer, MemoryQuestion};
use protocol::{AllocatorsInput, Answer, Contender, Fact, LabId, LabInput, Question, Seed};

/// The crates under test, as `name version (features)`, from the workspace's `Cargo.lock`.
pub const CRATES: &[&str] = include!(concat!(env!("OUT_DIR"), "/crates.rs"));

/// Why a lab cannot be made ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// The lab is another bundle's.
    #[error("the memory bundle has no lab {}", .0.slug())]
    OtherBundle(LabId),
}

/// What `input` asks to be measured, on data drawn from `seed`; with it the facts; those of the allocator are missing unless the program's global
/// allocator is [`Counting`]. An input out of range is clamped to the range that its type states.
///
/// # Errors
/// [`PrepareError::OtherBundle`] if this bundle does not hold the input's lab.
pub fn prepare(input: &LabInput, seed: Seed) -> Result<Experiment<Contender, Vec<Fact>>, PrepareError> {
    match input {
        LabInput::Arena(input) => Ok(arena::prepare(*input, seed)),
        LabInput::Allocators(input) => Ok(allocators::prepare(*input, seed)),
        LabInput::Clones(input) => Ok(clones::prepare(*input, seed)),
        LabInput::InteriorMutability(input) => Ok(interior::prepare(*input, seed)),
        LabInput::Layout(input) => Ok(layout::prepare(*input, seed)),
        LabInput::Lifetimes(input) => Ok(lifetimes::prepare(*input, seed)),
        LabInput::Pin(input) => Ok(pinned::prepare(*input, seed)),
        other => Err(PrepareError::OtherBundle(other.lab())),
    }
}

/// The answer to a question about memory, by the tracing bundle: programs are traced only if the global allocator is [`Tracing`].
///
/// # Errors
/// [`AnswerError::OtherBundle`] if the question is not about memory.
pub fn watch(question: Question) -> Result<Answer, AnswerError> {
    let Question::Memory(question) = question else { return Err(AnswerError::OtherBundle(question.lab())) };
    Ok(Answer::Memory(match question {
        MemoryQuestion::Program { program, graph, seed } => MemoryAnswer::Trace(traced::trace(program, graph, seed)),
        MemoryQuestion::Workload { kind, workload, operations, seed } => {
            MemoryAnswer::Trace(allocators::watch(kind, AllocatorsInput { workload, operations }, seed))
        }
        MemoryQuestion::Clicks { kind, clicks } => MemoryAnswer::Trace(allocators::clicks(kind, &clicks)),
        MemoryQuestion::Judge(policy) => MemoryAnswer::Judged(allocators::judge(policy)),
        MemoryQuestion::Riddle(question) => MemoryAnswer::Riddle(allocators::riddle(question)),
    }))
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The question is another bundle's.
    #[error("the memory bundle has no lab {}", .0.slug())]
    OtherBundle(LabId),
    /// What the build left for it cannot be read.
    #[error("what was built into the lab is damaged")]
    Damaged,
}

/// Computes what the page asks and no run measures, by the timing bundle.
///
/// # Errors
/// [`AnswerError`], with a sentence for the reader.
pub fn answer(question: &Question) -> Result<Answer, AnswerError> {
    match question {
        Question::Clones(question) => Ok(Answer::Clones(clones::answer(*question))),
        Question::InteriorMutability(question) => Ok(Answer::InteriorMutability(interior::answer(*question))),
        Question::Layout(_) => layout::answer().map(|answer| Answer::Layout(Box::new(answer))).map_err(|_| AnswerError::Damaged),
        Question::Lifetimes(question) => Ok(Answer::Lifetimes(lifetimes::answer(question))),
        Question::Pin(question) => Ok(Answer::Pin(pinned::answer(*question))),
        other => Err(AnswerError::OtherBundle(other.lab())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{ArenaInput, DataInput};

    #[test]
    fn the_contenders_are_the_labs_and_nothing_is_invented_without_a_counting_allocator() {
        let experiment =
            prepare(&LabInput::Arena(ArenaInput { nodes: 10, degree: 2, ..ArenaInput::default() }), Seed(1)).unwrap();
        let contenders: Vec<&str> = experiment.contenders.iter().map(|contender| contender.id.slug()).collect();
        assert_eq!(
            contenders,
            ["rc-refcell", "box-tree", "index-graph", "slotmap", "typed-arena", "bump-std-vec", "bump-arena-vec"]
        );
        assert_eq!(experiment.facts, []);
    }

    #[test]
    fn another_bundles_lab_is_refused() {
        let refused = prepare(&LabInput::Serialization(DataInput::default().into()), Seed(1)).err();
        assert_eq!(refused, Some(PrepareError::OtherBundle(LabId::Serialization)));
    }

    #[test]
    fn the_crates_are_named_with_version_and_features() {
        assert!(CRATES.iter().any(|name| name.starts_with("bumpalo 3.") && name.ends_with("(boxed, collections)")), "{CRATES:?}");
    }
}
