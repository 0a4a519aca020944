//! What a handler's reading comes to: one number that depends on everything that was read.
//!
//! It is part of the timed job, so it must touch every byte and yet cost next to nothing beside a decoder: eight bytes of text an
//! addition, a rotation and an addition a field. It is no hash: it tells a field that changed or moved from one that did not, and
//! must never be used against an adversary. It must never depend on the form (owned, borrowed, archived) that it reads.

/// A running sum over entries.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checksum(u64);

impl Checksum {
    /// Takes up one entry's fields. The rotation by the field's place tells exchanged fields, the state's own tells exchanged entries;
    /// the fields' rotations do not wait for each other, so an entry costs the state's chain two operations, however wide it is.
    #[inline]
    pub fn entry<const FIELDS: usize>(&mut self, fields: [u64; FIELDS]) {
        let mut sum = 0_u64;
        let mut turn = 0;
        for field in fields {
            sum = sum.wrapping_add(field.rotate_left(turn));
            turn += 11;
        }
        self.0 = self.0.rotate_left(1).wrapping_add(sum);
    }

    /// The sum.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.0
    }
}

/// A number that depends on every byte of `text`.
///
/// Eight bytes a step; an incomplete last word is read as the text's last eight bytes, some of them for the second time. Without a
/// multiplication a step takes two cycles, and a log line's four strings a fraction of what validating its archive does; FNV, a byte a
/// step, would take more than the validation.
#[inline]
#[must_use]
pub fn text(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let length = bytes.len() as u64;
    let Some(&last) = bytes.last_chunk::<8>() else {
        return step(length, short(bytes));
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let sum = words.iter().fold(length, |sum, &word| step(sum, word));
    if rest.is_empty() { sum } else { step(sum, last) }
}

/// The turn keeps exchanged words apart.
#[inline]
const fn step(sum: u64, word: [u8; 8]) -> u64 {
    sum.rotate_left(5).wrapping_add(u64::from_le_bytes(word))
}

/// Up to seven bytes as one word, each byte at least once, without a loop.
#[inline]
fn short(bytes: &[u8]) -> [u8; 8] {
    let mut word = [0; 8];
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        word[..4].copy_from_slice(first);
        word[4..].copy_from_slice(last);
    } else if let [first, .., last] = *bytes {
        // Of two, the second is also the middle one.
        [word[0], word[1], word[2]] = [first, bytes[bytes.len() / 2], last];
    } else if let [only] = *bytes {
        word[0] = only;
    }
    word
}

/// A signed number's bits.
#[inline]
#[must_use]
pub const fn signed(number: i64) -> u64 {
    number.cast_unsigned()
}

/// Two floats' bits in one word.
#[inline]
#[must_use]
pub fn floats(low: f32, high: f32) -> u64 {
    u64::from(low.to_bits()) | u64::from(high.to_bits()) << 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_text_counts() {
        for length in 0..40 {
            let plain = "m".repeat(length);
            assert_ne!(text(&plain), text(&format!("{plain}m")));
            for place in 0..length {
                for other in 0..128_u8 {
                    let mut bytes = plain.clone().into_bytes();
                    bytes[place] = other;
                    let same = other == b'm';
                    assert_eq!(text(&plain) == text(str::from_utf8(&bytes).unwrap()), same, "{length} {place} {other}");
                }
            }
        }
    }

    #[test]
    fn exchanged_fields_and_entries_count() {
        let sum = |entries: [[u64; 2]; 2]| {
            let mut sum = Checksum::default();
            for entry in entries {
                sum.entry(entry);
            }
            sum.total()
        };
        assert_ne!(sum([[1, 2], [3, 4]]), sum([[2, 1], [3, 4]]));
        assert_ne!(sum([[1, 2], [3, 4]]), sum([[3, 4], [1, 2]]));
    }
}
