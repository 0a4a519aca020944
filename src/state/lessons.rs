//! Fetches the course's archives, checks each once, keeps it, and reads it in place. A damaged one is an error, and fetched anew the next time.

use super::files;
use crate::engine::Manifest;
use course::{Damaged, IndexArchive, LessonArchive};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

thread_local! {
    static INDEX: RefCell<Option<Rc<IndexArchive>>> = const { RefCell::new(None) };
    static LESSONS: RefCell<HashMap<String, Rc<LessonArchive>>> = RefCell::new(HashMap::new());
}

/// Why a lesson cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LessonError {
    /// It did not arrive, or not whole.
    #[error("The lesson did not arrive ({0}). Check the connection and reload the page.")]
    Fetch(String),
    /// The course has no such lesson.
    #[error("There is no such lesson in this build.")]
    Unknown,
}

/// The course's index, if it is in memory.
#[must_use]
pub fn index_at_hand(manifest: &Manifest) -> Option<Rc<IndexArchive>> {
    if let Some(index) = INDEX.with_borrow(Clone::clone) {
        return Some(index);
    }
    let index = Rc::new(IndexArchive::check(&files::at_hand(&manifest.course.index)?).ok()?);
    INDEX.set(Some(Rc::clone(&index)));
    Some(index)
}

/// A lesson, if it is in memory; `pillar` and `slug` as folders spell them.
#[must_use]
pub fn lesson_at_hand(manifest: &Manifest, pillar: &str, slug: &str) -> Option<Rc<LessonArchive>> {
    let path = path_of(manifest, index_at_hand(manifest)?.lesson(pillar, slug)?.file.as_str());
    if let Some(lesson) = LESSONS.with_borrow(|all| all.get(&path).cloned()) {
        return Some(lesson);
    }
    let lesson = Rc::new(LessonArchive::check(&files::at_hand(&path)?).ok()?);
    LESSONS.with_borrow_mut(|all| all.insert(path, Rc::clone(&lesson)));
    Some(lesson)
}

/// The course's index.
///
/// # Errors
/// When it cannot be fetched, or what came is damaged.
pub async fn index(manifest: &Manifest) -> Result<Rc<IndexArchive>, LessonError> {
    let path = &manifest.course.index;
    fetch_checked(manifest, path, |bytes| IndexArchive::check(bytes).map(|_| ())).await?;
    index_at_hand(manifest).ok_or(LessonError::Unknown)
}

/// A lesson; `pillar` and `slug` as folders spell them.
///
/// # Errors
/// When there is none, it cannot be fetched, or what came is damaged.
pub async fn lesson(manifest: &Manifest, pillar: &str, slug: &str) -> Result<Rc<LessonArchive>, LessonError> {
    let index = index(manifest).await?;
    if let Some(lesson) = lesson_at_hand(manifest, pillar, slug) {
        return Ok(lesson);
    }
    let path = path_of(manifest, index.lesson(pillar, slug).ok_or(LessonError::Unknown)?.file.as_str());
    fetch_checked(manifest, &path, |bytes| LessonArchive::check(bytes).map(|_| ())).await?;
    lesson_at_hand(manifest, pillar, slug).ok_or(LessonError::Unknown)
}

/// Lessons lie beside their index.
fn path_of(manifest: &Manifest, file: &str) -> String {
    let folder = manifest.course.index.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{file}")
}

/// Has a file at hand that passes its check. A damaged one is forgotten.
async fn fetch_checked(manifest: &Manifest, path: &str, check: impl Fn(&[u8]) -> Result<(), Damaged>) -> Result<(), LessonError> {
    if files::at_hand(path).is_some() {
        return Ok(());
    }
    let bytes = files::get(manifest, path).await.map_err(LessonError::Fetch)?;
    Ok(check(&bytes).inspect_err(|_| files::drop_damaged(path))?)
}

impl From<Damaged> for LessonError {
    fn from(damage: Damaged) -> Self {
        Self::Fetch(damage.to_string())
    }
}
