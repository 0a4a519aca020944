//! Orders as messages.

use crate::checksum::Checksum;
use crate::payload::{self, OrderFields, Readable, Update, read_orders};
use protocol::Read;

/// [`payload::Orders`]
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Orders {
    /// The orders.
    #[prost(message, repeated, tag = "1")]
    pub orders: Vec<Order>,
}

/// [`payload::Order`]; the enumerations are numbers, of which any may arrive.
#[derive(Clone, PartialEq, ::prost::Message)]
#[allow(clippy::struct_field_names, reason = "an order's number is called so in the trade")]
pub struct Order {
    /// The gateway's number for it.
    #[prost(uint64, tag = "1")]
    pub order_id: u64,
    /// Whose money it is.
    #[prost(uint32, tag = "2")]
    pub account: u32,
    /// The instrument.
    #[prost(string, tag = "3")]
    pub symbol: String,
    /// Which way.
    #[prost(uint32, tag = "4")]
    pub side: u32,
    /// The limit, zigzag-encoded since it may be below 0.
    #[prost(sint64, tag = "5")]
    pub price_ticks: i64,
    /// Contracts or shares.
    #[prost(uint32, tag = "6")]
    pub quantity: u32,
    /// How long it stands.
    #[prost(uint32, tag = "7")]
    pub time_in_force: u32,
    /// Nanoseconds since 1970.
    #[prost(fixed64, tag = "8")]
    pub sent_at_ns: u64,
    /// What the client wants back.
    #[prost(string, tag = "9")]
    pub client_tag: String,
}

impl From<&payload::Orders<String>> for Orders {
    fn from(orders: &payload::Orders<String>) -> Self {
        let order = |of: &payload::Order<String>| Order {
            order_id: of.order_id,
            account: of.account,
            symbol: of.symbol.clone(),
            side: of.side as u32,
            price_ticks: of.price_ticks,
            quantity: of.quantity,
            time_in_force: of.time_in_force as u32,
            sent_at_ns: of.sent_at_ns,
            client_tag: of.client_tag.clone(),
        };
        Self { orders: orders.orders.iter().map(order).collect() }
    }
}

impl OrderFields for &Order {
    fn numbers(&self) -> [u64; 6] {
        let [account, side, quantity, time_in_force] =
            [self.account, self.side, self.quantity, self.time_in_force].map(u64::from);
        [self.order_id, account, side, quantity, time_in_force, self.sent_at_ns]
    }
    fn price_ticks(&self) -> i64 {
        self.price_ticks
    }
    fn symbol(&self) -> &str {
        &self.symbol
    }
    fn client_tag(&self) -> &str {
        &self.client_tag
    }
}

impl Readable for Orders {
    fn read(&self, read: Read) -> u64 {
        read_orders(self.orders.iter(), read)
    }
}

impl Update for Orders {
    fn update(&mut self) -> u64 {
        let mut sum = Checksum::default();
        for order in &mut self.orders {
            order.quantity ^= 1;
            sum.entry([order.quantity.into()]);
        }
        sum.total()
    }
}
