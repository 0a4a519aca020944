//! The course's other documents: the learning path, the audit, the glossary and the search index. Fetched once, checked, read in place.

use super::{files, lessons::LessonError};
use crate::engine::Manifest;
use course::{
    Archive, AuditArchive, Damaged, GlossaryArchive, IndexArchive, PathArchive, PillarsArchive, PlacementArchive, SearchArchive,
};

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

/// Says in which file of the course each document lies.
macro_rules! lies_in {
    ($($document:ty: $file:ident),+ $(,)?) => {$(
        impl SiteDocument for $document {
            fn path(manifest: &Manifest) -> &str {
                &manifest.course.$file
            }

            fn check(bytes: &[u8]) -> Result<Self, Damaged> {
                Archive::check(bytes)
            }
        }
    )+};
}

lies_in! {
    IndexArchive: index,
    PathArchive: path,
    PillarsArchive: pillars,
    PlacementArchive: placement,
    AuditArchive: audit,
    GlossaryArchive: glossary,
    SearchArchive: search,
}
