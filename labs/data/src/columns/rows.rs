//! Rows: a list of structs, as JSON text that is parsed, and as an rkyv archive that is checked and read in place.

use super::{
    Ask, EXPENSIVE, Made, folded, touched,
    trade::{Field, SYMBOLS, Trade},
};
use crate::{
    checksum::Checksum,
    contender::{EncodeError, own},
};
use protocol::Contender;
use rkyv::{Archived, rancor::Failure};
use std::hint::black_box;
use std::mem::offset_of;

/// A row in either form.
trait Row {
    fn fields(&self) -> [u64; 7];
    fn price(&self) -> u32;
    fn quantity(&self) -> u32;
    fn symbol(&self) -> u16;
}

impl Row for Trade {
    #[inline]
    fn fields(&self) -> [u64; 7] {
        let Self { time, order, price, quantity, symbol, venue, flags } = *self;
        [time, order, price.into(), quantity.into(), symbol.into(), venue.into(), flags.into()]
    }
    #[inline]
    fn price(&self) -> u32 {
        self.price
    }
    #[inline]
    fn quantity(&self) -> u32 {
        self.quantity
    }
    #[inline]
    fn symbol(&self) -> u16 {
        self.symbol
    }
}

impl Row for Archived<Trade> {
    #[inline]
    fn fields(&self) -> [u64; 7] {
        let Self { time, order, price, quantity, symbol, venue, flags } = self;
        [
            time.to_native(),
            order.to_native(),
            price.to_native().into(),
            quantity.to_native().into(),
            symbol.to_native().into(),
            venue.to_native().into(),
            flags.to_native().into(),
        ]
    }
    #[inline]
    fn price(&self) -> u32 {
        self.price.to_native()
    }
    #[inline]
    fn quantity(&self) -> u32 {
        self.quantity.to_native()
    }
    #[inline]
    fn symbol(&self) -> u16 {
        self.symbol.to_native()
    }
}

/// The answer, row by row: each field lies among its row's others.
// anchor: by_rows
fn answer<R: Row>(rows: &[R], ask: &Ask) -> u64 {
    match ask {
        Ask::Scan => rows.iter().map(|row| u64::from(row.quantity())).sum(),
        Ask::Filter => {
            let expensive = rows.iter().filter(|row| row.price() > EXPENSIVE);
            expensive.map(|row| u64::from(row.quantity())).sum()
        }
        Ask::Group => {
            let mut sums = [0_u64; SYMBOLS];
            for row in rows {
                if let Some(sum) = sums.get_mut(usize::from(row.symbol())) {
                    *sum += u64::from(row.quantity());
                }
            }
            folded(&sums)
        }
        Ask::LookUp(places) => {
            let mut checksum = Checksum::default();
            for row in places.iter().filter_map(|&place| rows.get(place as usize)) {
                checksum.entry(row.fields());
            }
            checksum.total()
        }
    }
}
// end: by_rows

/// JSON text: parsed into owned rows, asked, dropped.
///
/// # Errors
/// None with these types; a format's refusal would be told.
pub fn json(trades: &[Trade], ask: &Ask) -> Result<Made, EncodeError> {
    let text = serde_json::to_vec(trades).map_err(|error| EncodeError::new("serde_json", &error))?;
    let wire = text.len() as u64;
    let ask = ask.clone();
    let contender = measure::Contender::new(Contender::JsonRows, move || own(json_answer(black_box(&text), &ask)));
    // Every byte of text is read, and every row is written and read once: whatever is asked.
    let touched = wire + size_of_val(trades) as u64;
    Ok(Made { contender, wire: Some(wire), touched })
}

/// # Errors
/// Bytes that are not the JSON of trades.
// anchor: json
pub(super) fn json_answer(text: &[u8], ask: &Ask) -> serde_json::Result<u64> {
    let rows: Vec<Trade> = serde_json::from_slice(text)?;
    Ok(answer(&rows, ask))
}
// end: json

/// An rkyv archive: checked, and asked where it lies.
///
/// # Errors
/// An archive beyond what its relative pointers reach.
pub fn rkyv(trades: &[Trade], ask: &Ask) -> Result<Made, EncodeError> {
    let bytes = rkyv::to_bytes::<Failure>(&trades.to_vec()).map_err(|error| EncodeError::new("rkyv", &error))?;
    let wire = bytes.len() as u64;
    let touched = rkyv::access::<Archived<Vec<Trade>>, Failure>(&bytes)
        .map(|rows| touched(ask, trades.len(), |field, row| archived_place(rows.as_slice(), field, row)))
        .map_err(|error| EncodeError::new("rkyv", &error))?;
    let ask = ask.clone();
    let contender = measure::Contender::new(Contender::RkyvRows, move || own(rkyv_answer(black_box(&bytes), &ask)));
    Ok(Made { contender, wire: Some(wire), touched })
}

/// # Errors
/// Bytes that are not the archive of trades, or not aligned for it.
// anchor: rkyv
pub(super) fn rkyv_answer(bytes: &[u8], ask: &Ask) -> Result<u64, Failure> {
    let rows = rkyv::access::<Archived<Vec<Trade>>, Failure>(bytes)?;
    Ok(answer(rows.as_slice(), ask))
}
// end: rkyv

/// Where a field of a row lies, and how long it is.
fn archived_place(rows: &[Archived<Trade>], field: Field, row: usize) -> (usize, usize) {
    let start = rows.as_ptr().addr() + row * size_of::<Archived<Trade>>();
    let (offset, length) = archived_field(field);
    (start + offset, length)
}

/// A field's place within an archived row, and its length.
#[must_use]
pub const fn archived_field(field: Field) -> (usize, usize) {
    type Row = Archived<Trade>;
    match field {
        Field::Time => (offset_of!(Row, time), 8),
        Field::Order => (offset_of!(Row, order), 8),
        Field::Price => (offset_of!(Row, price), 4),
        Field::Quantity => (offset_of!(Row, quantity), 4),
        Field::Symbol => (offset_of!(Row, symbol), 2),
        Field::Venue => (offset_of!(Row, venue), 2),
        Field::Flags => (offset_of!(Row, flags), 4),
    }
}
