//! How a packet is laid out: each header a struct of bytes and big-endian numbers, whose fields lie as they are declared.
//!
//! No field is aligned, so a header may begin at any byte; no field is wider than its bytes, so nothing is converted until it is read.

use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, TryFromBytes, Unaligned,
    network_endian::{U16, U32},
};

/// Ethernet II, without a VLAN tag.
// anchor: ethernet
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub struct Ethernet {
    /// To whom.
    pub destination: [u8; 6],
    /// From whom.
    pub source: [u8; 6],
    /// What follows; [`Ethernet::IPV4`] here.
    pub ether_type: U16,
}
// end: ethernet

impl Ethernet {
    /// IPv4 follows.
    pub const IPV4: u16 = 0x0800;
}

/// IPv4's fixed part; options may follow (RFC 791).
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub struct Ipv4 {
    /// Version in the upper half, header length in words of four bytes in the lower.
    pub version_and_length: u8,
    /// Type of service.
    pub service: u8,
    /// Header and all that follows, in bytes.
    pub total_length: U16,
    /// Tells fragments of one packet from those of another.
    pub identification: U16,
    /// Three flags, and where a fragment begins.
    pub flags_and_fragment: U16,
    /// How many routers may still pass it on.
    pub time_to_live: u8,
    /// What follows; [`Ipv4::UDP`] here.
    pub protocol: u8,
    /// Over the header (RFC 1071).
    pub checksum: U16,
    /// From where.
    pub source: [u8; 4],
    /// To where.
    pub destination: [u8; 4],
}

impl Ipv4 {
    /// UDP follows.
    pub const UDP: u8 = 17;

    /// The header's length in bytes, options included.
    #[must_use]
    pub const fn header_length(&self) -> usize {
        (self.version_and_length & 0x0f) as usize * 4
    }

    /// The version; 4 for the header to make sense.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version_and_length >> 4
    }

    /// Whether this is a part of a packet that was broken up: more follow, or it does not begin at 0.
    #[must_use]
    pub fn is_fragment(&self) -> bool {
        self.flags_and_fragment.get() & 0x3fff != 0
    }
}

/// UDP (RFC 768).
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub struct Udp {
    /// From which port.
    pub source: U16,
    /// To which.
    pub destination: U16,
    /// This header and what it carries, in bytes.
    pub length: U16,
    /// Over addresses, header and data; 0 says that there is none.
    pub checksum: U16,
}

/// What kind of message follows. A byte that is none of these is refused when the bytes are looked at, before anything is read.
// anchor: kind
#[derive(Clone, Copy, Debug, PartialEq, Eq, TryFromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(u8)]
pub enum Kind {
    /// A [`Trade`].
    Trade = b'T',
    /// A [`Quote`].
    Quote = b'Q',
}
// end: kind

/// Who came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, TryFromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(u8)]
pub enum Side {
    /// The buyer.
    Buy = b'B',
    /// The seller.
    Sell = b'S',
}

/// Something was traded: 24 bytes.
// anchor: trade
#[derive(Clone, Copy, Debug, TryFromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub struct Trade {
    /// [`Kind::Trade`].
    pub kind: Kind,
    /// [`VERSION`].
    pub version: u8,
    /// Counts all messages of the feed: a gap is a loss.
    pub sequence: U32,
    /// ASCII, padded with spaces.
    pub symbol: [u8; 6],
    /// Hundredths.
    pub price: U32,
    /// Shares.
    pub quantity: U32,
    /// Who came first.
    pub side: Side,
    /// Where.
    pub venue: u8,
    /// A bit each.
    pub conditions: U16,
}
// end: trade

/// The best prices changed: 28 bytes.
#[derive(Clone, Copy, Debug, TryFromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub struct Quote {
    /// [`Kind::Quote`].
    pub kind: Kind,
    /// [`VERSION`].
    pub version: u8,
    /// As a trade's.
    pub sequence: U32,
    /// ASCII, padded with spaces.
    pub symbol: [u8; 6],
    /// What a seller gets, in hundredths.
    pub bid: U32,
    /// For how many shares.
    pub bid_size: U32,
    /// What a buyer pays, in hundredths.
    pub ask: U32,
    /// For how many shares.
    pub ask_size: U32,
}

/// The messages' version that this reads.
pub const VERSION: u8 = 1;
