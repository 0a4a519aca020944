//! bitcode: every field of all entries stands together, packed into as few bits as its values need; into owned structs.

use super::{EncodeError, Family, copying};
use crate::payload::{Dataset, Document, Logs, Mesh, Node, Orders, Saves};
use bitcode::{Buffer, Error};
use protocol::{Contender, Operation, Read};
use std::hint::black_box;
use std::rc::Rc;

/// What bitcode can do with a data set.
pub trait Bitcode: Sized {
    /// How many bytes it takes; they are in `buffer`, or were in one that is gone.
    ///
    /// # Errors
    /// What bitcode cannot encode.
    fn encode(&self, buffer: &mut Buffer) -> Result<usize, Error> {
        Ok(black_box(self.encode_owned(buffer)?).len())
    }

    /// The bytes.
    ///
    /// # Errors
    /// What bitcode cannot encode.
    fn encode_owned(&self, buffer: &mut Buffer) -> Result<Vec<u8>, Error>;

    /// The value that the bytes stand for.
    ///
    /// # Errors
    /// Bytes that are cut short or do not mean such a value.
    fn decode(bytes: &[u8]) -> Result<Self, Error>;
}

macro_rules! by_derive {
    ($($payload:ty),*) => {
        $(impl Bitcode for $payload {
            fn encode(&self, buffer: &mut Buffer) -> Result<usize, Error> {
                Ok(black_box(buffer.encode(self)).len())
            }
            fn encode_owned(&self, buffer: &mut Buffer) -> Result<Vec<u8>, Error> {
                Ok(buffer.encode(self).to_vec())
            }
            fn decode(bytes: &[u8]) -> Result<Self, Error> {
                bitcode::decode(bytes)
            }
        })*
    };
}

by_derive!(Logs<String>, Mesh, Orders<String>, Saves<String>);

/// Through serde: what bitcode derives for a type that holds itself would have no end.
macro_rules! by_serde {
    ($($payload:ty),*) => {
        $(impl Bitcode for $payload {
            fn encode_owned(&self, _: &mut Buffer) -> Result<Vec<u8>, Error> {
                bitcode::serialize(self)
            }
            fn decode(bytes: &[u8]) -> Result<Self, Error> {
                bitcode::deserialize(bytes)
            }
        })*
    };
}

by_serde!(Node<String>, Document<String>);

/// Encodes `value` and builds the contender.
///
/// # Errors
/// What bitcode cannot encode.
pub fn family<D: Dataset>(value: &Rc<D>, operation: Operation) -> Result<Option<Family>, EncodeError> {
    let mut buffer = Buffer::new();
    let wire = Rc::new(value.encode_owned(&mut buffer).map_err(|error| EncodeError::new("bitcode", &error))?);
    let write = move |value: &D| value.encode(&mut buffer);
    let contender = copying(Contender::Bitcode, operation, value, &wire, write, <D as Bitcode>::decode);
    Ok(Some(Family { wire, contenders: vec![contender] }))
}

/// Decodes into structs that own their strings, reads, and drops them.
///
/// # Errors
/// Bytes that are cut short or do not mean a `D`.
// anchor: owned
pub fn owned<D: Dataset>(bytes: &[u8], read: Read) -> Result<u64, Error> {
    Ok(<D as Bitcode>::decode(bytes)?.read(read))
}
// end: owned
