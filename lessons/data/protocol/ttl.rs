//! Exercise 3: one byte of a header changes, and its checksum with it, without summing the header again.
//!
//! Shown by the lesson `data/protocol`.

// anchor: task
/// The Internet's checksum, the plain way: over every word of the header.
pub fn checksum(header: &[u8; 20]) -> u16 {
    let (words, _) = header.as_chunks::<2>();
    let sum = words.iter().map(|word| u32::from(u16::from_be_bytes(*word))).sum();
    !folded(sum)
}

/// Carries added back in.
fn folded(mut sum: u32) -> u16 {
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    (sum & 0xffff) as u16
}
// end: task

// anchor: solution
/// What a router does: one hop fewer, and a checksum that fits again. The new sum is the old one, less the old word, plus the new
/// (RFC 1624, equation 3). False where no hop is left; then nothing is changed.
pub fn hop(header: &mut [u8; 20]) -> bool {
    let word = |header: &[u8; 20], at: usize| u16::from_be_bytes([header[at], header[at + 1]]);
    if header[8] == 0 {
        return false;
    }
    let before = word(header, 8);
    header[8] -= 1;
    let after = word(header, 8);
    let sum = u32::from(!word(header, 10)) + u32::from(!before) + u32::from(after);
    header[10..12].copy_from_slice(&(!folded(sum)).to_be_bytes());
    true
}
// end: solution

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // anchor: tests
    proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_one_does(mut header in any::<[u8; 20]>()) {
            header[10..12].fill(0);
            let sum = checksum(&header);
            header[10..12].copy_from_slice(&sum.to_be_bytes());
            let hops = header[8];
            prop_assert_eq!(hop(&mut header), hops > 0);
            prop_assert_eq!(checksum(&header), 0, "the header sums to nothing again");
        }
    }
    // end: tests
}
