//! A course written as archives, each named by its content.

use super::course::Course;
use crate::{Damaged, IndexArchive, LessonArchive, url_form};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The index: where a page starts.
    pub index: WrittenFile,
    /// The lessons' archives, in course order.
    pub lessons: Vec<WrittenFile>,
}

/// An archive that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its name in the folder: `data-zero-copy-<16 hexadecimal digits>.lesson` or `course-<16 hexadecimal digits>.index`.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Why a course could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A folder or a file.
    #[error("cannot write or remove {}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A document that is too large for its archive.
    #[error("`{name}` cannot be archived")]
    Archive {
        /// Which one.
        name: String,
        /// Why.
        source: Damaged,
    },
}

impl Course {
    /// Writes one archive a lesson and the index into `folder`, which is made if need be, and removes archives that earlier calls left
    /// there. The same course always gives the same names and bytes; a file that is already there is not touched, so that a watching
    /// builder does not build again.
    ///
    /// # Errors
    /// When a document cannot be archived or a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<Written, WriteError> {
        fs::create_dir_all(folder).map_err(at(folder))?;
        let mut lessons = Vec::new();
        for lesson in &self.lessons {
            let stem = format!("{}-{}", url_form(&lesson.pillar), url_form(&lesson.slug));
            let archive = LessonArchive::of(lesson).map_err(not_archived(&stem))?;
            lessons.push(put(folder, &stem, "lesson", &archive.hash(), archive.as_bytes())?);
        }
        let mut names = lessons.iter().map(|file| file.name.clone());
        let index = self.index(|_| names.next().unwrap_or_default());
        let archive = IndexArchive::of(&index).map_err(not_archived("course"))?;
        let index = put(folder, "course", "index", &archive.hash(), archive.as_bytes())?;
        let written = Written { index, lessons };
        remove_others(folder, &written)?;
        Ok(written)
    }
}

/// Writes an archive unless it is already there.
fn put(folder: &Path, stem: &str, extension: &str, hash: &str, bytes: &[u8]) -> Result<WrittenFile, WriteError> {
    let name = format!("{stem}-{hash}.{extension}");
    let path = folder.join(&name);
    if !fs::read(&path).is_ok_and(|there| there == bytes) {
        fs::write(&path, bytes).map_err(at(&path))?;
    }
    Ok(WrittenFile { name, bytes: bytes.len() as u64 })
}

/// Removes the archives that are not part of what was written; no other file.
fn remove_others(folder: &Path, written: &Written) -> Result<(), WriteError> {
    let keep = |name: &str| written.index.name == name || written.lessons.iter().any(|file| file.name == name);
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let path = entry.path();
        let is_archive = path.extension().is_some_and(|extension| extension == "lesson" || extension == "index");
        if is_archive && !entry.file_name().to_str().is_some_and(keep) {
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    Ok(())
}

fn at(path: &Path) -> impl Fn(io::Error) -> WriteError {
    move |source| WriteError::File { path: path.to_owned(), source }
}

fn not_archived(name: &str) -> impl Fn(Damaged) -> WriteError {
    move |source| WriteError::Archive { name: name.to_owned(), source }
}
