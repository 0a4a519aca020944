//! Arrow's IPC stream, as far as seven columns of whole numbers need it: one schema, one batch, no nulls, no compression.
//!
//! `arrow-ipc` reads and writes every type that Arrow has, which costs a reader 300 KB of Wasm (brotli) to download; here its generated
//! message types are used, and no more. Tests set both directions against its own reader and writer. Whatever the bytes, the outcome is
//! columns that lie in them or a typed error: every offset is checked before it is followed.

use super::trade::Trade;
use arrow_array::{
    ArrowPrimitiveType, PrimitiveArray,
    types::{UInt16Type, UInt32Type, UInt64Type},
};
use arrow_buffer::{ArrowNativeType, Buffer, MutableBuffer, ScalarBuffer, ToByteSlice as _};
use arrow_ipc::{
    Buffer as Place, Field, FieldArgs, FieldNode, Int, IntArgs, Message, MessageArgs, MessageHeader, MetadataVersion,
    RecordBatch, RecordBatchArgs, Schema, SchemaArgs, Type, root_as_message,
};
use flatbuffers::{FlatBufferBuilder, UnionWIPOffset, WIPOffset};

/// The trades' columns, each an Arrow array.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// [`Trade::time`]
    pub time: PrimitiveArray<UInt64Type>,
    /// [`Trade::order`]
    pub order: PrimitiveArray<UInt64Type>,
    /// [`Trade::price`]
    pub price: PrimitiveArray<UInt32Type>,
    /// [`Trade::quantity`]
    pub quantity: PrimitiveArray<UInt32Type>,
    /// [`Trade::symbol`]
    pub symbol: PrimitiveArray<UInt16Type>,
    /// [`Trade::venue`]
    pub venue: PrimitiveArray<UInt16Type>,
    /// [`Trade::flags`]
    pub flags: PrimitiveArray<UInt32Type>,
}

/// The columns' names and widths in bits, in their order.
const SCHEMA: [(&str, i32); 7] =
    [("time", 64), ("order", 64), ("price", 32), ("quantity", 32), ("symbol", 16), ("venue", 16), ("flags", 32)];

/// Marks the beginning of a message.
const CONTINUATION: [u8; 4] = [0xff; 4];
/// The marker and the header's length.
const PREFIX: usize = 8;
/// Where columns begin: at multiples of this, from the stream's beginning.
const ALIGN: usize = 64;

/// Why bytes are no stream of trades.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadStream {
    /// The bytes end too soon.
    #[error("the stream ends within a message")]
    Cut,
    /// A message's header cannot be read.
    #[error("a message’s header is damaged")]
    Header,
    /// It holds other columns, or none.
    #[error("these are not the columns of trades")]
    Schema,
    /// A batch in a form that is not read here: with nulls, compressed, or with other lengths.
    #[error("the batch has nulls, is compressed, or its columns differ in length")]
    Batch,
    /// A column would lie outside of the bytes, or not aligned for its type: it is not copied in silence.
    #[error("a column does not lie where it could be read in place")]
    Place,
}

impl Columns {
    /// The trades' columns.
    #[must_use]
    pub fn of(trades: &[Trade]) -> Self {
        Self {
            time: PrimitiveArray::from_iter_values(trades.iter().map(|trade| trade.time)),
            order: PrimitiveArray::from_iter_values(trades.iter().map(|trade| trade.order)),
            price: PrimitiveArray::from_iter_values(trades.iter().map(|trade| trade.price)),
            quantity: PrimitiveArray::from_iter_values(trades.iter().map(|trade| trade.quantity)),
            symbol: PrimitiveArray::from_iter_values(trades.iter().map(|trade| trade.symbol)),
            venue: PrimitiveArray::from_iter_values(trades.iter().map(|trade| trade.venue)),
            flags: PrimitiveArray::from_iter_values(trades.iter().map(|trade| trade.flags)),
        }
    }

    /// The columns in a stream: slices of `bytes`, which they keep alive.
    ///
    /// # Errors
    /// [`BadStream`]
    // anchor: read
    pub fn in_stream(bytes: &Buffer) -> Result<Self, BadStream> {
        let (schema, after) = message(bytes, 0)?;
        check(&schema.header_as_schema().ok_or(BadStream::Schema)?)?;
        let (message, start) = message(bytes, after)?;
        let batch = message.header_as_record_batch().ok_or(BadStream::Schema)?;
        let body = usize::try_from(message.bodyLength()).ok().and_then(|length| start.checked_add(length));
        let body = start..body.filter(|end| *end <= bytes.len()).ok_or(BadStream::Cut)?;
        let column = Slices { bytes, body, batch };
        Ok(Self {
            time: column.get(0)?,
            order: column.get(1)?,
            price: column.get(2)?,
            quantity: column.get(3)?,
            symbol: column.get(4)?,
            venue: column.get(5)?,
            flags: column.get(6)?,
        })
    }
    // end: read

    /// The columns as a stream, in a buffer that is aligned as Arrow's are.
    #[must_use]
    pub fn to_stream(&self) -> Buffer {
        let Self { time, order, price, quantity, symbol, venue, flags } = self;
        let columns: [&[u8]; 7] = [
            time.values().to_byte_slice(),
            order.values().to_byte_slice(),
            price.values().to_byte_slice(),
            quantity.values().to_byte_slice(),
            symbol.values().to_byte_slice(),
            venue.values().to_byte_slice(),
            flags.values().to_byte_slice(),
        ];
        let rows = long(time.values().len());
        let mut places = Vec::with_capacity(2 * columns.len());
        let mut end = 0;
        for column in columns {
            // The first is where a null's bit would stand: none are kept where there are no nulls.
            places.extend([Place::new(long(end), 0), Place::new(long(end), long(column.len()))]);
            end = (end + column.len()).next_multiple_of(ALIGN);
        }
        let mut stream = MutableBuffer::new(end + 1_024);
        put(&mut stream, &schema_header());
        put(&mut stream, &batch_header(rows, &places, long(end)));
        for column in columns {
            stream.extend_from_slice(column);
            stream.resize(stream.len().next_multiple_of(ALIGN), 0);
        }
        stream.extend_from_slice(&CONTINUATION);
        stream.extend_from_slice(&[0; 4]);
        stream.into()
    }
}

/// The message at `at`, and where its body begins.
fn message(bytes: &[u8], at: usize) -> Result<(Message<'_>, usize), BadStream> {
    let rest = bytes.get(at..).ok_or(BadStream::Cut)?;
    let (marker, rest) = rest.split_first_chunk::<4>().ok_or(BadStream::Cut)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(BadStream::Cut)?;
    if *marker != CONTINUATION {
        return Err(BadStream::Header);
    }
    let length = u32::from_le_bytes(*length) as usize;
    let header = rest.get(..length).ok_or(BadStream::Cut)?;
    let message = root_as_message(header).map_err(|_| BadStream::Header)?;
    Ok((message, at + PREFIX + length))
}

/// Whether a schema is that of the trades.
fn check(schema: &Schema<'_>) -> Result<(), BadStream> {
    let fields = schema.fields().ok_or(BadStream::Schema)?;
    let is_ours = |(field, (name, bits)): (Field<'_>, (&str, i32))| {
        let of_type = field.type_as_int().is_some_and(|int| !int.is_signed() && int.bitWidth() == bits);
        field.name() == Some(name) && of_type && field.dictionary().is_none()
    };
    if fields.len() == SCHEMA.len() && fields.iter().zip(SCHEMA).all(is_ours) { Ok(()) } else { Err(BadStream::Schema) }
}

/// A batch's columns within the stream.
struct Slices<'a> {
    bytes: &'a Buffer,
    body: std::ops::Range<usize>,
    batch: RecordBatch<'a>,
}

impl Slices<'_> {
    /// A column where it lies. Of the two buffers that a column has, the first holds its nulls' bits.
    // anchor: slice
    fn get<T: ArrowPrimitiveType>(&self, index: usize) -> Result<PrimitiveArray<T>, BadStream> {
        let nodes = self.batch.nodes().filter(|nodes| nodes.len() == SCHEMA.len()).ok_or(BadStream::Batch)?;
        let places = self.batch.buffers().filter(|places| places.len() == 2 * SCHEMA.len()).ok_or(BadStream::Batch)?;
        let (node, place) = (nodes.get(index), places.get(2 * index + 1));
        let rows = usize::try_from(self.batch.length()).map_err(|_| BadStream::Batch)?;
        let is_plain = node.null_count() == 0 && node.length() == self.batch.length() && self.batch.compression().is_none();
        let width = T::Native::get_byte_width();
        let length = rows.checked_mul(width).filter(|_| is_plain).ok_or(BadStream::Batch)?;
        let start = usize::try_from(place.offset()).ok().and_then(|offset| self.body.start.checked_add(offset));
        let start = start.ok_or(BadStream::Place)?;
        let is_within = start.checked_add(length).is_some_and(|end| end <= self.body.end);
        if !is_within || !(self.bytes.as_ptr().addr() + start).is_multiple_of(width) {
            return Err(BadStream::Place);
        }
        // A count goes up and two numbers are kept; no byte moves.
        let values = ScalarBuffer::new(self.bytes.clone(), start / width, rows);
        Ok(PrimitiveArray::new(values, None))
    }
    // end: slice
}

/// A count of bytes or rows in memory as the format has it; none is beyond its range.
fn long(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Puts a message's header into the stream, padded so that what follows begins at a multiple of [`ALIGN`].
fn put(stream: &mut MutableBuffer, header: &[u8]) {
    let end = (stream.len() + PREFIX + header.len()).next_multiple_of(ALIGN);
    let padded = end - stream.len() - PREFIX;
    stream.extend_from_slice(&CONTINUATION);
    stream.extend_from_slice(&u32::try_from(padded).unwrap_or(u32::MAX).to_le_bytes());
    stream.extend_from_slice(header);
    stream.resize(end, 0);
}

fn schema_header() -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let fields = SCHEMA.map(|(name, bits)| {
        let name = builder.create_string(name);
        let int = Int::create(&mut builder, &IntArgs { bitWidth: bits, is_signed: false });
        let children = builder.create_vector::<WIPOffset<Field<'_>>>(&[]);
        let args = FieldArgs {
            name: Some(name),
            type_type: Type::Int,
            type_: Some(int.as_union_value()),
            children: Some(children),
            ..FieldArgs::default()
        };
        Field::create(&mut builder, &args)
    });
    let fields = builder.create_vector(&fields);
    let schema = Schema::create(&mut builder, &SchemaArgs { fields: Some(fields), ..SchemaArgs::default() });
    finished(builder, MessageHeader::Schema, schema.as_union_value(), 0)
}

fn batch_header(rows: i64, places: &[Place], body: i64) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let nodes = builder.create_vector(&[FieldNode::new(rows, 0); SCHEMA.len()]);
    let places = builder.create_vector(places);
    let args = RecordBatchArgs { length: rows, nodes: Some(nodes), buffers: Some(places), ..RecordBatchArgs::default() };
    let batch = RecordBatch::create(&mut builder, &args);
    finished(builder, MessageHeader::RecordBatch, batch.as_union_value(), body)
}

fn finished(mut builder: FlatBufferBuilder<'_>, kind: MessageHeader, header: WIPOffset<UnionWIPOffset>, body: i64) -> Vec<u8> {
    let args = MessageArgs {
        version: MetadataVersion::V5,
        header_type: kind,
        header: Some(header),
        bodyLength: body,
        custom_metadata: None,
    };
    let message = Message::create(&mut builder, &args);
    builder.finish(message, None);
    builder.finished_data().to_vec()
}
