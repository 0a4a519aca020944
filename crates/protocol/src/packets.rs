//! The packets lab: its input, and one of its packets with every byte labelled. The lab's tests hold both against the encoder and the
//! compiler's offsets.

use serde::{Deserialize, Serialize};

/// How many packets, and in what pieces their bytes arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PacketsInput {
    /// How many packets; the lab clamps it to 1..=[`PacketsInput::MAX_PACKETS`].
    pub packets: u32,
    /// Where the stream is cut.
    pub cut: Cut,
}

impl PacketsInput {
    /// The most packets the lab makes.
    pub const MAX_PACKETS: u32 = 100_000;
    /// The numbers of packets that readers can choose, and recordings may hold.
    pub const PACKETS: [u32; 3] = [1_000, 10_000, Self::MAX_PACKETS];
}

impl Default for PacketsInput {
    fn default() -> Self {
        Self { packets: 10_000, cut: Cut::Segment }
    }
}

/// In what pieces the stream arrives. Where exactly it is cut is drawn: anywhere, also within a header or a length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cut {
    /// Pieces of 64 bytes on average: every packet is cut.
    Small,
    /// Pieces of 1,460 bytes on average, as a TCP segment carries.
    #[default]
    Segment,
    /// Pieces of 64 kB on average, as a large read from a socket gives.
    Large,
}

impl Cut {
    /// Every choice, small first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Segment, Self::Large];

    /// The mean length of a piece.
    #[must_use]
    pub const fn bytes(self) -> u32 {
        match self {
            Self::Small => 64,
            Self::Segment => 1_460,
            Self::Large => 65_536,
        }
    }

    /// The choice's name in links and exports.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Segment => "segment",
            Self::Large => "large",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Small => "about 64 bytes",
            Self::Segment => "about 1,460 bytes",
            Self::Large => "about 64 kB",
        }
    }
}

/// A frame that a reader has damaged: what does the lab say of it?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketQuestion {
    /// The frame behind its length, as it stands in the stream.
    pub framed: Vec<u8>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketAnswer {
    /// With every check: what was read, or what is wrong.
    pub checked: Result<PacketSays, String>,
    /// With checksums trusted.
    pub trusted: Result<PacketSays, String>,
}

/// What a packet says, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketSays {
    /// One sentence.
    pub text: String,
}

/// A layer of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Layer {
    /// The frame's length in the stream.
    Frame,
    /// Ethernet II.
    Ethernet,
    /// IPv4.
    Ipv4,
    /// UDP.
    Udp,
    /// Our market-data message.
    Message,
}

impl Layer {
    /// From the outside in.
    pub const ALL: [Self; 5] = [Self::Frame, Self::Ethernet, Self::Ipv4, Self::Udp, Self::Message];

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Ethernet => "Ethernet",
            Self::Ipv4 => "IPv4",
            Self::Udp => "UDP",
            Self::Message => "message",
        }
    }
}

/// A field of the packet in [`EXAMPLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PacketField {
    /// In which layer.
    pub layer: Layer,
    /// Its name.
    pub name: &'static str,
    /// How many bytes it has. It begins where the one before ends.
    pub width: usize,
    /// What stands there, in words.
    pub value: &'static str,
}

const fn field(layer: Layer, name: &'static str, width: usize, value: &'static str) -> PacketField {
    PacketField { layer, name, width, value }
}

/// The example's fields, from the first byte to the last.
pub const EXAMPLE_FIELDS: [PacketField; 27] = [
    field(Layer::Frame, "length", 2, "66 bytes follow"),
    field(Layer::Ethernet, "destination", 6, "02:00:00:00:00:02"),
    field(Layer::Ethernet, "source", 6, "02:00:00:00:00:01"),
    field(Layer::Ethernet, "type", 2, "0x0800: IPv4"),
    field(Layer::Ipv4, "version, header length", 1, "4, five words of 4 bytes"),
    field(Layer::Ipv4, "service", 1, "0"),
    field(Layer::Ipv4, "total length", 2, "52: header, UDP, message"),
    field(Layer::Ipv4, "identification", 2, "1"),
    field(Layer::Ipv4, "flags, fragment", 2, "do not fragment"),
    field(Layer::Ipv4, "time to live", 1, "64"),
    field(Layer::Ipv4, "protocol", 1, "17: UDP"),
    field(Layer::Ipv4, "checksum", 2, "over the header"),
    field(Layer::Ipv4, "source", 4, "10.0.0.1"),
    field(Layer::Ipv4, "destination", 4, "239.1.1.1"),
    field(Layer::Udp, "source port", 2, "40000"),
    field(Layer::Udp, "destination port", 2, "31337"),
    field(Layer::Udp, "length", 2, "32: header and message"),
    field(Layer::Udp, "checksum", 2, "over addresses, header and message"),
    field(Layer::Message, "kind", 1, "T: a trade"),
    field(Layer::Message, "version", 1, "1"),
    field(Layer::Message, "sequence", 4, "7"),
    field(Layer::Message, "symbol", 6, "FERRO, padded"),
    field(Layer::Message, "price", 4, "123.45, in hundredths"),
    field(Layer::Message, "quantity", 4, "100"),
    field(Layer::Message, "side", 1, "B: the buyer came first"),
    field(Layer::Message, "venue", 1, "3"),
    field(Layer::Message, "conditions", 2, "0"),
];

/// A frame of the feed behind its length: what the fields describe, byte by byte.
pub const EXAMPLE: [u8; 68] = [
    0, 66, 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 69, 0, 0, 52, 0, 1, 64, 0, 64, 17, 64, 181, 10, 0, 0, 1, 239, 1, 1, 1, 156,
    64, 122, 105, 0, 32, 64, 160, 84, 1, 0, 0, 0, 7, 70, 69, 82, 82, 79, 32, 0, 0, 48, 57, 0, 0, 0, 100, 66, 3, 0, 0,
];
