//! What happens when the writer's type changes and the reader's does not: by name in JSON, by place in an archive.
//!
//! Shown by the lesson `data/zero_copy`. The reader always knows [`Quote`] and nothing else.

// anchor: types
/// What the reader was built with.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize)]
pub struct Quote {
    /// What a buyer offers, in cents.
    pub bid: u64,
    /// What a seller wants, in cents.
    pub ask: u64,
}

/// A later writer's quote: the same two fields in the other order.
#[derive(serde::Serialize, rkyv::Archive, rkyv::Serialize)]
pub struct Reordered {
    /// What a seller wants, in cents.
    pub ask: u64,
    /// What a buyer offers, in cents.
    pub bid: u64,
}
// end: types

/// A later writer's quote, with a field more.
#[derive(serde::Serialize, rkyv::Archive, rkyv::Serialize)]
pub struct Added {
    /// What a buyer offers, in cents.
    pub bid: u64,
    /// What a seller wants, in cents.
    pub ask: u64,
    /// When, in milliseconds.
    pub time: u64,
}

/// A later writer's quote, with a field less.
#[derive(serde::Serialize, rkyv::Archive, rkyv::Serialize)]
pub struct Removed {
    /// What a buyer offers, in cents.
    pub bid: u64,
}

/// A later writer's quote, with a field of another name.
#[derive(serde::Serialize, rkyv::Archive, rkyv::Serialize)]
pub struct Renamed {
    /// What a buyer offers, in cents.
    pub bid: u64,
    /// What a seller wants, in cents.
    pub offer: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rkyv::rancor::Error;

    const QUOTE: Quote = Quote { bid: 100, ask: 101 };

    fn read_json(new: &impl serde::Serialize) -> Option<Quote> {
        serde_json::from_str(&serde_json::to_string(new).unwrap()).ok()
    }

    /// Reads bytes that another type wrote as the archive of a [`Quote`].
    macro_rules! read_archive {
        ($new:expr) => {{
            let bytes = rkyv::to_bytes::<Error>(&$new).unwrap();
            let quote = rkyv::access::<ArchivedQuote, Error>(&bytes).ok();
            quote.map(|quote| Quote { bid: quote.bid.to_native(), ask: quote.ask.to_native() })
        }};
    }

    // anchor: reordered
    #[test]
    fn reordered() {
        let new = Reordered { bid: 100, ask: 101 };
        assert_eq!(read_json(&new), Some(QUOTE));
        // Accepted by the check, and wrong: the bid is the ask.
        assert_eq!(read_archive!(new), Some(Quote { bid: 101, ask: 100 }));
    }
    // end: reordered

    #[test]
    fn added() {
        let new = Added { bid: 100, ask: 101, time: 5 };
        assert_eq!(read_json(&new), Some(QUOTE));
        // The root is looked for at the end of the bytes, so every field is the next one.
        assert_eq!(read_archive!(new), Some(Quote { bid: 101, ask: 5 }));
    }

    #[test]
    fn removed() {
        let new = Removed { bid: 100 };
        assert_eq!(read_json(&new), None);
        assert_eq!(read_archive!(new), None);
    }

    #[test]
    fn renamed() {
        let new = Renamed { bid: 100, offer: 101 };
        assert_eq!(read_json(&new), None);
        // An archive holds no names.
        assert_eq!(read_archive!(new), Some(QUOTE));
    }
}
