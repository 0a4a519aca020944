//! The same trades as rows and as columns, and which bytes a sum needs of each.
//!
//! Shown by the lesson `data/columns`.

// anchor: both
/// A trade, as a row: 32 bytes.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Trade {
    pub time: u64,
    pub order: u64,
    pub price: u32,
    pub quantity: u32,
    pub symbol: u16,
    pub venue: u16,
    pub flags: u32,
}

/// The same trades, as columns: one list a field.
#[derive(Clone, Debug, Default)]
pub struct Trades {
    pub time: Vec<u64>,
    pub order: Vec<u64>,
    pub price: Vec<u32>,
    pub quantity: Vec<u32>,
    pub symbol: Vec<u16>,
    pub venue: Vec<u16>,
    pub flags: Vec<u32>,
}
// end: both

impl Trades {
    /// Adds a row: seven lists grow, in seven places.
    // anchor: push
    pub fn push(&mut self, trade: Trade) {
        self.time.push(trade.time);
        self.order.push(trade.order);
        self.price.push(trade.price);
        self.quantity.push(trade.quantity);
        self.symbol.push(trade.symbol);
        self.venue.push(trade.venue);
        self.flags.push(trade.flags);
    }
    // end: push
}

// anchor: lines
/// How many lines of 64 bytes hold every `width`-byte field that lies `stride` bytes behind the one before, from `offset` on.
pub fn lines(rows: usize, offset: usize, width: usize, stride: usize) -> usize {
    let mut lines: Vec<usize> = (0..rows)
        .flat_map(|row| {
            let first = row * stride + offset;
            first / 64..=(first + width - 1) / 64
        })
        .collect();
    lines.dedup();
    lines.len()
}
// end: lines

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem::{offset_of, size_of};

    // anchor: counted
    #[test]
    fn the_sum_of_one_column_needs_an_eighth_of_the_lines() {
        let rows = 100_000;
        let as_rows = lines(rows, offset_of!(Trade, quantity), 4, size_of::<Trade>());
        let as_column = lines(rows, 0, 4, 4);
        assert_eq!((as_rows, as_column), (50_000, 6_250));
    }

    #[test]
    fn one_whole_row_needs_seven_times_as_many() {
        let as_row = lines(1, 0, size_of::<Trade>(), size_of::<Trade>());
        let as_columns: usize = [8, 8, 4, 4, 2, 2, 4].map(|width| lines(1, 0, width, width)).iter().sum();
        assert_eq!((as_row, as_columns), (1, 7));
    }
    // end: counted

    #[test]
    fn both_hold_the_same() {
        let row = |index: u32| Trade { time: 1, order: 2, price: index, quantity: index * 3, symbol: 4, venue: 5, flags: 6 };
        let rows: Vec<Trade> = (0..100).map(row).collect();
        let mut columns = Trades::default();
        for &trade in &rows {
            columns.push(trade);
        }
        let by_rows: u32 = rows.iter().map(|trade| trade.quantity).sum();
        assert_eq!(by_rows, columns.quantity.iter().sum::<u32>());
        assert_eq!([columns.time.len(), columns.order.len(), columns.price.len(), columns.flags.len()], [100; 4]);
        assert_eq!([columns.symbol.len(), columns.venue.len()], [100; 2]);
    }
}
