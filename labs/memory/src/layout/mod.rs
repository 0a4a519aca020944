//! The layout lab: the same readings as rows and as columns, timed; and a catalogue of types as two compilations laid them out, asked for.
//!
//! Nothing here may hold a size or an offset that a compiler did not give, and every contender must read the same values.

mod catalogue;
mod readings;

use measure::Experiment;
use protocol::layout::{LayoutAnswer, Survey};
use protocol::{Contender, Fact, LayoutInput, Seed, wire};

/// What the machine that built this made of the catalogue; written by the build script.
const BUILT_ON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/layouts.bin"));

/// The readings of `input`, drawn from `seed`, laid out three ways and ready to be timed.
pub(crate) fn prepare(input: LayoutInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    readings::prepare(input, seed)
}

/// Why there is no catalogue.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unanswered {
    /// The build script's part is damaged.
    #[error("the build script's layouts are damaged")]
    Damaged(#[from] wire::Damaged),
    /// A type is not laid out as the catalogue takes it.
    #[error(transparent)]
    Lost(#[from] catalogue::Lost),
}

/// The whole catalogue.
///
/// # Errors
/// The build script's part of it cannot be read, or a part of a type was not found.
pub(crate) fn answer() -> Result<LayoutAnswer, Unanswered> {
    let built_on: Survey = wire::decode(BUILT_ON)?;
    let types = catalogue::entries().into_iter().map(|entry| entry.text).collect();
    Ok(LayoutAnswer { types, here: catalogue::survey()?, built_on })
}

#[cfg(test)]
mod tests;
