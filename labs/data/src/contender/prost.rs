//! Protocol Buffers by prost: numbered fields, each with its length or kind before it, into owned messages.
//!
//! The messages are the structs that such a program works with: written by hand with prost's derive, as its compiler would write them
//! from a `.proto` file, so that no `protoc` is needed. They are made of the data set beforehand; what is timed is encoding them, and
//! decoding and reading them.

mod document;
mod log;
mod mesh;
mod order;
mod savedata;
mod tree;

pub use document::Document;
pub use log::Logs;
pub use mesh::Mesh;
pub use order::Orders;
pub use savedata::Saves;
pub use tree::Node;

use super::{EncodeError, Family, copying};
use crate::payload::{Dataset, Readable};
use prost::{DecodeError, EncodeError as Refused, Message};
use protocol::{Contender, Operation, Read};
use std::hint::black_box;
use std::rc::Rc;

/// Turns `value` into its message, encodes it and builds the contender.
///
/// # Errors
/// None: a growing buffer holds every message.
pub fn family<D: Dataset>(value: &Rc<D>, operation: Operation) -> Result<Option<Family>, EncodeError> {
    let message = Rc::new(D::Message::from(value));
    let wire = Rc::new(message.encode_to_vec());
    let mut buffer = Vec::with_capacity(wire.len());
    let write = move |message: &D::Message| {
        buffer.clear();
        message.encode(&mut buffer).map(|()| black_box(&buffer).len())
    };
    let decode = |bytes: &[u8]| D::Message::decode(bytes);
    let contender = copying::<D::Message, D::Message, Refused, _>(Contender::Prost, operation, &message, &wire, write, decode);
    Ok(Some(Family { wire, contenders: vec![contender] }))
}

/// Decodes into a message that owns its strings, reads, and drops it.
///
/// # Errors
/// Bytes that are cut short or do not mean such a message.
// anchor: owned
pub fn owned<D: Dataset>(bytes: &[u8], read: Read) -> Result<u64, DecodeError> {
    Ok(D::Message::decode(bytes)?.read(read))
}
// end: owned
