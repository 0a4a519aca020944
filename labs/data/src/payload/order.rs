//! `order`: small orders of high-frequency trading, as a gateway gets them; a message of one is the smallest size.

use super::{Dataset, Readable, Text, Update, each_sealed, generator, middle, pick};
use crate::checksum::{Checksum, signed, text};
use protocol::{Read, Seed};
use rand::Rng;
use rand_pcg::Lcg64Xsh32;
use rkyv::munge::munge;
use rkyv::seal::Seal;

/// A message of one or more orders. `S` is `String`, or [`Text`] where the orders borrow.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub struct Orders<S> {
    /// In the order they were sent.
    pub orders: Vec<Order<S>>,
}

/// A new limit order.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub struct Order<S> {
    /// The gateway's number for it.
    pub order_id: u64,
    /// Whose money it is.
    pub account: u32,
    /// The instrument.
    pub symbol: S,
    /// Which way.
    pub side: Side,
    /// The limit, in the instrument's ticks: no floating point near money. Spreads trade below 0.
    pub price_ticks: i64,
    /// Contracts or shares.
    pub quantity: u32,
    /// How long it stands.
    pub time_in_force: TimeInForce,
    /// When the client sent it, in nanoseconds since 1970.
    pub sent_at_ns: u64,
    /// What the client wants back with every fill.
    pub client_tag: S,
}

/// Which way an order trades.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
    zerocopy::TryFromBytes,
    zerocopy::IntoBytes,
    zerocopy::Immutable,
    zerocopy::KnownLayout,
    zerocopy::Unaligned,
)]
#[repr(u8)]
#[rkyv(derive(Clone, Copy))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Buys.
    Buy,
    /// Sells what is held.
    Sell,
    /// Sells what is borrowed.
    SellShort,
}

/// How long an order stands.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
    zerocopy::TryFromBytes,
    zerocopy::IntoBytes,
    zerocopy::Immutable,
    zerocopy::KnownLayout,
    zerocopy::Unaligned,
)]
#[repr(u8)]
#[rkyv(derive(Clone, Copy))]
#[serde(rename_all = "snake_case")]
pub enum TimeInForce {
    /// Until the session ends.
    Day,
    /// Fills what it can at once; the rest is cancelled.
    ImmediateOrCancel,
    /// Fills at once and wholly, or not at all.
    FillOrKill,
    /// Until the client cancels it.
    GoodTillCancel,
}

/// An order's fields, whichever form they are in.
pub(crate) trait OrderFields {
    /// Id, account, side, quantity, time in force, time sent.
    fn numbers(&self) -> [u64; 6];
    fn price_ticks(&self) -> i64;
    fn symbol(&self) -> &str;
    fn client_tag(&self) -> &str;
}

impl<S: AsRef<str>> OrderFields for &Order<S> {
    fn numbers(&self) -> [u64; 6] {
        let (side, time_in_force) = (self.side as u64, self.time_in_force as u64);
        [self.order_id, self.account.into(), side, self.quantity.into(), time_in_force, self.sent_at_ns]
    }
    fn price_ticks(&self) -> i64 {
        self.price_ticks
    }
    fn symbol(&self) -> &str {
        self.symbol.as_ref()
    }
    fn client_tag(&self) -> &str {
        self.client_tag.as_ref()
    }
}

impl OrderFields for &ArchivedOrder<String> {
    fn numbers(&self) -> [u64; 6] {
        let (side, time_in_force) = (self.side as u64, self.time_in_force as u64);
        let (account, quantity) = (self.account.to_native().into(), self.quantity.to_native().into());
        [self.order_id.to_native(), account, side, quantity, time_in_force, self.sent_at_ns.to_native()]
    }
    fn price_ticks(&self) -> i64 {
        self.price_ticks.to_native()
    }
    fn symbol(&self) -> &str {
        &self.symbol
    }
    fn client_tag(&self) -> &str {
        &self.client_tag
    }
}

/// One field is the middle order's price, one column every order's price.
pub(crate) fn read_orders(orders: impl ExactSizeIterator<Item = impl OrderFields>, read: Read) -> u64 {
    let mut sum = Checksum::default();
    match read {
        Read::Field => middle(orders).into_iter().for_each(|order| sum.entry([signed(order.price_ticks())])),
        Read::Column => orders.for_each(|order| sum.entry([signed(order.price_ticks())])),
        Read::Every => orders.for_each(|order| {
            let [id, account, side, quantity, time_in_force, sent_at] = order.numbers();
            let (symbol, price, tag) = (text(order.symbol()), signed(order.price_ticks()), text(order.client_tag()));
            sum.entry([id, account, symbol, side, price, quantity, time_in_force, sent_at, tag]);
        }),
    }
    sum.total()
}

impl<S: AsRef<str>> Readable for Orders<S> {
    fn read(&self, read: Read) -> u64 {
        read_orders(self.orders.iter(), read)
    }
}

impl Readable for ArchivedOrders<String> {
    fn read(&self, read: Read) -> u64 {
        read_orders(self.orders.iter(), read)
    }
}

impl Update for Orders<String> {
    fn update(&mut self) -> u64 {
        let mut sum = Checksum::default();
        for order in &mut self.orders {
            order.quantity ^= 1;
            sum.entry([order.quantity.into()]);
        }
        sum.total()
    }
}

impl Dataset for Orders<String> {
    type Borrowed<'a> = Orders<Text<'a>>;
    type Message = crate::contender::prost::Orders;
    type Root<'a> = crate::contender::flatbuffers::Orders<'a>;
    type Row = crate::contender::zerocopy::OrderRow;

    fn generate(seed: Seed, entries: u32) -> Self {
        let mut rng = generator(seed);
        let mut session = Session { next_id: rng.gen_range(7_202_600_000_000_000..7_202_700_000_000_000), now_ns: OPENING_NS };
        Self { orders: (0..entries).map(|_| session.draw_order(&mut rng)).collect() }
    }

    fn update_archive(archive: Seal<'_, ArchivedOrders<String>>) -> u64 {
        let mut sum = Checksum::default();
        munge!(let ArchivedOrders { orders } = archive);
        each_sealed(orders, |order| {
            munge!(let ArchivedOrder { quantity, .. } = order);
            let quantity = quantity.unseal();
            *quantity = (quantity.to_native() ^ 1).into();
            sum.entry([quantity.to_native().into()]);
        });
        sum.total()
    }
}

/// 2 January 2026, 14:30 UTC: the first opening of the year in New York.
const OPENING_NS: u64 = 1_767_364_200_000_000_000;

/// An instrument and about where it trades, in ticks.
const INSTRUMENTS: [(&str, i64); 8] = [
    ("ESH6", 27_580),
    ("NQH6", 101_300),
    ("CLG6", 5_740),
    ("ZNH6", 7_200),
    ("AAPL", 27_150),
    ("BRK.B", 50_320),
    ("EUR/USD", 117_465),
    ("ESH6-ESM6", -212),
];
const LIFETIMES: [TimeInForce; 6] = [
    TimeInForce::Day,
    TimeInForce::ImmediateOrCancel,
    TimeInForce::ImmediateOrCancel,
    TimeInForce::ImmediateOrCancel,
    TimeInForce::FillOrKill,
    TimeInForce::GoodTillCancel,
];
const STRATEGIES: [&str; 5] = ["mm", "arb-calendar", "stat-arb", "hedge", "twap"];

/// What one order takes over from the one before.
struct Session {
    next_id: u64,
    now_ns: u64,
}

impl Session {
    fn draw_order(&mut self, rng: &mut Lcg64Xsh32) -> Order<String> {
        self.next_id += rng.gen_range(1..40_u64);
        self.now_ns += rng.gen_range(150..60_000_u64);
        let (symbol, around) = pick(rng, &INSTRUMENTS);
        Order {
            order_id: self.next_id,
            account: rng.gen_range(10_000..100_000),
            symbol: symbol.to_owned(),
            side: pick(rng, &[Side::Buy, Side::Sell, Side::SellShort]),
            price_ticks: around + rng.gen_range(-25..=25_i64),
            quantity: rng.gen_range(1..=500),
            time_in_force: pick(rng, &LIFETIMES),
            sent_at_ns: self.now_ns,
            client_tag: format!("{}/{:06x}", pick(rng, &STRATEGIES), rng.gen_range(0..1_u32 << 24)),
        }
    }
}
