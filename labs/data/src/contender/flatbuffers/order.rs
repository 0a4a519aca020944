//! Orders as tables.

use super::Root;
use crate::payload::{self, OrderFields, Readable, read_orders};
use flatbuffers::{FlatBufferBuilder, ForwardsUOffset, Vector, WIPOffset};
use protocol::Read;
use std::marker::PhantomData;

table! {
    /// [`payload::Orders`]
    Orders, NewOrders {
        numbers {}
        required { orders: Vector<'a, ForwardsUOffset<Order<'a>>> = 4 }
        optional {}
    }
}

table! {
    /// [`payload::Order`]; the enumerations are numbers, of which any may arrive.
    Order, NewOrder {
        numbers {
            order_id: u64 = 4, ticks: i64 = 6, sent_at_ns: u64 = 8, account: u32 = 10, quantity: u32 = 12,
            side: u8 = 14, time_in_force: u8 = 16
        }
        required { instrument: &'a str = 18, tag: &'a str = 20 }
        optional {}
    }
}

impl<'a> Root<'a, payload::Orders<String>> for Orders<'a> {
    fn build(value: &payload::Orders<String>, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Self> {
        let mut order = |of: &payload::Order<String>| {
            let [instrument, tag] = [&of.symbol, &of.client_tag].map(|text| builder.create_string(text));
            let new = NewOrder {
                order_id: of.order_id,
                ticks: of.price_ticks,
                sent_at_ns: of.sent_at_ns,
                account: of.account,
                quantity: of.quantity,
                side: of.side as u8,
                time_in_force: of.time_in_force as u8,
                instrument,
                tag,
                of: PhantomData,
            };
            new.finish(builder)
        };
        let orders: Vec<_> = value.orders.iter().map(&mut order).collect();
        let orders = builder.create_vector(&orders);
        NewOrders { orders, of: PhantomData }.finish(builder)
    }
}

impl OrderFields for Order<'_> {
    fn numbers(&self) -> [u64; 6] {
        let (account, quantity) = (self.account().into(), self.quantity().into());
        [self.order_id(), account, self.side().into(), quantity, self.time_in_force().into(), self.sent_at_ns()]
    }
    fn price_ticks(&self) -> i64 {
        self.ticks()
    }
    fn symbol(&self) -> &str {
        self.instrument()
    }
    fn client_tag(&self) -> &str {
        self.tag()
    }
}

impl Readable for Orders<'_> {
    fn read(&self, read: Read) -> u64 {
        read_orders(self.orders().iter(), read)
    }
}
