//! A frame read in place: every header is a reference into the frame, made after its length was checked. What is wrong is said by a type.

use super::{
    checksum,
    wire::{Ethernet, Ipv4, Kind, Quote, Trade, Udp, VERSION},
};
use protocol::packets::Layer;
use zerocopy::{FromBytes, Immutable, KnownLayout, TryFromBytes, Unaligned};

/// A packet where it lies.
// anchor: packet
#[derive(Clone, Copy, Debug)]
pub struct Packet<'a> {
    /// The outermost header.
    pub ethernet: &'a Ethernet,
    /// IPv4's fixed part.
    pub ip: &'a Ipv4,
    /// Its options, mostly none.
    pub options: &'a [u8],
    /// UDP.
    pub udp: &'a Udp,
    /// What it carries.
    pub message: Message<'a>,
}
// end: packet

/// A message where it lies.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// Something was traded.
    Trade(&'a Trade),
    /// The best prices changed.
    Quote(&'a Quote),
}

/// What is checked before a packet is believed. Lengths always are: without them there is nothing safe to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checks {
    /// Lengths, values and both checksums.
    All,
    /// Lengths and values; somebody else has looked at the checksums, as most network cards do.
    Lengths,
}

/// What is wrong with a frame.
// anchor: malformed
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// A header does not fit into what is left.
    #[error("{} needs {needs} bytes, {has} are left", .layer.label())]
    TooShort {
        /// Whose header.
        layer: Layer,
        /// How many bytes it has.
        needs: usize,
        /// How many there are.
        has: usize,
    },
    /// Ethernet carries something else.
    #[error("Ethernet carries {0:#06x}, not IPv4")]
    EtherType(u16),
    /// IP of another version.
    #[error("IP version {0}, not 4")]
    Version(u8),
    /// An IPv4 header of fewer than five words.
    #[error("an IPv4 header of {0} bytes")]
    HeaderLength(usize),
    /// IPv4 claims more, or less, than can be.
    #[error("IPv4 claims {says} bytes in all, {has} are there")]
    TotalLength {
        /// What the header says.
        says: usize,
        /// What is there.
        has: usize,
    },
    /// A part of a packet: this reader puts nothing together.
    #[error("a fragment")]
    Fragment,
    /// IPv4 carries something else.
    #[error("IPv4 carries protocol {0}, not UDP")]
    Protocol(u8),
    /// IPv4's checksum is wrong.
    #[error("IPv4’s checksum is wrong")]
    HeaderChecksum,
    /// UDP claims more, or less, than can be.
    #[error("UDP claims {says} bytes, {has} are there")]
    UdpLength {
        /// What the header says.
        says: usize,
        /// What is there.
        has: usize,
    },
    /// UDP's checksum is wrong.
    #[error("UDP’s checksum is wrong")]
    UdpChecksum,
    /// A message of no known kind.
    #[error("a message of kind {0:#04x}")]
    Kind(u8),
    /// A message of another version.
    #[error("a message of version {0}, not {VERSION}")]
    MessageVersion(u8),
    /// A message longer or shorter than its kind.
    #[error("a message of {has} bytes, where its kind has {needs}")]
    MessageLength {
        /// How long its kind is.
        needs: usize,
        /// How long it is.
        has: usize,
    },
    /// A byte that is no value of its field.
    #[error("a message with a side that is neither B nor S")]
    Side,
}
// end: malformed

/// The packet in a frame.
///
/// # Errors
/// What is wrong with it, outermost first.
// anchor: parse
pub fn packet(frame: &[u8], checks: Checks) -> Result<Packet<'_>, Malformed> {
    let (ethernet, rest) = header::<Ethernet>(frame, Layer::Ethernet)?;
    if ethernet.ether_type.get() != Ethernet::IPV4 {
        return Err(Malformed::EtherType(ethernet.ether_type.get()));
    }
    let (ip, options, datagram) = ipv4(rest, checks)?;
    let (udp, body) = header::<Udp>(datagram, Layer::Udp)?;
    let length = usize::from(udp.length.get());
    // A length below the header's own makes no sense; bytes behind it within IPv4's length are nobody's.
    if length < size_of::<Udp>() || length != datagram.len() {
        return Err(Malformed::UdpLength { says: length, has: datagram.len() });
    }
    if checks == Checks::All && udp.checksum.get() != 0 && checksum::udp_checksum(ip, datagram) != 0 {
        return Err(Malformed::UdpChecksum);
    }
    Ok(Packet { ethernet, ip, options, udp, message: message(body)? })
}

/// A header at the beginning of `bytes`, and what follows it: a check of the length, and a cast.
fn header<H: FromBytes + KnownLayout + Immutable + Unaligned>(bytes: &[u8], layer: Layer) -> Result<(&H, &[u8]), Malformed> {
    H::ref_from_prefix(bytes).map_err(|_| Malformed::TooShort { layer, needs: size_of::<H>(), has: bytes.len() })
}
// end: parse

/// IPv4's header, its options, and what it carries.
fn ipv4(bytes: &[u8], checks: Checks) -> Result<(&Ipv4, &[u8], &[u8]), Malformed> {
    let (ip, _) = header::<Ipv4>(bytes, Layer::Ipv4)?;
    if ip.version() != 4 {
        return Err(Malformed::Version(ip.version()));
    }
    let header = ip.header_length();
    if header < size_of::<Ipv4>() {
        return Err(Malformed::HeaderLength(header));
    }
    let total = usize::from(ip.total_length.get());
    // Ethernet pads short frames: bytes behind the total are not the packet's.
    let whole = bytes.get(..total).filter(|whole| whole.len() >= header);
    let (head, body) =
        whole.and_then(|whole| whole.split_at_checked(header)).ok_or(Malformed::TotalLength { says: total, has: bytes.len() })?;
    if checks == Checks::All && checksum::internet_checksum(head) != 0 {
        return Err(Malformed::HeaderChecksum);
    }
    if ip.is_fragment() {
        return Err(Malformed::Fragment);
    }
    if ip.protocol != Ipv4::UDP {
        return Err(Malformed::Protocol(ip.protocol));
    }
    Ok((ip, &head[size_of::<Ipv4>()..], body))
}

/// The message that fills `bytes`.
///
/// # Errors
/// What is wrong with it.
// anchor: message
pub fn message(bytes: &[u8]) -> Result<Message<'_>, Malformed> {
    let [kind, version, ..] = *bytes else {
        return Err(Malformed::TooShort { layer: Layer::Message, needs: 2, has: bytes.len() });
    };
    let kind = Kind::try_read_from_bytes(&[kind]).map_err(|_| Malformed::Kind(kind))?;
    if version != VERSION {
        return Err(Malformed::MessageVersion(version));
    }
    match kind {
        Kind::Trade => whole::<Trade>(bytes).map(Message::Trade),
        Kind::Quote => whole::<Quote>(bytes).map(Message::Quote),
    }
}

/// A message of exactly these bytes, each of its values one that its type has.
fn whole<M: TryFromBytes + KnownLayout + Immutable + Unaligned>(bytes: &[u8]) -> Result<&M, Malformed> {
    if bytes.len() != size_of::<M>() {
        return Err(Malformed::MessageLength { needs: size_of::<M>(), has: bytes.len() });
    }
    M::try_ref_from_bytes(bytes).map_err(|_| Malformed::Side)
}
// end: message

/// A symbol without its padding; what is no ASCII reads as nothing.
#[must_use]
pub fn symbol(padded: &[u8; 6]) -> &str {
    str::from_utf8(padded).map_or("", |text| text.trim_end_matches(' '))
}

impl<'a> Message<'a> {
    /// The message's place in the feed.
    #[must_use]
    pub fn sequence(&self) -> u32 {
        match self {
            Self::Trade(trade) => trade.sequence.get(),
            Self::Quote(quote) => quote.sequence.get(),
        }
    }

    /// What it is about; the text lies in the frame.
    #[must_use]
    pub fn symbol(&self) -> &'a str {
        match self {
            Self::Trade(trade) => symbol(&trade.symbol),
            Self::Quote(quote) => symbol(&quote.symbol),
        }
    }
}
