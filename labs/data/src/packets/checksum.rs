//! The Internet's checksum (RFC 1071): the ones' complement of the ones'-complement sum of 16-bit words, big-endian.

use super::wire::Ipv4;

/// The checksum of a header whose own checksum field is 0; over a sound header with its checksum in place it is 0.
// anchor: checksum
#[must_use]
pub fn internet_checksum(bytes: &[u8]) -> u16 {
    folded(sum(bytes))
}

/// The sum of the words, not folded yet: an odd last byte counts as if a zero followed.
fn sum(bytes: &[u8]) -> u64 {
    let (words, last) = bytes.as_chunks::<2>();
    let sum: u64 = words.iter().map(|word| u64::from(u16::from_be_bytes(*word))).sum();
    sum + last.first().map_or(0, |byte| u64::from(*byte) << 8)
}

/// Carries are added back in until none is left.
const fn folded(mut sum: u64) -> u16 {
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !((sum & 0xffff) as u16)
}
// end: checksum

/// UDP's: over a pseudo-header of the addresses, the protocol and the length, then over header and data (`datagram`). A sound datagram with
/// its checksum in place gives 0.
#[must_use]
pub fn udp_checksum(ip: &Ipv4, datagram: &[u8]) -> u16 {
    let addresses = sum(&ip.source) + sum(&ip.destination);
    folded(addresses + u64::from(Ipv4::UDP) + datagram.len() as u64 + sum(datagram))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rfc_s_own_example_comes_out() {
        // RFC 1071, section 3: the words sum to ddf2.
        assert_eq!(internet_checksum(&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), !0xddf2);
    }

    #[test]
    fn an_odd_byte_counts_and_nothing_is_all_ones() {
        assert_eq!(internet_checksum(&[0x12]), !0x1200);
        assert_eq!(internet_checksum(&[]), 0xffff);
    }
}
