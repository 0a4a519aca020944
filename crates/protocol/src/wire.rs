//! The binary form of requests and messages: postcard, which never panics on damage.

use serde::{Serialize, de::DeserializeOwned};

/// Bytes that are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no such message")]
pub struct Damaged;

/// The bytes of `value`.
///
/// # Errors
/// [`Damaged`] if the value has no binary form; none of this crate's types is of that kind.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Damaged> {
    postcard::to_allocvec(value).map_err(|_| Damaged)
}

/// The value that `bytes` stand for.
///
/// # Errors
/// [`Damaged`] if they are cut short, too long, or do not mean a `T`.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Damaged> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(Damaged),
    }
}
