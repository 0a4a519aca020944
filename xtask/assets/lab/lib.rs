//! The labs of the {pillar} pillar.
//!
//! [`prepare`] hands over what is measured; the bundle's `main.rs` hosts it in a worker. This library must never read a clock, draw
//! randomness of its own, or name a web API, so that each lab runs natively under test.

use measure::Experiment;
use protocol::{Contender, Fact, LabInput, Seed};

/// What `input` asks to be measured, on data drawn from `seed`.
///
/// # Errors
/// A sentence, if this bundle does not hold the input's lab.
pub fn prepare(input: &LabInput, _seed: Seed) -> Result<Experiment<Contender, Vec<Fact>>, String> {
    Err(format!("the {pillar} bundle has no lab {}", input.lab().slug()))
}
