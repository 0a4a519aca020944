//! What the course has besides its lessons: the learning path, the audit, the glossary, the placement and the pillars' goals, read and checked against the lessons, labs and samples that there are.

use super::fault::Fault;
use super::glossary::Spelling;
use super::known::Known;
use super::roadmap_table::Around;
use super::{audit, glossary, order, path, pillars, placement};
use crate::{Audit, Glossary, LearningPath, Pillars, Placement};
use std::path::Path;

/// The course's guide.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// The learning path.
    pub path: LearningPath,
    /// The audit of the roadmap's claims.
    pub audit: Audit,
    /// The glossary.
    pub glossary: Glossary,
    /// The placement.
    pub placement: Placement,
    /// What each pillar leads to.
    pub pillars: Pillars,
    /// How lessons write the glossary's terms.
    pub spellings: Vec<Spelling>,
}

/// Reads and validates the guide under `root`, the repository's root. Whether the lessons are sound is [`super::load`]'s business.
///
/// # Errors
/// Every fault of every file, sorted by file and line.
pub fn load_guide(root: &Path, known: &Known) -> Result<Guide, Vec<Fault>> {
    let (lessons, _) = order::read(root, known);
    let (path, mut faults) = path::read(root, known, &lessons);
    let (audit, more) = audit::read(root, known);
    faults.extend(more);
    let (glossary, more) = glossary::read(root, known);
    faults.extend(more);
    let (placement, more) = placement::read(root, path.as_ref());
    faults.extend(more);
    let (pillars, more) = pillars::read(root, Around { known, lessons: &lessons, audit: audit.as_ref() });
    faults.extend(more);
    faults.sort();
    match (path, audit, glossary, placement, pillars) {
        (Some(path), Some(audit), Some((glossary, spellings)), Some(placement), Some(pillars)) if faults.is_empty() => {
            Ok(Guide { path, audit, glossary, placement, pillars, spellings })
        }
        _ => Err(faults),
    }
}
