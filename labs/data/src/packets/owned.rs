//! A packet copied out: structs of native numbers and a `String`, free of the frame they came in.

use super::{
    parse::{Message, Packet, symbol},
    wire::Side,
};
use crate::checksum::{Checksum, text};

/// A packet that owns everything it says.
// anchor: owned
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedPacket {
    /// Ethernet's addresses: destination, source.
    pub stations: [[u8; 6]; 2],
    /// IPv4's addresses: source, destination.
    pub hosts: [u32; 2],
    /// IPv4's identification.
    pub identification: u16,
    /// UDP's ports: source, destination.
    pub ports: [u16; 2],
    /// The message's place in the feed.
    pub sequence: u32,
    /// What it is about.
    pub symbol: String,
    /// The rest of the message.
    pub body: OwnedBody,
}
// end: owned

/// What a message says beyond its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnedBody {
    /// Something was traded.
    Trade {
        /// Hundredths.
        price: u32,
        /// Shares.
        quantity: u32,
        /// Who came first.
        side: Side,
        /// Where.
        venue: u8,
        /// A bit each.
        conditions: u16,
    },
    /// The best prices changed.
    Quote {
        /// Price in hundredths, and shares.
        bid: (u32, u32),
        /// The same.
        ask: (u32, u32),
    },
}

impl From<Packet<'_>> for OwnedPacket {
    fn from(packet: Packet<'_>) -> Self {
        let (sequence, name, body) = match packet.message {
            Message::Trade(trade) => {
                let body = OwnedBody::Trade {
                    price: trade.price.get(),
                    quantity: trade.quantity.get(),
                    side: trade.side,
                    venue: trade.venue,
                    conditions: trade.conditions.get(),
                };
                (trade.sequence, symbol(&trade.symbol), body)
            }
            Message::Quote(quote) => {
                let body = OwnedBody::Quote {
                    bid: (quote.bid.get(), quote.bid_size.get()),
                    ask: (quote.ask.get(), quote.ask_size.get()),
                };
                (quote.sequence, symbol(&quote.symbol), body)
            }
        };
        Self {
            stations: [packet.ethernet.destination, packet.ethernet.source],
            hosts: [packet.ip.source, packet.ip.destination].map(u32::from_be_bytes),
            identification: packet.ip.identification.get(),
            ports: [packet.udp.source.get(), packet.udp.destination.get()],
            sequence: sequence.get(),
            symbol: name.to_owned(),
            body,
        }
    }
}

impl OwnedPacket {
    /// What a handler reads of a packet: the same as of one in place.
    pub(super) fn read(&self, checksum: &mut Checksum) {
        let from = u64::from(self.hosts[0]) | u64::from(self.ports[1]) << 32;
        let (first, second) = match self.body {
            OwnedBody::Trade { price, quantity, .. } => (price, quantity),
            OwnedBody::Quote { bid, ask } => (bid.0, ask.0),
        };
        checksum.entry([from, self.sequence.into(), text(&self.symbol), first.into(), second.into()]);
    }

    /// How many bytes were copied to make it: the struct, and the symbol's text.
    pub(super) fn copied(&self) -> u64 {
        (size_of::<Self>() + self.symbol.len()) as u64
    }
}
