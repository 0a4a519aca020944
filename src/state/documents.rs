//! The course's other documents: the learning path, the audit, the glossary and the search index. Fetched once, checked, read in place.

use super::{files, lessons::LessonError};
use crate::engine::Manifest;
use course::{
    Archive, AuditArchive, Damaged, GlossaryArchive, IndexArchive, PathArchive, PillarsArchive, PlacementArchive, SearchArchive,
};
use protocol::Page;

/// A document that lies in the site as one file.
pub trait SiteDocument: Sized {
    /// Its path from the site's root.
    fn path(manifest: &Manifest) -> &str;

    /// Takes its bytes.
    ///
    /// # Errors
    /// They are damaged.
    fn check(bytes: &[u8]) -> Result<Self, Damaged>;
}

/// Has at hand what a page shows. What does not arrive the page itself complains about.
pub async fn fetch_for(manifest: &Manifest, page: Page) {
    let paths: &[&str] = match page {
        Page::Path | Page::Progress => &[&manifest.course.path],
        Page::Start => &[&manifest.course.path, &manifest.course.placement],
        Page::Audit => &[&manifest.course.audit],
        Page::Glossary => &[&manifest.course.glossary],
        Page::Class => &[],
    };
    for path in paths {
        let _ = files::get(manifest, path).await;
    }
}

/// A document, if its file is at hand and sound.
#[must_use]
pub fn at_hand<T: SiteDocument>(manifest: &Manifest) -> Option<T> {
    T::check(&files::at_hand(T::path(manifest))?).ok()
}

/// A document, fetched if need be.
///
/// # Errors
/// It did not arrive, or not whole; a damaged file is fetched anew the next time.
pub async fn get<T: SiteDocument>(manifest: &Manifest) -> Result<T, LessonError> {
    let path = T::path(manifest);
    let bytes = files::get(manifest, path).await.map_err(LessonError::Fetch)?;
    Ok(T::check(&bytes).inspect_err(|_| files::drop_damaged(path))?)
}

impl SiteDocument for PathArchive {
    fn path(manifest: &Manifest) -> &str {
        &manifest.course.path
    }

    fn check(bytes: &[u8]) -> Result<Self, Damaged> {
        Archive::check(bytes)
    }
}

impl SiteDocument for AuditArchive {
    fn path(manifest: &Manifest) -> &str {
        &manifest.course.audit
    }

    fn check(bytes: &[u8]) -> Result<Self, Damaged> {
        Archive::check(bytes)
    }
}

impl SiteDocument for GlossaryArchive {
    fn path(manifest: &Manifest) -> &str {
        &manifest.course.glossary
    }

    fn check(bytes: &[u8]) -> Result<Self, Damaged> {
        Archive::check(bytes)
    }
}

impl SiteDocument for SearchArchive {
    fn path(manifest: &Manifest) -> &str {
        &manifest.course.search
    }

    fn check(bytes: &[u8]) -> Result<Self, Damaged> {
        Archive::check(bytes)
    }
}

impl SiteDocument for PlacementArchive {
    fn path(manifest: &Manifest) -> &str {
        &manifest.course.placement
    }

    fn check(bytes: &[u8]) -> Result<Self, Damaged> {
        Archive::check(bytes)
    }
}

impl SiteDocument for PillarsArchive {
    fn path(manifest: &Manifest) -> &str {
        &manifest.course.pillars
    }

    fn check(bytes: &[u8]) -> Result<Self, Damaged> {
        Archive::check(bytes)
    }
}

impl SiteDocument for IndexArchive {
    fn path(manifest: &Manifest) -> &str {
        &manifest.course.index
    }

    fn check(bytes: &[u8]) -> Result<Self, Damaged> {
        Archive::check(bytes)
    }
}
