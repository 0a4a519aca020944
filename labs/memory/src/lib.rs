//! The labs of the memory pillar: arenas.
//!
//! [`prepare`] hands over what is measured; the bundle's `main.rs` hosts it in a worker. This library must never read a clock or
//! draw randomness of its own, and must never name a web API: so each lab runs natively under test exactly as it runs in a browser.

mod arena;

pub use counting::{self, Counting};

use measure::Experiment;
use protocol::{Contender, Fact, LabId, LabInput, Seed};

/// The crates under test, as `name version (features)`, from the workspace's `Cargo.lock`.
pub const CRATES: &[&str] = include!(concat!(env!("OUT_DIR"), "/crates.rs"));

/// Why a lab cannot be made ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// The lab is another bundle's.
    #[error("the memory bundle has no lab {}", .0.slug())]
    OtherBundle(LabId),
}

/// What `input` asks to be measured, on data drawn from `seed`; with it the facts, which are empty unless the program's global
/// allocator is [`Counting`]. An input out of range is clamped to the range that [`protocol::ArenaInput`] states.
///
/// # Errors
/// [`PrepareError::OtherBundle`] if this bundle does not hold the input's lab.
pub fn prepare(input: &LabInput, seed: Seed) -> Result<Experiment<Contender, Vec<Fact>>, PrepareError> {
    match input {
        LabInput::Arena(input) => Ok(arena::prepare(*input, seed)),
        other => Err(PrepareError::OtherBundle(other.lab())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{ArenaInput, DataInput};

    #[test]
    fn the_contenders_are_the_labs_and_nothing_is_invented_without_a_counting_allocator() {
        let experiment = prepare(&LabInput::Arena(ArenaInput { nodes: 10, degree: 2 }), Seed(1)).unwrap();
        let contenders: Vec<&str> = experiment.contenders.iter().map(|contender| contender.id.slug()).collect();
        assert_eq!(contenders, ["rc-refcell", "index-graph", "bump-std-vec", "bump-arena-vec"]);
        assert_eq!(experiment.facts, []);
    }

    #[test]
    fn another_bundles_lab_is_refused() {
        let refused = prepare(&LabInput::Serialization(DataInput::default().into()), Seed(1)).err();
        assert_eq!(refused, Some(PrepareError::OtherBundle(LabId::Serialization)));
    }

    #[test]
    fn the_crates_are_named_with_version_and_features() {
        assert!(CRATES.iter().any(|name| name.starts_with("bumpalo 3.") && name.ends_with("(collections)")), "{CRATES:?}");
    }
}
