//! What the course has besides its lessons: the learning path and the audit, read and checked against the lessons, labs and samples that there are.

use super::fault::Fault;
use super::known::Known;
use super::{audit, order, path};
use crate::{Audit, LearningPath};
use std::path::Path;

/// The course's guide.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// The learning path.
    pub path: LearningPath,
    /// The audit of the roadmap's claims.
    pub audit: Audit,
}

/// Reads and validates the guide under `root`, the repository's root. Whether the lessons are sound is [`super::load`]'s business.
///
/// # Errors
/// Every fault of every file, sorted by file and line.
pub fn load_guide(root: &Path, known: &Known) -> Result<Guide, Vec<Fault>> {
    let (lessons, _) = order::read(root, known);
    let (path, mut faults) = path::read(root, known, &lessons);
    let (audit, mut more) = audit::read(root, known);
    faults.append(&mut more);
    faults.sort();
    match (path, audit) {
        (Some(path), Some(audit)) if faults.is_empty() => Ok(Guide { path, audit }),
        _ => Err(faults),
    }
}
