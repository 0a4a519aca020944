//! Packets against an independent library's, against damage, and against the picture that the page draws of one.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test: the first surprise ends it")]

use data::packets::{
    BadFeed, encode,
    frames::Framer,
    owned::{OwnedBody, OwnedPacket},
    packet, parse,
    parse::{Checks, Malformed, Message},
    pieces, prepare, stream,
    wire::{Ethernet, Ipv4, Kind, Quote, Side, Trade, Udp},
};
use etherparse::{PacketBuilder, SlicedPacket, TransportSlice};
use proptest::prelude::*;
use protocol::{
    Contender, Cut, FactKind, PacketsInput, Seed,
    packets::{EXAMPLE, EXAMPLE_FIELDS, Layer},
};
use rand::SeedableRng as _;
use std::mem::offset_of;
use zerocopy::IntoBytes as _;

const SEED: Seed = Seed(7);

fn trade() -> Trade {
    Trade {
        kind: Kind::Trade,
        version: 1,
        sequence: 7.into(),
        symbol: *b"FERRO ",
        price: 12_345.into(),
        quantity: 100.into(),
        side: Side::Buy,
        venue: 3,
        conditions: 0.into(),
    }
}

fn frame() -> Vec<u8> {
    encode(trade().as_bytes(), 1)
}

#[test]
fn the_packet_that_is_drawn_is_the_encoder_s_and_its_fields_lie_where_the_compiler_puts_them() {
    let framed = [&66_u16.to_be_bytes()[..], &frame()].concat();
    assert_eq!(framed, EXAMPLE, "the encoder makes\n{framed:?}");
    assert_eq!(EXAMPLE_FIELDS.iter().map(|field| field.width).sum::<usize>(), EXAMPLE.len());
    let mut at = 0;
    let starts: Vec<(Layer, &str, usize)> = EXAMPLE_FIELDS
        .iter()
        .map(|field| {
            at += field.width;
            (field.layer, field.name, at - field.width)
        })
        .collect();
    let start = |layer, name| starts.iter().find(|one| one.0 == layer && one.1 == name).unwrap().2;
    let layers = [2, 16, 36, 44];
    assert_eq!(start(Layer::Ethernet, "type"), layers[0] + offset_of!(Ethernet, ether_type));
    assert_eq!(start(Layer::Ipv4, "total length"), layers[1] + offset_of!(Ipv4, total_length));
    assert_eq!(start(Layer::Ipv4, "checksum"), layers[1] + offset_of!(Ipv4, checksum));
    assert_eq!(start(Layer::Ipv4, "destination"), layers[1] + offset_of!(Ipv4, destination));
    assert_eq!(start(Layer::Udp, "checksum"), layers[2] + offset_of!(Udp, checksum));
    assert_eq!(start(Layer::Message, "symbol"), layers[3] + offset_of!(Trade, symbol));
    assert_eq!(start(Layer::Message, "side"), layers[3] + offset_of!(Trade, side));
    assert_eq!(start(Layer::Message, "conditions"), layers[3] + offset_of!(Trade, conditions));
}

#[test]
fn an_independent_library_reads_what_is_encoded_and_builds_the_same_bytes() {
    let ours = frame();
    let theirs = SlicedPacket::from_ethernet(&ours).unwrap();
    let Some(TransportSlice::Udp(udp)) = theirs.transport else { panic!("{theirs:?}") };
    assert_eq!((udp.source_port(), udp.destination_port(), udp.payload()), (40_000, 31_337, trade().as_bytes()));

    let mut ip = etherparse::Ipv4Header::new(0, 64, etherparse::IpNumber::UDP, [10, 0, 0, 1], [239, 1, 1, 1]).unwrap();
    ip.identification = 1;
    ip.dont_fragment = true;
    let mut built = Vec::new();
    PacketBuilder::ethernet2([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2])
        .ip(etherparse::IpHeaders::Ipv4(ip, etherparse::Ipv4Extensions::default()))
        .udp(40_000, 31_337)
        .write(&mut built, trade().as_bytes())
        .unwrap();
    assert_eq!(built, ours);
}

#[test]
fn headers_are_references_into_the_frame_and_what_is_copied_out_says_the_same() {
    let bytes = frame();
    let read = parse::packet(&bytes, Checks::All).unwrap();
    assert_eq!(std::ptr::from_ref(read.ip).addr(), bytes.as_ptr().addr() + 14);
    assert!(bytes.as_ptr_range().contains(&read.message.symbol().as_ptr()));
    assert_eq!((read.message.sequence(), read.message.symbol(), read.options.len()), (7, "FERRO", 0));
    let owned = OwnedPacket::from(read);
    drop(bytes);
    assert_eq!((owned.symbol.as_str(), owned.ports, owned.identification), ("FERRO", [40_000, 31_337], 1));
    let body = OwnedBody::Trade { price: 12_345, quantity: 100, side: Side::Buy, venue: 3, conditions: 0 };
    assert_eq!(owned.body, body);
}

/// The sound frame, one thing changed; checksums are put right again where `repaired`, so that a later check is reached.
fn broken(change: impl Fn(&mut Vec<u8>), checks: Checks) -> Malformed {
    let mut bytes = frame();
    change(&mut bytes);
    parse::packet(&bytes, checks).map(|_| ()).unwrap_err()
}

#[test]
fn each_thing_that_can_be_wrong_has_its_own_error() {
    let set = |at: usize, value: u8| move |bytes: &mut Vec<u8>| bytes[at] = value;
    let lengths = Checks::Lengths;
    assert_eq!(broken(|bytes| bytes.truncate(9), lengths), Malformed::TooShort { layer: Layer::Ethernet, needs: 14, has: 9 });
    assert_eq!(broken(|bytes| bytes.truncate(30), lengths), Malformed::TooShort { layer: Layer::Ipv4, needs: 20, has: 16 });
    assert_eq!(broken(set(12, 0x86), lengths), Malformed::EtherType(0x8600));
    assert_eq!(broken(set(14, 0x65), lengths), Malformed::Version(6));
    assert_eq!(broken(set(14, 0x44), lengths), Malformed::HeaderLength(16));
    assert_eq!(broken(set(17, 200), lengths), Malformed::TotalLength { says: 200, has: 52 });
    assert_eq!(broken(set(17, 10), lengths), Malformed::TotalLength { says: 10, has: 52 });
    assert_eq!(broken(set(17, 24), lengths), Malformed::TooShort { layer: Layer::Udp, needs: 8, has: 4 });
    assert_eq!(broken(set(20, 0x20), lengths), Malformed::Fragment);
    assert_eq!(broken(set(21, 1), lengths), Malformed::Fragment);
    assert_eq!(broken(set(23, 6), lengths), Malformed::Protocol(6));
    assert_eq!(broken(set(22, 63), Checks::All), Malformed::HeaderChecksum);
    assert_eq!(broken(set(39, 31), lengths), Malformed::UdpLength { says: 31, has: 32 });
    assert_eq!(broken(set(39, 7), lengths), Malformed::UdpLength { says: 7, has: 32 });
    assert_eq!(broken(set(57, 1), Checks::All), Malformed::UdpChecksum);
    assert_eq!(broken(set(42, b'X'), lengths), Malformed::Kind(b'X'));
    assert_eq!(broken(set(43, 2), lengths), Malformed::MessageVersion(2));
    assert_eq!(broken(set(42, b'Q'), lengths), Malformed::MessageLength { needs: size_of::<Quote>(), has: 24 });
    assert_eq!(broken(set(62, b'?'), lengths), Malformed::Side);
    // Words for the reader.
    assert_eq!(broken(set(62, b'?'), lengths).to_string(), "a message with a side that is neither B nor S");
    assert_eq!(broken(|bytes| bytes.truncate(9), lengths).to_string(), "Ethernet needs 14 bytes, 9 are left");
}

#[test]
fn padding_and_options_and_a_missing_checksum_are_all_allowed() {
    let mut padded = frame();
    padded.resize(80, 0xaa);
    assert!(parse::packet(&padded, Checks::All).is_ok());
    let mut unsummed = frame();
    unsummed[40..42].fill(0);
    assert!(parse::packet(&unsummed, Checks::All).is_ok());
    let mut ip = etherparse::Ipv4Header::new(0, 1, etherparse::IpNumber::UDP, [1, 2, 3, 4], [5, 6, 7, 8]).unwrap();
    ip.options = [1, 1, 1, 0].into();
    let mut built = Vec::new();
    PacketBuilder::ethernet2([1; 6], [2; 6])
        .ip(etherparse::IpHeaders::Ipv4(ip, etherparse::Ipv4Extensions::default()))
        .udp(1, 2)
        .write(&mut built, trade().as_bytes())
        .unwrap();
    assert_eq!(parse::packet(&built, Checks::All).unwrap().options, [1, 1, 1, 0]);
}

#[test]
fn every_contender_reads_the_same_of_a_stream_however_it_is_cut() {
    struct Still;
    impl measure::Clock for Still {
        fn now(&self) -> units::Nanos {
            units::Nanos(0.0)
        }
    }
    let mut sums = Vec::new();
    for cut in Cut::ALL {
        let mut experiment = prepare(PacketsInput { packets: 500, cut }, SEED);
        sums.extend(experiment.contenders.iter_mut().map(|contender| contender.time(1, &Still).1));
        let copied = |who| {
            let of = |fact: &&protocol::Fact| fact.contender == who && fact.kind == FactKind::CopiedBytes;
            experiment.facts.iter().find(of).unwrap().value
        };
        assert!(copied(Contender::PacketsOwned) > copied(Contender::PacketsChecked) + 500 * 48, "{cut:?}");
        if cut == Cut::Large {
            // Only what was cut is copied: a frame or so a piece.
            assert!(copied(Contender::PacketsChecked) < 200, "{}", copied(Contender::PacketsChecked));
        }
    }
    assert!(sums.iter().all(|sum| *sum == sums[0]), "{sums:x?}");
}

#[test]
fn the_draws_follow_the_seed_and_the_pieces_are_the_stream() {
    assert_eq!(stream(100, SEED)[..1000], stream(200, SEED)[..1000]);
    assert_ne!(stream(100, SEED), stream(100, Seed(8)));
    for cut in Cut::ALL {
        assert_eq!(pieces(10_000, cut.bytes(), SEED).iter().sum::<usize>(), 10_000);
    }
}

/// Every frame of a stream that comes in one piece, or why not.
fn read_all(bytes: &[u8]) -> Result<usize, BadFeed> {
    let (mut framer, mut count) = (Framer::default(), 0);
    framer.push(bytes, &mut |frame: &[u8]| {
        count += 1;
        parse::packet(frame, Checks::All).map(|_| ()).map_err(BadFeed::from)
    })?;
    framer.finish()?;
    Ok(count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_packet_of_another_library_reads_as_it_was_built(
        stations in any::<([u8; 6], [u8; 6])>(), hosts in any::<([u8; 4], [u8; 4])>(), ports in any::<(u16, u16)>(),
        ttl in any::<u8>(), seed in any::<u64>(), sequence in any::<u32>(),
    ) {
        let body = packet(&mut rand_pcg::Lcg64Xsh32::seed_from_u64(seed), sequence);
        let mut built = Vec::new();
        PacketBuilder::ethernet2(stations.0, stations.1).ipv4(hosts.0, hosts.1, ttl).udp(ports.0, ports.1).write(&mut built, &body).unwrap();
        let read = parse::packet(&built, Checks::All).unwrap();
        prop_assert_eq!((read.ethernet.source, read.ethernet.destination), stations);
        prop_assert_eq!((read.ip.source, read.ip.destination, read.ip.time_to_live), (hosts.0, hosts.1, ttl));
        prop_assert_eq!((read.udp.source.get(), read.udp.destination.get()), ports);
        prop_assert_eq!(read.message.sequence(), sequence);
        match read.message {
            Message::Trade(trade) => prop_assert_eq!(trade.as_bytes(), &body[..]),
            Message::Quote(quote) => prop_assert_eq!(quote.as_bytes(), &body[..]),
        }
    }

    #[test]
    fn a_flipped_bit_is_an_error_or_outside_of_what_is_summed(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut bytes = frame();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        // Ethernet's addresses are in no checksum here: the frame's check sequence, which covers them, is the network card's.
        prop_assert_eq!(parse::packet(&bytes, Checks::All).is_ok(), at < 12, "byte {}", at);
        let _ = parse::packet(&bytes, Checks::Lengths);
    }

    #[test]
    fn whatever_the_bytes_the_outcome_is_a_packet_or_an_error(noise in proptest::collection::vec(any::<u8>(), 0..120), cut in 0..67_usize, at in any::<prop::sample::Index>(), other in any::<[u8; 3]>()) {
        for checks in [Checks::All, Checks::Lengths] {
            let _ = parse::packet(&noise, checks);
            let mut bytes = frame();
            let from = at.index(bytes.len() - 3);
            bytes[from..from + 3].copy_from_slice(&other);
            let _ = parse::packet(&bytes, checks);
            bytes.truncate(cut);
            let _ = parse::packet(&bytes, checks);
        }
        let _ = parse::message(&noise);
        let _ = read_all(&noise);
        let mut feed = stream(3, SEED);
        let from = at.index(feed.len() - 3);
        feed[from..from + 3].copy_from_slice(&other);
        let _ = read_all(&feed);
    }
}
