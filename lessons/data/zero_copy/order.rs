//! A trading order in two forms: JSON text that is parsed, and an rkyv archive that is read where it lies.
//!
//! Shown by the lesson `data/zero_copy`. It must never read an archive without checking it.

// anchor: types
/// One order, as a client sends it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
pub struct Order {
    /// Chosen by the client.
    pub id: u64,
    /// What is traded.
    pub instrument: String,
    /// In cents, so that no rounding is hidden in a float.
    pub price: u64,
    /// How many units.
    pub quantity: u32,
    /// Whether to do nothing rather than a part.
    pub all_or_none: bool,
}
// end: types

/// Why an order was not understood.
#[derive(Debug)]
pub enum OrderError {
    /// The text is not JSON, or not an order.
    Text(serde_json::Error),
    /// The bytes are not a valid archive.
    Archive(rkyv::rancor::Error),
}

// anchor: json
/// The order's value in cents, from JSON text. Every field is parsed and the name copied before one number is used. The product
/// of any price and any quantity fits into 128 bits: what comes from outside must not overflow.
///
/// # Errors
/// [`OrderError::Text`] if the text is not JSON, or lacks a field.
pub fn value_from_json(text: &str) -> Result<u128, OrderError> {
    let order: Order = serde_json::from_str(text).map_err(OrderError::Text)?;
    Ok(u128::from(order.price) * u128::from(order.quantity))
}
// end: json

// anchor: in_place
/// The same value from an archive. Nothing is built: `order` is a reference into `bytes`.
///
/// # Errors
/// [`OrderError::Archive`] if the check finds a pointer, a length or a value that cannot be right.
pub fn value_in_place(bytes: &[u8]) -> Result<u128, OrderError> {
    let order = rkyv::access::<ArchivedOrder, rkyv::rancor::Error>(bytes).map_err(OrderError::Archive)?;
    Ok(u128::from(order.price.to_native()) * u128::from(order.quantity.to_native()))
}
// end: in_place

#[cfg(test)]
mod tests {
    use super::*;
    use rkyv::rancor::Error;
    use rkyv::util::AlignedVec;

    /// The name is longer than eight bytes, so the archive keeps it outside the order, behind a relative pointer.
    fn order() -> Order {
        Order { id: 7, instrument: "FERRITE-2027-03".to_owned(), price: 12_345, quantity: 40, all_or_none: true }
    }

    fn archive() -> AlignedVec {
        rkyv::to_bytes::<Error>(&order()).unwrap()
    }

    fn check(bytes: &[u8]) -> Result<&ArchivedOrder, Error> {
        rkyv::access::<ArchivedOrder, Error>(bytes)
    }

    #[test]
    fn both_forms_give_the_same_value() {
        let text = serde_json::to_string(&order()).unwrap();
        assert_eq!(value_from_json(&text).unwrap(), 493_800);
        assert_eq!(value_in_place(&archive()).unwrap(), 493_800);
        assert!(value_from_json("{}").is_err());
    }

    // anchor: no_copy
    #[test]
    fn the_name_is_a_slice_of_the_message() {
        let bytes = archive();
        let name = check(&bytes).unwrap().instrument.as_str();
        assert_eq!(name, "FERRITE-2027-03");
        assert!(bytes.as_ptr_range().contains(&name.as_ptr()));
    }
    // end: no_copy

    #[test]
    fn an_archive_may_be_moved() {
        let bytes = archive();
        let mut elsewhere = AlignedVec::<16>::new();
        elsewhere.extend_from_slice(&bytes);
        drop(bytes);
        assert_eq!(check(&elsewhere).unwrap().instrument.as_str(), "FERRITE-2027-03");
    }

    #[test]
    fn a_misaligned_archive_is_an_error() {
        let mut shifted = AlignedVec::<16>::new();
        shifted.push(0);
        shifted.extend_from_slice(&archive());
        assert!(check(&shifted[1..]).is_err());
    }

    // anchor: refused
    #[test]
    fn a_pointer_out_of_the_message_is_refused() {
        let mut bytes = archive();
        let name = offset_of(&bytes, |order| &order.instrument);
        bytes[name + 7] = 0x7f; // the highest byte of the distance to the text
        assert!(check(&bytes).is_err());
    }

    #[test]
    fn a_flag_that_is_neither_true_nor_false_is_refused() {
        let mut bytes = archive();
        let flag = offset_of(&bytes, |order| &order.all_or_none);
        bytes[flag] = 2;
        assert!(check(&bytes).is_err());
    }

    #[test]
    fn a_message_without_its_last_byte_is_refused() {
        let bytes = archive();
        assert!(check(&bytes[..bytes.len() - 1]).is_err());
    }
    // end: refused

    // anchor: accepted
    #[test]
    fn another_price_is_accepted() {
        let mut bytes = archive();
        let price = offset_of(&bytes, |order| &order.price);
        bytes[price] ^= 1;
        assert_eq!(check(&bytes).unwrap().price.to_native(), 12_344);
    }

    #[test]
    fn a_message_without_its_last_eight_bytes_is_accepted() {
        let bytes = archive();
        let order = check(&bytes[..bytes.len() - 8]).unwrap();
        // Still aligned, still in bounds: but every field is its neighbour.
        assert_eq!(order.quantity.to_native(), 12_345);
    }
    // end: accepted

    /// Where in the message a field lies, in bytes from its start.
    fn offset_of<T>(bytes: &[u8], field: impl Fn(&ArchivedOrder) -> &T) -> usize {
        std::ptr::from_ref(field(check(bytes).unwrap())).addr() - bytes.as_ptr().addr()
    }

    #[test]
    fn no_cut_and_no_flipped_bit_panics() {
        let sound = archive();
        for length in 0..sound.len() {
            if let Ok(order) = check(&sound[..length]) {
                assert!(order.instrument.len() <= length);
            }
        }
        for position in 0..sound.len() {
            for bit in 0..8 {
                let mut bytes = sound.clone();
                bytes[position] ^= 1 << bit;
                if let Ok(order) = check(&bytes) {
                    // What was accepted can be read: in bounds, and text is text.
                    assert!(order.instrument.as_str().chars().count() <= bytes.len());
                }
            }
        }
    }
}
