//! Columns: Apache Arrow's arrays, in memory already, and out of an IPC stream's bytes without copying them.

use super::{
    Ask, EXPENSIVE, Made, folded,
    ipc::{BadStream, Columns},
    touched,
    trade::{Field, SYMBOLS, Trade},
};
use crate::{
    checksum::Checksum,
    contender::{EncodeError, own},
};
use arrow_buffer::Buffer;
use protocol::Contender;
use std::hint::black_box;

/// The answer, column by column: a question reads the columns it names, and no other.
// anchor: by_columns
fn answer(columns: &Columns, ask: &Ask) -> u64 {
    let Columns { time, order, price, quantity, symbol, venue, flags } = columns;
    let (time, order) = (&time.values()[..], &order.values()[..]);
    let (price, quantity, flags) = (&price.values()[..], &quantity.values()[..], &flags.values()[..]);
    let (symbol, venue) = (&symbol.values()[..], &venue.values()[..]);
    match ask {
        Ask::Scan => quantity.iter().copied().map(u64::from).sum(),
        Ask::Filter => {
            // Both columns are read to their ends and the condition is a mask: no branch, so the compiler can take four rows at once.
            let chosen = price.iter().zip(quantity).map(|(&price, &quantity)| if price > EXPENSIVE { quantity } else { 0 });
            chosen.map(u64::from).sum()
        }
        Ask::Group => {
            let mut sums = [0_u64; SYMBOLS];
            for (&symbol, &quantity) in symbol.iter().zip(quantity) {
                if let Some(sum) = sums.get_mut(usize::from(symbol)) {
                    *sum += u64::from(quantity);
                }
            }
            folded(&sums)
        }
        Ask::LookUp(places) => {
            let mut checksum = Checksum::default();
            for at in places.iter().map(|&place| place as usize).filter(|&at| at < time.len()) {
                checksum.entry([
                    time[at],
                    order[at],
                    price[at].into(),
                    quantity[at].into(),
                    symbol[at].into(),
                    venue[at].into(),
                    flags[at].into(),
                ]);
            }
            checksum.total()
        }
    }
}
// end: by_columns

/// Out of the stream's bytes, every time anew.
///
/// # Errors
/// The stream that was just written cannot be read: a fault of this crate.
pub fn stream(trades: &[Trade], ask: &Ask) -> Result<Made, EncodeError> {
    let bytes = Columns::of(trades).to_stream();
    let columns = Columns::in_stream(&bytes).map_err(|error| EncodeError::new("Arrow IPC", &error))?;
    let touched = touched(ask, trades.len(), |field, row| place(&columns, field, row));
    let (wire, ask) = (bytes.len() as u64, ask.clone());
    let contender = measure::Contender::new(Contender::ArrowIpc, move || own(stream_answer(black_box(&bytes), &ask)));
    Ok(Made { contender, wire: Some(wire), touched })
}

/// # Errors
/// As [`Columns::in_stream`].
// anchor: stream
pub(super) fn stream_answer(bytes: &Buffer, ask: &Ask) -> Result<u64, BadStream> {
    Ok(answer(&Columns::in_stream(bytes)?, ask))
}
// end: stream

/// Arrays that are in memory already.
#[must_use]
pub fn arrays(trades: &[Trade], ask: &Ask) -> Made {
    let columns = Columns::of(trades);
    let touched = touched(ask, trades.len(), |field, row| place(&columns, field, row));
    let ask = ask.clone();
    let contender = measure::Contender::new(Contender::ArrowColumns, move || answer(black_box(&columns), &ask));
    Made { contender, wire: None, touched }
}

/// Where a field of a row lies, and how long it is.
fn place(columns: &Columns, field: Field, row: usize) -> (usize, usize) {
    let Columns { time, order, price, quantity, symbol, venue, flags } = columns;
    let (start, length) = match field {
        Field::Time => (time.values().as_ptr().addr(), 8),
        Field::Order => (order.values().as_ptr().addr(), 8),
        Field::Price => (price.values().as_ptr().addr(), 4),
        Field::Quantity => (quantity.values().as_ptr().addr(), 4),
        Field::Symbol => (symbol.values().as_ptr().addr(), 2),
        Field::Venue => (venue.values().as_ptr().addr(), 2),
        Field::Flags => (flags.values().as_ptr().addr(), 4),
    };
    (start + row * length, length)
}
