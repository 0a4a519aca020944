//! What the course has besides its lessons: the learning path, read and checked against the lessons that there are.

use super::fault::Fault;
use super::known::Known;
use super::{order, path};
use crate::LearningPath;
use std::path::Path;

/// The course's guide.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// The learning path.
    pub path: LearningPath,
}

/// Reads and validates the guide under `root`, the repository's root. Whether the lessons are sound is [`super::load`]'s business.
///
/// # Errors
/// Every fault of every file, sorted by file and line.
pub fn load_guide(root: &Path, known: &Known) -> Result<Guide, Vec<Fault>> {
    let (lessons, _) = order::read(root, known);
    let (path, mut faults) = path::read(root, known, &lessons);
    faults.sort();
    match path {
        Some(path) if faults.is_empty() => Ok(Guide { path }),
        _ => Err(faults),
    }
}
