//! The Markdown parser and validator, and the writer of archives. Native only, at build time.
//!
//! It must never guess: what is not in the syntax is a [`Fault`]. It never looks outside the folder it is given and writes only where it
//! is told to. The syntax is described in CONTRIBUTING.md.

mod anchors;
mod audit;
mod blocks;
mod capture;
mod course;
mod document;
mod draw;
pub mod estimate;
mod fault;
mod fields;
mod findings;
mod front_matter;
mod glossary;
mod guide;
pub mod highlight;
mod html;
mod known;
mod order;
mod path;
mod piece;
mod pillars;
mod placement;
mod quiz;
mod roadmap_table;
mod rule;
mod samples;
mod search;
mod source;
mod sources;
mod table;
mod terms;
mod validate;
mod write;

pub use audit::claim_ids;
pub use capture::{PIPELINE_FILE, STEPS, Spread, Step, TIMING_FILE, TestTiming, pipeline, test_timing};
pub use course::{Course, load};
pub use fault::Fault;
pub use glossary::Spelling;
pub use guide::{Guide, load_guide};
pub use known::{Known, KnownLab, Setting, Values};
pub use search::SearchBuilder;
pub use write::{WriteError, Written, WrittenFile, WrittenGuide};
