//! A document as bytes: checked once when it arrives, then read in place.
//!
//! An archive is eight bytes that say what it is and in which version, eight bytes of checksum, and the rkyv archive of the document.
//! The checksum finds what rkyv's own check cannot: a letter that became another, or an archive of another version whose shape happens
//! to fit.

use crate::{Audit, Glossary, Index, LearningPath, Lesson, Pillars, Placement, SearchIndex};
use rkyv::api::high::{HighSerializer, HighValidator};
use rkyv::bytecheck::CheckBytes;
use rkyv::rancor::Failure;
use rkyv::ser::allocator::ArenaHandle;
use rkyv::util::AlignedVec;
use std::marker::PhantomData;
use std::ops::Deref;

/// Bytes before the rkyv archive. As much as rkyv's alignment, so that what follows is aligned as it was when written.
const HEADER: usize = 16;

/// What can be archived.
pub trait Document: rkyv::Archive + for<'a> rkyv::Serialize<HighSerializer<AlignedVec, ArenaHandle<'a>, Failure>>
where
    Self::Archived: for<'a> CheckBytes<HighValidator<'a, Failure>>,
{
    /// The first eight bytes: what the document is, and the version of its shape. Changed whenever a field or a variant is.
    const MAGIC: [u8; 8];
}

impl Document for Lesson {
    const MAGIC: [u8; 8] = *b"FSLESS02";
}

impl Document for Index {
    const MAGIC: [u8; 8] = *b"FSINDX01";
}

impl Document for LearningPath {
    const MAGIC: [u8; 8] = *b"FSPATH01";
}

impl Document for Audit {
    const MAGIC: [u8; 8] = *b"FSAUDT01";
}

impl Document for Glossary {
    const MAGIC: [u8; 8] = *b"FSGLOS01";
}

impl Document for SearchIndex {
    const MAGIC: [u8; 8] = *b"FSSRCH01";
}

impl Document for Placement {
    const MAGIC: [u8; 8] = *b"FSPLCE01";
}

impl Document for Pillars {
    const MAGIC: [u8; 8] = *b"FSPLLR01";
}

/// Why bytes are no archive that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// They do not begin as such an archive of this version does: something else was sent, or another build wrote them.
    #[error("not an archive of this kind and version")]
    Foreign,
    /// They were changed or cut short on the way.
    #[error("the checksum does not fit: the archive was changed or cut short")]
    Checksum,
    /// The checksum fits, and yet they do not describe a document.
    #[error("the archive is not well formed")]
    Shape,
}

/// A document's archive that has been checked, and derefs to the document in place.
pub struct Archive<T> {
    /// Header and rkyv archive. Never changed after [`Archive::check`], which the unsafe block in `deref` relies on.
    bytes: AlignedVec,
    document: PhantomData<T>,
}

/// A lesson's archive.
pub type LessonArchive = Archive<Lesson>;

/// The archive of the course's index.
pub type IndexArchive = Archive<Index>;

/// The archive of the audit.
pub type AuditArchive = Archive<Audit>;

/// The archive of the glossary.
pub type GlossaryArchive = Archive<Glossary>;

/// The archive of the search index.
pub type SearchArchive = Archive<SearchIndex>;

/// The archive of the placement.
pub type PlacementArchive = Archive<Placement>;

/// The archive of the pillars' goals.
pub type PillarsArchive = Archive<Pillars>;

/// The archive of the learning path.
pub type PathArchive = Archive<LearningPath>;

impl<T: Document> Archive<T>
where
    T::Archived: for<'a> CheckBytes<HighValidator<'a, Failure>>,
{
    /// Takes bytes from outside and checks them: once, so that every later access costs nothing.
    ///
    /// # Errors
    /// When they are no undamaged archive of such a document, as [`Damaged`] says.
    pub fn check(bytes: &[u8]) -> Result<Self, Damaged> {
        let (header, body) = bytes.split_at_checked(HEADER).ok_or(Damaged::Foreign)?;
        let (magic, sum) = header.split_at(T::MAGIC.len());
        if magic != T::MAGIC {
            return Err(Damaged::Foreign);
        }
        if sum != checksum(body).to_le_bytes() {
            return Err(Damaged::Checksum);
        }
        let mut owned = AlignedVec::with_capacity(bytes.len());
        owned.extend_from_slice(bytes);
        rkyv::access::<T::Archived, Failure>(&owned[HEADER..]).map_err(|Failure| Damaged::Shape)?;
        Ok(Self { bytes: owned, document: PhantomData })
    }

    /// The archive of `document`, checked. The same document always gives the same bytes.
    ///
    /// # Errors
    /// [`Damaged::Shape`] when rkyv cannot write the document, which happens only where more than 2 GiB are needed.
    pub fn of(document: &T) -> Result<Self, Damaged> {
        let body = rkyv::to_bytes::<Failure>(document).map_err(|Failure| Damaged::Shape)?;
        let mut bytes = AlignedVec::<16>::with_capacity(HEADER + body.len());
        bytes.extend_from_slice(&T::MAGIC);
        bytes.extend_from_slice(&checksum(&body).to_le_bytes());
        bytes.extend_from_slice(&body);
        Self::check(&bytes)
    }
}

impl<T> Archive<T> {
    /// The bytes to store or send: what [`Archive::check`] takes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The content's checksum: what names the file, 16 hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        format!("{:016x}", checksum(&self.bytes[HEADER..]))
    }
}

impl<T: Document> Deref for Archive<T>
where
    T::Archived: for<'a> CheckBytes<HighValidator<'a, Failure>>,
{
    type Target = T::Archived;

    fn deref(&self) -> &T::Archived {
        // SAFETY: `check`, the only place that makes an `Archive<T>`, found these very bytes to hold a valid `T::Archived` at this
        // position. `bytes` is private, no method changes it, and its heap block keeps its place and alignment when `self` moves.
        unsafe { rkyv::access_unchecked::<T::Archived>(&self.bytes[HEADER..]) }
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo 1991). Each step is a bijection of the state, so that a change confined to one byte is always found.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
pub(crate) mod damage;
#[cfg(test)]
mod tests;
