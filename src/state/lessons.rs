//! Fetches the course's archives, checks each once, keeps it, and reads it in place. A damaged one is an error, and fetched anew the next time.

use crate::engine::{Manifest, fetch};
use course::{Damaged, IndexArchive, LessonArchive};
use js_sys::Uint8Array;
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wasm_bindgen_futures::JsFuture;

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

/// The course's index.
///
/// # Errors
/// When it cannot be fetched, or what came is damaged.
pub async fn index(manifest: &Manifest) -> Result<Rc<IndexArchive>, LessonError> {
    if let Some(index) = INDEX.with_borrow(Clone::clone) {
        return Ok(index);
    }
    let index = Rc::new(IndexArchive::check(&fetch_bytes(&manifest.address(&manifest.course.index)).await?)?);
    INDEX.set(Some(Rc::clone(&index)));
    Ok(index)
}

/// A lesson; `pillar` and `slug` as folders spell them.
///
/// # Errors
/// When there is none, it cannot be fetched, or what came is damaged.
pub async fn lesson(manifest: &Manifest, pillar: &str, slug: &str) -> Result<Rc<LessonArchive>, LessonError> {
    let index = index(manifest).await?;
    let entry = index.lesson(pillar, slug).ok_or(LessonError::Unknown)?;
    let file = entry.file.as_str();
    if let Some(lesson) = LESSONS.with_borrow(|all| all.get(file).cloned()) {
        return Ok(lesson);
    }
    // Lessons lie beside their index.
    let folder = manifest.course.index.rsplit_once('/').map_or("", |(folder, _)| folder);
    let address = manifest.address(&format!("{folder}/{file}"));
    let lesson = Rc::new(LessonArchive::check(&fetch_bytes(&address).await?)?);
    LESSONS.with_borrow_mut(|all| all.insert(file.to_owned(), Rc::clone(&lesson)));
    Ok(lesson)
}

async fn fetch_bytes(address: &str) -> Result<Vec<u8>, LessonError> {
    let response = fetch(address).await.map_err(LessonError::Fetch)?;
    let promise = response.array_buffer().map_err(|_| LessonError::Fetch("the server sent nothing".to_owned()))?;
    let buffer = JsFuture::from(promise).await.map_err(|_| LessonError::Fetch("the connection broke".to_owned()))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

impl From<Damaged> for LessonError {
    fn from(damage: Damaged) -> Self {
        Self::Fetch(damage.to_string())
    }
}
