//! The lens's record as each library knows it, and its fields in words. It must stay the same record in all of them.

use protocol::lens::{Record, Side as AskedSide};

/// The record, for serde and rkyv.
#[derive(
    Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize,
)]
// anchor: record
pub struct Order {
    /// Four bytes where numbers have a fixed width.
    pub id: u32,
    /// One byte, so that padding follows it.
    pub side: Side,
    /// Eight bytes, on a multiple of eight.
    pub price: u64,
    /// A short text.
    pub symbol: String,
    /// A text that may be missing.
    pub note: Option<String>,
    /// A list.
    pub fills: Vec<u16>,
}
// end: record

/// The record's enum.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize,
)]
pub enum Side {
    /// The first variant.
    Buy,
    /// The second.
    Sell,
}

impl From<&Record> for Order {
    fn from(record: &Record) -> Self {
        let note = record.note.as_str();
        Self {
            id: record.id,
            side: match record.side {
                AskedSide::Buy => Side::Buy,
                AskedSide::Sell => Side::Sell,
            },
            price: record.price,
            symbol: record.symbol.as_str().to_owned(),
            note: (!note.is_empty()).then(|| note.to_owned()),
            fills: record.fills.iter().copied().flatten().collect(),
        }
    }
}

/// The record, for prost: the `.proto` it stands for has the same names and these numbers.
// anchor: message
#[derive(Clone, PartialEq, prost::Message)]
pub struct OrderMessage {
    /// Only its number is on the wire.
    #[prost(uint32, tag = "1")]
    pub id: u32,
    /// A number of [`SideMessage`], or any other.
    #[prost(enumeration = "SideMessage", tag = "2")]
    pub side: i32,
    /// The fewer bits it needs, the fewer bytes it takes.
    #[prost(uint64, tag = "3")]
    pub price: u64,
    /// Not written when empty.
    #[prost(string, tag = "4")]
    pub symbol: String,
    /// Written even when empty, unless it is missing.
    #[prost(string, optional, tag = "5")]
    pub note: Option<String>,
    /// There are no numbers of 16 bits.
    #[prost(uint32, repeated, tag = "6")]
    pub fills: Vec<u32>,
}
// end: message

/// The record's enum, for prost: any number may arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
#[repr(i32)]
pub enum SideMessage {
    /// The default, which is not written.
    Buy = 0,
    /// The other one.
    Sell = 1,
}

impl From<&Order> for OrderMessage {
    fn from(order: &Order) -> Self {
        let side = match order.side {
            Side::Buy => SideMessage::Buy,
            Side::Sell => SideMessage::Sell,
        };
        Self {
            id: order.id,
            side: side.into(),
            price: order.price,
            symbol: order.symbol.clone(),
            note: order.note.clone(),
            fills: order.fills.iter().copied().map(u32::from).collect(),
        }
    }
}

/// The fields in words, in the order of `Field::ALL`: what two readings are compared by.
pub(super) type Texts = [String; 6];

/// The words of a record's fields.
pub(super) fn words(
    id: u32,
    side: &str,
    price: u64,
    symbol: &str,
    note: Option<&str>,
    fills: impl IntoIterator<Item = u32>,
) -> Texts {
    let fills: Vec<String> = fills.into_iter().map(|fill| fill.to_string()).collect();
    let note = note.map_or_else(|| "none".to_owned(), |note| format!("“{note}”"));
    [id.to_string(), side.to_owned(), price.to_string(), format!("“{symbol}”"), note, format!("[{}]", fills.join(", "))]
}

impl Order {
    pub(super) fn texts(&self) -> Texts {
        let side = side_words(self.side == Side::Sell);
        words(self.id, side, self.price, &self.symbol, self.note.as_deref(), self.fills.iter().copied().map(u32::from))
    }
}

impl OrderMessage {
    pub(super) fn texts(&self) -> Texts {
        let side = SideMessage::try_from(self.side)
            .map_or_else(|_| format!("unknown ({})", self.side), |side| side_words(side == SideMessage::Sell).to_owned());
        words(self.id, &side, self.price, &self.symbol, self.note.as_deref(), self.fills.iter().copied())
    }
}

/// The enum's word, whichever library read it.
pub(super) const fn side_words(is_sell: bool) -> &'static str {
    if is_sell { "sell" } else { "buy" }
}
