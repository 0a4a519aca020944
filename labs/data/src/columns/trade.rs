//! The trades: 32 bytes a row, so that two rows share a cache line, and how they are drawn.

use protocol::Seed;
use rand::Rng;
use rand_pcg::Lcg64Xsh32;

/// A trade.
// anchor: trade
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize)]
pub struct Trade {
    /// When: nanoseconds of the day.
    pub time: u64,
    /// Which order it filled.
    pub order: u64,
    /// Cents a share.
    pub price: u32,
    /// Shares.
    pub quantity: u32,
    /// What was traded: below [`SYMBOLS`].
    pub symbol: u16,
    /// Where.
    pub venue: u16,
    /// Conditions of the trade, a bit each.
    pub flags: u32,
}
// end: trade

/// How many symbols are traded.
pub const SYMBOLS: usize = 12;

/// A trade's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// [`Trade::time`]
    Time,
    /// [`Trade::order`]
    Order,
    /// [`Trade::price`]
    Price,
    /// [`Trade::quantity`]
    Quantity,
    /// [`Trade::symbol`]
    Symbol,
    /// [`Trade::venue`]
    Venue,
    /// [`Trade::flags`]
    Flags,
}

impl Field {
    /// All, in the order of the row.
    pub const ALL: [Self; 7] = [Self::Time, Self::Order, Self::Price, Self::Quantity, Self::Symbol, Self::Venue, Self::Flags];
}

/// The stream of the generator; its state is the seed.
const STREAM: u64 = 721_347_520_444_481_703;

/// The first `rows` trades of those that `seed` stands for. Time only ever goes on.
#[must_use]
pub fn trades(rows: u32, seed: Seed) -> Vec<Trade> {
    let mut rng = Lcg64Xsh32::new(seed.0, STREAM);
    let symbols = u16::try_from(SYMBOLS).unwrap_or(u16::MAX);
    let mut time = 34_200_000_000_000_u64;
    let trade = |_| {
        time += rng.gen_range(1_000..20_000_000_u64);
        Trade {
            time,
            order: rng.r#gen(),
            price: rng.gen_range(100..100_000),
            quantity: rng.gen_range(1..1_000),
            symbol: rng.gen_range(0..symbols),
            venue: rng.gen_range(0..16),
            flags: rng.gen_range(0..256),
        }
    };
    (0..rows).map(trade).collect()
}

/// `count` places among `rows` rows, in no order, some perhaps twice.
#[must_use]
pub fn places(rows: u32, count: u32, seed: Seed) -> Vec<u32> {
    let mut rng = Lcg64Xsh32::new(seed.0, STREAM ^ 0xffff);
    (0..count).map(|_| rng.gen_range(0..rows.max(1))).collect()
}
