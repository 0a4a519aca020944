//! Exercise 2: a header that may be there or not. An 802.1Q tag puts four bytes between Ethernet's addresses and its type.
//!
//! Shown by the lesson `data/protocol`.

use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned, network_endian::U16};

// anchor: task
/// Ethernet's addresses.
#[derive(FromBytes, KnownLayout, Immutable, Unaligned, Debug)]
#[repr(C)]
pub struct Addresses {
    pub destination: [u8; 6],
    pub source: [u8; 6],
}

/// An 802.1Q tag.
#[derive(FromBytes, KnownLayout, Immutable, Unaligned, Debug)]
#[repr(C)]
pub struct Tag {
    /// 0x8100, where Ethernet's type would stand.
    pub marker: U16,
    /// Priority in the upper three bits, one bit, and the network's number in the lower twelve.
    pub control: U16,
}

/// A frame's beginning, where it lies.
#[derive(Debug)]
pub struct Frame<'a> {
    pub addresses: &'a Addresses,
    pub tag: Option<&'a Tag>,
    pub ether_type: u16,
    pub body: &'a [u8],
}
// end: task

// anchor: solution
/// The frame's beginning; none if it is too short for what it says it is.
pub fn frame(bytes: &[u8]) -> Option<Frame<'_>> {
    let (addresses, rest) = Addresses::ref_from_prefix(bytes).ok()?;
    let (tag, rest) = match Tag::ref_from_prefix(rest) {
        Ok((tag, after)) if tag.marker.get() == 0x8100 => (Some(tag), after),
        _ => (None, rest),
    };
    let (ether_type, body) = U16::ref_from_prefix(rest).ok()?;
    Some(Frame { addresses, tag, ether_type: ether_type.get(), body })
}
// end: solution

impl Tag {
    /// The network's number.
    pub fn network(&self) -> u16 {
        self.control.get() & 0x0fff
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: tests
    #[test]
    fn a_tag_moves_the_type_and_its_absence_does_not() {
        let plain = [&[1; 12][..], &[0x08, 0x00, 9, 9]].concat();
        let tagged = [&[1; 12][..], &[0x81, 0x00, 0xa0, 0x64], &[0x08, 0x00, 9, 9]].concat();
        let (one, other) = (frame(&plain).unwrap(), frame(&tagged).unwrap());
        assert_eq!((one.ether_type, one.body, one.tag.is_none()), (0x0800, &[9, 9][..], true));
        assert_eq!((other.ether_type, other.body, other.tag.unwrap().network()), (0x0800, &[9, 9][..], 100));
        assert_eq!(one.addresses.source, other.addresses.source);
    }

    #[test]
    fn every_cut_is_refused_or_shorter_and_none_panics() {
        let tagged = [&[1; 12][..], &[0x81, 0x00, 0xa0, 0x64], &[0x08, 0x00]].concat();
        assert!((0..tagged.len()).all(|end| frame(&tagged[..end]).is_none_or(|frame| frame.tag.is_none())));
    }
    // end: tests
}
