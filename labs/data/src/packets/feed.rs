//! The feed: packets drawn from a seed, encoded, framed, and the places where their stream is cut.

use super::{
    checksum::{internet_checksum, udp_checksum},
    frames::LONGEST,
    wire::{Ethernet, Ipv4, Kind, Quote, Side, Trade, Udp, VERSION},
};
use protocol::Seed;
use rand::Rng;
use rand_pcg::Lcg64Xsh32;
use zerocopy::IntoBytes as _;

/// The stream of the generator; its state is the seed.
const STREAM: u64 = 3_935_559_000_370_003_845;

const COUNT: u32 = 4;
const SYMBOLS: [&[u8; 6]; COUNT as usize] = [b"FERRO ", b"RUST  ", b"WASM  ", b"OXIDE "];

/// One frame after another, each behind its length: the first `packets` of those that `seed` stands for.
#[must_use]
pub fn stream(packets: u32, seed: Seed) -> Vec<u8> {
    let mut rng = Lcg64Xsh32::new(seed.0, STREAM);
    let mut bytes = Vec::with_capacity(packets as usize * 72);
    for sequence in 0..packets {
        let frame = encode(&packet(&mut rng, sequence), (sequence & 0xffff) as u16);
        debug_assert!(frame.len() <= LONGEST);
        bytes.extend_from_slice(&u16::try_from(frame.len()).unwrap_or(u16::MAX).to_be_bytes());
        bytes.extend_from_slice(&frame);
    }
    bytes
}

/// A message: three of four are quotes.
#[must_use]
pub fn packet(rng: &mut impl Rng, sequence: u32) -> Vec<u8> {
    let symbol = *SYMBOLS[rng.gen_range(0..COUNT) as usize];
    let price = rng.gen_range(1_000..100_000_u32);
    let mut shares = || rng.gen_range(1..1_000_u32).into();
    let (first, second) = (shares(), shares());
    let (version, sequence) = (VERSION, sequence.into());
    if rng.gen_range(0..4_u32) == 0 {
        let side = if rng.gen_range(0..2_u32) == 0 { Side::Buy } else { Side::Sell };
        let (venue, conditions) = (rng.gen_range(0..16), rng.gen_range(0..256_u16).into());
        let trade =
            Trade { kind: Kind::Trade, version, sequence, symbol, price: price.into(), quantity: first, side, venue, conditions };
        trade.as_bytes().to_vec()
    } else {
        let (bid, ask) = (price.into(), (price + rng.gen_range(1..50_u32)).into());
        let quote = Quote { kind: Kind::Quote, version, sequence, symbol, bid, bid_size: first, ask, ask_size: second };
        quote.as_bytes().to_vec()
    }
}

/// A frame around a message: Ethernet, IPv4, UDP, with lengths and checksums.
#[must_use]
pub fn encode(message: &[u8], identification: u16) -> Vec<u8> {
    let ethernet = Ethernet { destination: [2, 0, 0, 0, 0, 2], source: [2, 0, 0, 0, 0, 1], ether_type: Ethernet::IPV4.into() };
    let mut udp = Udp {
        source: 40_000.into(),
        destination: 31_337.into(),
        length: length(size_of::<Udp>() + message.len()),
        checksum: 0.into(),
    };
    let mut ip = Ipv4 {
        version_and_length: 0x45,
        service: 0,
        total_length: length(size_of::<Ipv4>() + size_of::<Udp>() + message.len()),
        identification: identification.into(),
        flags_and_fragment: 0x4000.into(),
        time_to_live: 64,
        protocol: Ipv4::UDP,
        checksum: 0.into(),
        source: [10, 0, 0, 1],
        destination: [239, 1, 1, 1],
    };
    ip.checksum = internet_checksum(ip.as_bytes()).into();
    let sum = udp_checksum(&ip, &[udp.as_bytes(), message].concat());
    // A sum of 0 is sent as its other form: 0 would say that there is none (RFC 768).
    udp.checksum = if sum == 0 { 0xffff } else { sum }.into();
    [ethernet.as_bytes(), ip.as_bytes(), udp.as_bytes(), message].concat()
}

#[allow(clippy::cast_possible_truncation, reason = "of messages of this crate: below 64 kB")]
fn length(bytes: usize) -> zerocopy::network_endian::U16 {
    (bytes as u16).into()
}

/// The lengths of a stream's pieces, drawn evenly between 1 and twice `mean`: a cut can fall anywhere.
#[must_use]
pub fn pieces(stream: usize, mean: u32, seed: Seed) -> Vec<usize> {
    let mut rng = Lcg64Xsh32::new(seed.0, STREAM ^ 0xff);
    let (mut left, mut pieces) = (stream, Vec::new());
    while left > 0 {
        let piece = (rng.gen_range(1..=2 * mean.max(1)) as usize).min(left);
        pieces.push(piece);
        left -= piece;
    }
    pieces
}
