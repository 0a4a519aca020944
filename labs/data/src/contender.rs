//! The ways to get between structs and bytes on the wire, one file a wire format, and the list of them.
//!
//! What is timed is one request's work. Reading: take the bytes as they arrived, decode or check them, read from the result what the
//! handler needs, and drop the result, because whoever allocates also pays for freeing. Writing: the structs are there, the bytes go
//! into a buffer that is kept from call to call, as a server keeps it. Updating: one number of every entry is changed, in the bytes where
//! the format can, else by reading, changing and writing all of it. What a format wants made beforehand (its own messages, its own
//! rows) is made beforehand, and never timed. Nothing here may make one contender slower or faster than its crate does it by itself.

pub mod bitcode;
pub mod flatbuffers;
pub mod json;
pub mod postcard;
pub mod prost;
pub mod rkyv;
pub mod simd_json;
pub mod zerocopy;

use crate::payload::{Dataset, Readable, Update};
use protocol::{Contender, Operation};
use std::fmt::Display;
use std::hint::black_box;
use std::rc::Rc;

/// All wire formats; their contenders come in the order of [`Contender::ALL`].
#[must_use]
pub fn families<D: Dataset>() -> [Build<D>; 8] {
    [
        json::family,
        simd_json::family,
        postcard::family,
        bitcode::family,
        prost::family,
        flatbuffers::family,
        zerocopy::family,
        rkyv::family,
    ]
}

/// Encodes a value and builds every contender that does the operation; none if the format cannot hold such a payload at all.
pub type Build<D> = fn(&Rc<D>, Operation) -> Result<Option<Family>, EncodeError>;

/// One wire format: the bytes, and everyone who works on them.
pub struct Family {
    /// The bytes on the wire; the contenders share them.
    pub wire: Rc<dyn AsRef<[u8]>>,
    /// In the order of [`Contender::ALL`]. The checksum of a reading operation is [`Readable::read`]'s, of an updating one
    /// [`Update::update`]'s, of a writing one the bytes' number.
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

/// The contender of a format that is decoded into structs and encoded from them; `write` puts all of it into a buffer of its own and says
/// how many bytes there now are.
fn copying<D, V, W, E>(
    id: Contender,
    operation: Operation,
    value: &Rc<V>,
    wire: &Rc<Vec<u8>>,
    mut write: impl FnMut(&V) -> Result<usize, W> + 'static,
    decode: impl Fn(&[u8]) -> Result<D, E> + 'static,
) -> measure::Contender<Contender>
where
    D: Readable + Update + std::borrow::Borrow<V>,
    V: 'static,
    W: Display,
    E: Display,
{
    let (value, wire) = (Rc::clone(value), Rc::clone(wire));
    match operation {
        Operation::Write => measure::Contender::new(id, move || own(write(black_box(&value))) as u64),
        Operation::Read(read) => measure::Contender::new(id, move || own(decode(black_box(&wire))).read(read)),
        Operation::Update => measure::Contender::new(id, move || {
            let mut value = own(decode(black_box(&wire)));
            let sum = value.update();
            black_box(own(write(value.borrow())));
            sum
        }),
    }
}

/// What came of bytes or a value that this crate made itself a moment before.
#[inline]
#[allow(
    clippy::panic,
    reason = "invariant: each format reads back what it wrote and writes what it once wrote; a swallowed error would be timed as if it were work"
)]
pub(crate) fn own<T, E: Display>(done: Result<T, E>) -> T {
    match done {
        Ok(result) => result,
        Err(error) => panic!("a contender could not work on its own data: {error}"),
    }
}
