//! The panel “Under load”: the request beside many of its kind. It must never start a run: it asks the worker's simulation, whose answer
//! is computed, not measured.

mod ask;
mod state;
mod words;

pub use state::LoadChoices;
