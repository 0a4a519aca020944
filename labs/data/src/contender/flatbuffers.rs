//! `FlatBuffers`: tables whose fields are found through a list of offsets, so that fields can be left out or added; checked, and read in place.
//!
//! The tables are written by hand through two macros (`layout.rs`) that make the very calls which `flatc`'s generated code makes, so that
//! no `flatc` is needed. Writing goes through the builder, field by field: there are no owned structs to write in one go.

#[macro_use]
mod layout;
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

use super::{EncodeError, Family, own};
use crate::payload::{Dataset, Readable};
use flatbuffers::{FlatBufferBuilder, Follow, InvalidFlatbuffer, Verifiable, WIPOffset};
use protocol::{Contender, Operation, Read};
use rkyv::util::AlignedVec;
use std::hint::black_box;
use std::rc::Rc;

/// The outermost table of a `D`.
pub trait Root<'a, D>: Follow<'a, Inner = Self> + Verifiable + Readable + Sized + 'a {
    /// Writes `value`, innermost parts first.
    fn build(value: &D, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Self>;
}

/// Encodes `value` into an aligned buffer and builds the contender. What is written cannot be changed: from Rust, the format has no update.
///
/// # Errors
/// None: the builder grows, and panics beyond 2 GiB.
pub fn family<D: Dataset>(value: &Rc<D>, operation: Operation) -> Result<Option<Family>, EncodeError> {
    let mut builder = FlatBufferBuilder::new();
    let mut wire = AlignedVec::<16>::new();
    wire.extend_from_slice(write(&**value, &mut builder));
    let wire = Rc::new(wire);
    let contenders = match operation {
        Operation::Write => {
            let value = Rc::clone(value);
            let writing = move || black_box(write::<D>(black_box(&value), &mut builder)).len() as u64;
            vec![measure::Contender::new(Contender::Flatbuffers, writing)]
        }
        Operation::Read(read) => {
            let wire = Rc::clone(&wire);
            let reading = move || own(verified::<D>(black_box(&wire), read));
            vec![measure::Contender::new(Contender::Flatbuffers, reading)]
        }
        Operation::Update => Vec::new(),
    };
    Ok(Some(Family { wire, contenders }))
}

fn write<'b, D: Dataset>(value: &D, builder: &'b mut FlatBufferBuilder<'static>) -> &'b [u8] {
    builder.reset();
    let root = D::Root::build(value, builder);
    builder.finish_minimal(root);
    builder.finished_data()
}

/// Checks every offset and every text, and reads in place.
///
/// # Errors
/// Bytes that are no such buffer, or not aligned for it.
// anchor: verified
pub fn verified<D: Dataset>(bytes: &[u8], read: Read) -> Result<u64, InvalidFlatbuffer> {
    Ok(flatbuffers::root::<D::Root<'_>>(bytes)?.read(read))
}
// end: verified
