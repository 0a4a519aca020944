//! What the course has besides its lessons: the learning path, the audit and the glossary, read and checked against the lessons, labs and samples that there are.

use super::fault::Fault;
use super::glossary::Spelling;
use super::known::Known;
use super::{audit, glossary, order, path};
use crate::{Audit, Glossary, LearningPath};
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
    faults.sort();
    match (path, audit, glossary) {
        (Some(path), Some(audit), Some((glossary, spellings))) if faults.is_empty() => {
            Ok(Guide { path, audit, glossary, spellings })
        }
        _ => Err(faults),
    }
}
