//! The ways to get from bytes on the wire to what a handler reads, one file a wire format, and the list of them.
//!
//! What is timed is one request's work: take the bytes as they arrived, decode or check them, read from the result what the handler
//! needs, and drop the result, because whoever allocates also pays for freeing. Encoding happens once, before, and is never timed.
//! Nothing here may make one contender slower or faster than its crate does it by itself.

pub mod json;
pub mod postcard;
pub mod rkyv;

use crate::payload::Dataset;
use protocol::{Contender, Read};
use std::fmt::Display;
use std::rc::Rc;

/// All wire formats; their contenders come in the order of [`Contender::ALL`].
#[must_use]
pub fn families<D: Dataset>() -> [Build<D>; 3] {
    [json::family, postcard::family, rkyv::family]
}

/// Encodes a value and builds every contender that reads these bytes.
pub type Build<D> = fn(&D, Read) -> Result<Family, EncodeError>;

/// One wire format: the bytes, and everyone who reads them.
pub struct Family {
    /// The bytes on the wire; the contenders share them.
    pub wire: Rc<dyn AsRef<[u8]>>,
    /// In the order of [`Contender::ALL`]. An operation's checksum is [`crate::payload::Readable::read`]'s.
    pub contenders: Vec<measure::Contender<Contender>>,
}

/// A payload that a format cannot hold.
#[derive(Debug, thiserror::Error)]
#[error("{format} cannot encode the payload: {reason}")]
pub struct EncodeError {
    /// The format.
    pub format: &'static str,
    /// What its crate says.
    pub reason: String,
}

impl EncodeError {
    pub(crate) fn new(format: &'static str, reason: &impl Display) -> Self {
        Self { format, reason: reason.to_string() }
    }
}

/// What was read, of bytes that this crate encoded itself a moment before.
#[inline]
#[allow(
    clippy::panic,
    reason = "invariant: each format reads back what it wrote; a swallowed error would be timed as if it were a decode"
)]
pub(crate) fn own<E: Display>(read: Result<u64, E>) -> u64 {
    match read {
        Ok(checksum) => checksum,
        Err(error) => panic!("a contender could not read its own bytes: {error}"),
    }
}
