//! zerocopy: the bytes *are* the structs. Entries of a fixed number of bytes stand one after the other, and a cast gives a slice of them.
//!
//! Only payloads whose entries are of one size can be written so: `mesh` as it is, `order` with its two strings in fields of fixed
//! length. What the cast does not check (that a string is UTF-8) is checked before anything is read.

use super::{EncodeError, Family, own};
use crate::checksum::{Checksum, floats};
use crate::payload::{Dataset, Facet, Mesh, Order, OrderFields, Orders, Side, TimeInForce, read_orders, read_triangles};
use protocol::{Contender, Operation, Read};
use std::hint::black_box;
use std::rc::Rc;
use zerocopy::little_endian::{F32, I64, U32, U64};
use zerocopy::{Immutable, IntoBytes, KnownLayout, TryFromBytes, Unaligned};

/// One entry of a `D` in a fixed number of bytes, at any address.
pub trait Row<D>: TryFromBytes + IntoBytes + Immutable + KnownLayout + Unaligned + Sized + 'static {
    /// Whether the payload can be written so at all.
    const IS_POSSIBLE: bool = true;

    /// The entries; none if one does not fit.
    fn rows(value: &D) -> Option<Vec<Self>>;

    /// Whether what the cast cannot check holds.
    fn is_sound(&self) -> bool {
        true
    }

    /// As [`crate::payload::Readable::read`].
    fn read(rows: &[Self], read: Read) -> u64;

    /// As [`crate::payload::Update::update`].
    fn update(rows: &mut [Self]) -> u64;
}

/// Bytes that are no rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are not rows of the expected kind")]
pub struct NotRows;

/// Copies the entries' bytes out and builds the contender.
///
/// # Errors
/// A string longer than its field.
pub fn family<D: Dataset>(value: &Rc<D>, operation: Operation) -> Result<Option<Family>, EncodeError> {
    if !D::Row::IS_POSSIBLE {
        return Ok(None);
    }
    let rows = D::Row::rows(value).ok_or_else(|| EncodeError::new("zerocopy", &"a string is longer than its field"))?;
    let wire = Rc::new(rows.as_bytes().to_vec());
    let id = Contender::Zerocopy;
    let contender = match operation {
        Operation::Write => {
            let mut buffer: Vec<u8> = Vec::with_capacity(wire.len());
            measure::Contender::new(id, move || {
                buffer.clear();
                buffer.extend_from_slice(black_box(&rows).as_bytes());
                black_box(&buffer).len() as u64
            })
        }
        Operation::Read(read) => {
            let wire = Rc::clone(&wire);
            measure::Contender::new(id, move || own(in_place::<D>(black_box(&wire), read)))
        }
        Operation::Update => {
            let mut bytes = Vec::clone(&wire);
            measure::Contender::new(id, move || own(update::<D>(black_box(&mut bytes))))
        }
    };
    Ok(Some(Family { wire, contenders: vec![contender] }))
}

/// Casts the bytes, checks what the cast does not, and reads in place.
///
/// # Errors
/// Bytes that are no whole number of rows, or hold what their types forbid.
// anchor: in_place
pub fn in_place<D: Dataset>(bytes: &[u8], read: Read) -> Result<u64, NotRows> {
    let rows = <[D::Row]>::try_ref_from_bytes(bytes).map_err(|_| NotRows)?;
    if rows.iter().all(D::Row::is_sound) { Ok(D::Row::read(rows, read)) } else { Err(NotRows) }
}
// end: in_place

/// Casts the bytes, and changes one number of every entry in place.
///
/// # Errors
/// As [`in_place`].
pub fn update<D: Dataset>(bytes: &mut [u8]) -> Result<u64, NotRows> {
    let rows = <[D::Row]>::try_mut_from_bytes(bytes).map_err(|_| NotRows)?;
    if rows.iter().all(D::Row::is_sound) { Ok(D::Row::update(rows)) } else { Err(NotRows) }
}

/// No entry of a fixed size.
#[derive(Clone, Copy, TryFromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(transparent)]
pub struct NoRow(u8);

impl<D> Row<D> for NoRow {
    const IS_POSSIBLE: bool = false;

    fn rows(_: &D) -> Option<Vec<Self>> {
        None
    }
    fn read(_: &[Self], _: Read) -> u64 {
        0
    }
    fn update(_: &mut [Self]) -> u64 {
        0
    }
}

/// A triangle in 48 bytes.
#[derive(Clone, Copy, TryFromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct TriangleRow {
    corners: [[F32; 3]; 3],
    normal: [F32; 3],
}

impl Facet for &TriangleRow {
    fn corners(&self) -> [[f32; 3]; 3] {
        self.corners.map(|corner| corner.map(F32::get))
    }
    fn normal(&self) -> [f32; 3] {
        self.normal.map(F32::get)
    }
}

impl Row<Mesh> for TriangleRow {
    fn rows(mesh: &Mesh) -> Option<Vec<Self>> {
        let row = |triangle| Self {
            corners: Facet::corners(&triangle).map(|corner| corner.map(F32::new)),
            normal: Facet::normal(&triangle).map(F32::new),
        };
        Some(mesh.triangles.iter().map(row).collect())
    }
    fn read(rows: &[Self], read: Read) -> u64 {
        read_triangles(rows.iter(), read)
    }
    fn update(rows: &mut [Self]) -> u64 {
        let mut sum = Checksum::default();
        for TriangleRow { normal: [x, ..], .. } in rows {
            *x = F32::new(-x.get());
            sum.entry([floats(x.get(), 0.0)]);
        }
        sum.total()
    }
}

/// An order in 80 bytes.
#[derive(Clone, Copy, TryFromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct OrderRow {
    order_id: U64,
    price_ticks: I64,
    sent_at_ns: U64,
    account: U32,
    quantity: U32,
    side: Side,
    time_in_force: TimeInForce,
    symbol: ShortText<15>,
    client_tag: ShortText<29>,
}

/// A string of at most `N` bytes.
#[derive(Clone, Copy, TryFromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct ShortText<const N: usize> {
    length: u8,
    bytes: [u8; N],
}

impl<const N: usize> ShortText<N> {
    /// None if it is too long.
    fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; N];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { length: u8::try_from(text.len()).ok()?, bytes })
    }

    /// None if the bytes are no text.
    fn get(&self) -> Option<&str> {
        str::from_utf8(self.bytes.get(..self.length.into())?).ok()
    }
}

impl OrderRow {
    /// None if a string does not fit.
    fn new(order: &Order<String>) -> Option<Self> {
        Some(Self {
            order_id: order.order_id.into(),
            price_ticks: order.price_ticks.into(),
            sent_at_ns: order.sent_at_ns.into(),
            account: order.account.into(),
            quantity: order.quantity.into(),
            side: order.side,
            time_in_force: order.time_in_force,
            symbol: ShortText::new(&order.symbol)?,
            client_tag: ShortText::new(&order.client_tag)?,
        })
    }
}

impl OrderFields for &OrderRow {
    fn numbers(&self) -> [u64; 6] {
        let (side, time_in_force) = (self.side as u64, self.time_in_force as u64);
        let (account, quantity) = (self.account.get().into(), self.quantity.get().into());
        [self.order_id.get(), account, side, quantity, time_in_force, self.sent_at_ns.get()]
    }
    fn price_ticks(&self) -> i64 {
        self.price_ticks.get()
    }
    fn symbol(&self) -> &str {
        // `is_sound` has found text here.
        self.symbol.get().unwrap_or_default()
    }
    fn client_tag(&self) -> &str {
        self.client_tag.get().unwrap_or_default()
    }
}

impl Row<Orders<String>> for OrderRow {
    fn rows(orders: &Orders<String>) -> Option<Vec<Self>> {
        orders.orders.iter().map(Self::new).collect()
    }
    fn is_sound(&self) -> bool {
        self.symbol.get().is_some() && self.client_tag.get().is_some()
    }
    fn read(rows: &[Self], read: Read) -> u64 {
        read_orders(rows.iter(), read)
    }
    fn update(rows: &mut [Self]) -> u64 {
        let mut sum = Checksum::default();
        for row in rows {
            row.quantity = (row.quantity.get() ^ 1).into();
            sum.entry([row.quantity.get().into()]);
        }
        sum.total()
    }
}
