//! The byte lens's record, small enough to be copied about: what the form edits and every format encodes. It must never hold more than fits.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// The record: one of each thing that formats treat differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    /// A number of 32 bits.
    pub id: u32,
    /// An enum.
    pub side: Side,
    /// A number of 64 bits, in hundredths.
    pub price: u64,
    /// A short text.
    pub symbol: Word,
    /// A text that may be missing: it is, when empty.
    pub note: Word,
    /// A list of at most three numbers of 16 bits.
    pub fills: [Option<u16>; 3],
}

impl Default for Record {
    fn default() -> Self {
        Self {
            id: 300,
            side: Side::Sell,
            price: 12_345,
            symbol: Word::new("FERRO"),
            note: Word::new("good till cancelled"),
            fills: [Some(40), Some(2), None],
        }
    }
}

/// The record's enum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Side {
    /// The first variant.
    #[default]
    Buy,
    /// The second.
    Sell,
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Buy, Self::Sell];

    /// Its name in links and texts.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Buy => "buy",
            Self::Sell => "sell",
        }
    }
}

/// A text of at most [`Word::MOST`] bytes, so that an input stays a plain copy.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Word {
    bytes: [u8; Self::MOST],
    len: u8,
}

impl Word {
    /// The most bytes.
    pub const MOST: usize = 24;

    /// The beginning of `text`, as far as whole letters fit.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut word = Self::default();
        let len = text.floor_char_boundary(Self::MOST);
        word.bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
        word.len = u8::try_from(len).unwrap_or_default();
        word
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.bytes.get(..usize::from(self.len)).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "at most {} bytes of text", Word::MOST)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Word, E> {
                if text.len() > Word::MOST { Err(E::invalid_length(text.len(), &self)) } else { Ok(Word::new(text)) }
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// A field of the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// [`Record::id`]
    Id,
    /// [`Record::side`]
    Side,
    /// [`Record::price`]
    Price,
    /// [`Record::symbol`]
    #[default]
    Symbol,
    /// [`Record::note`]
    Note,
    /// [`Record::fills`]
    Fills,
}

impl Field {
    /// Every field, in the order of its declaration.
    pub const ALL: [Self; 6] = [Self::Id, Self::Side, Self::Price, Self::Symbol, Self::Note, Self::Fills];

    /// Its name.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Side => "side",
            Self::Price => "price",
            Self::Symbol => "symbol",
            Self::Note => "note",
            Self::Fills => "fills",
        }
    }
}
