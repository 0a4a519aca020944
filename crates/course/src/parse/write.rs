//! A course written as archives, each named by its content.

use super::course::Course;
use super::guide::Guide;
use super::search::SearchBuilder;
use crate::{
    AuditArchive, Damaged, GlossaryArchive, IndexArchive, LessonArchive, PathArchive, PillarsArchive, PlacementArchive,
    SearchArchive, url_form,
};
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
    /// Its name in the folder: `data-zero-copy-<16 hexadecimal digits>.lesson`, `course-<16 hexadecimal digits>.index`.
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
        let kept = std::iter::once(&written.index).chain(&written.lessons);
        remove_others(folder, &["lesson", "index"], &kept.collect::<Vec<_>>())?;
        Ok(written)
    }
}

/// What was written of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenGuide {
    /// The learning path.
    pub path: WrittenFile,
    /// The audit.
    pub audit: WrittenFile,
    /// The glossary.
    pub glossary: WrittenFile,
    /// The search index.
    pub search: WrittenFile,
    /// The placement.
    pub placement: WrittenFile,
    /// The pillars' goals.
    pub pillars: WrittenFile,
}

impl Guide {
    /// Writes the guide's archives and the search index into `folder`, beside the lessons', as [`Course::write`] does.
    ///
    /// # Errors
    /// As [`Course::write`].
    pub fn write(&self, search: SearchBuilder, folder: &Path) -> Result<WrittenGuide, WriteError> {
        fs::create_dir_all(folder).map_err(at(folder))?;
        let archive = PathArchive::of(&self.path).map_err(not_archived("path"))?;
        let path = put(folder, "learning", "path", &archive.hash(), archive.as_bytes())?;
        let archive = AuditArchive::of(&self.audit).map_err(not_archived("audit"))?;
        let audit = put(folder, "claims", "audit", &archive.hash(), archive.as_bytes())?;
        let archive = GlossaryArchive::of(&self.glossary).map_err(not_archived("glossary"))?;
        let glossary = put(folder, "terms", "glossary", &archive.hash(), archive.as_bytes())?;
        let archive = SearchArchive::of(&search.build()).map_err(not_archived("search"))?;
        let search = put(folder, "words", "search", &archive.hash(), archive.as_bytes())?;
        let archive = PlacementArchive::of(&self.placement).map_err(not_archived("placement"))?;
        let placement = put(folder, "first", "placement", &archive.hash(), archive.as_bytes())?;
        let archive = PillarsArchive::of(&self.pillars).map_err(not_archived("pillars"))?;
        let pillars = put(folder, "goals", "pillars", &archive.hash(), archive.as_bytes())?;
        let written = WrittenGuide { path, audit, glossary, search, placement, pillars };
        let WrittenGuide { path, audit, glossary, search, placement, pillars } = &written;
        let kinds = ["path", "audit", "glossary", "search", "placement", "pillars"];
        remove_others(folder, &kinds, &[path, audit, glossary, search, placement, pillars])?;
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

/// Removes the archives of these kinds that are not among what was written; no other file.
fn remove_others(folder: &Path, kinds: &[&str], written: &[&WrittenFile]) -> Result<(), WriteError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let path = entry.path();
        let is_archive = path.extension().is_some_and(|extension| kinds.iter().any(|kind| extension == *kind));
        if is_archive && !written.iter().any(|file| entry.file_name() == *file.name) {
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
