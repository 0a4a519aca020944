//! Where serde's formats put each field, told by the encoder itself: each field is wrapped so that it notes how many bytes had been written
//! before and after it. It must write what the derived code writes, to the byte.

use super::{LensError, map::Map, record::Order};
use postcard::ser_flavors::Flavor;
use protocol::lens::{Field, Part};
use serde::{Serialize, Serializer, ser::SerializeStruct};
use std::{
    cell::{Cell, RefCell},
    io,
};

/// The record as JSON, and where its fields are.
pub(super) fn json(order: &Order) -> Result<(Vec<u8>, Map), LensError> {
    let marks = Marks::default();
    let mut bytes = Vec::new();
    serde_json::to_writer(Counted { bytes: &mut bytes, marks: &marks }, &Marked { order, marks: &marks })?;
    let mut map = Map::default();
    let mut behind = 0;
    for (field, start, end) in marks.seen.into_inner() {
        // `{` or `,`, then the name in quotes, then `:`.
        map.span((behind, behind + 1), None, Part::Structure);
        map.span((behind + 1, start - 1), field, Part::Name);
        map.span((start - 1, start), None, Part::Structure);
        map.span((start, end), field, Part::Value);
        behind = end;
    }
    map.span((behind, bytes.len()), None, Part::Structure);
    let len = bytes.len();
    Ok((bytes, map.close(len)))
}

/// The record as postcard, and where its fields are.
pub(super) fn postcard(order: &Order) -> Result<(Vec<u8>, Map), LensError> {
    let marks = Marks::default();
    let bytes = postcard::serialize_with_flavor(&Marked { order, marks: &marks }, Counted { bytes: Vec::new(), marks: &marks })?;
    let mut map = Map::default();
    for (field, start, end) in marks.seen.into_inner() {
        let mut at = start;
        if field == Field::Note {
            map.span((at, at + 1), field, Part::Tag);
            at += 1;
        }
        // postcard itself says where a length ends.
        if matches!(field, Field::Symbol | Field::Note | Field::Fills) && at < end {
            let (_, rest) = postcard::take_from_bytes::<u64>(&bytes[at..end])?;
            map.span((at, end - rest.len()), field, Part::Length);
            at = end - rest.len();
        }
        map.span((at, end), field, Part::Value);
    }
    let len = bytes.len();
    Ok((bytes, map.close(len)))
}

/// How far the writer has come, and what was noted on the way.
#[derive(Default)]
struct Marks {
    at: Cell<usize>,
    seen: RefCell<Vec<(Field, usize, usize)>>,
}

/// The record, with each field wrapped.
struct Marked<'a> {
    order: &'a Order,
    marks: &'a Marks,
}

impl Serialize for Marked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { order, marks } = self;
        let mut out = serializer.serialize_struct("Order", Field::ALL.len())?;
        out.serialize_field("id", &Mark { field: Field::Id, value: &order.id, marks })?;
        out.serialize_field("side", &Mark { field: Field::Side, value: &order.side, marks })?;
        out.serialize_field("price", &Mark { field: Field::Price, value: &order.price, marks })?;
        out.serialize_field("symbol", &Mark { field: Field::Symbol, value: &order.symbol, marks })?;
        out.serialize_field("note", &Mark { field: Field::Note, value: &order.note, marks })?;
        out.serialize_field("fills", &Mark { field: Field::Fills, value: &order.fills, marks })?;
        out.end()
    }
}

/// A field that notes where it begins and ends.
struct Mark<'a, T> {
    field: Field,
    value: &'a T,
    marks: &'a Marks,
}

impl<T: Serialize> Serialize for Mark<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let start = self.marks.at.get();
        let done = self.value.serialize(serializer)?;
        self.marks.seen.borrow_mut().push((self.field, start, self.marks.at.get()));
        Ok(done)
    }
}

/// Bytes that tell the marks how many they are.
struct Counted<'a, B> {
    bytes: B,
    marks: &'a Marks,
}

impl io::Write for Counted<'_, &mut Vec<u8>> {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(more);
        self.marks.at.set(self.bytes.len());
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Flavor for Counted<'_, Vec<u8>> {
    type Output = Vec<u8>;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.bytes.push(byte);
        self.marks.at.set(self.bytes.len());
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.bytes)
    }
}
