//! The packets lab: a market-data feed as Ethernet, IPv4, UDP and a message, in frames on a byte stream that is cut anywhere.
//!
//! [`frames`] finds the frames, [`wire`] says how a packet is laid out, [`parse`] reads one in place, [`owned`] copies one out. Whatever the
//! bytes, the outcome is a packet or a typed error: nothing here may panic, and nothing may be read that was not checked to be there.

mod checksum;
mod feed;
pub mod frames;
pub mod owned;
pub mod parse;
pub mod wire;

pub use checksum::{internet_checksum, udp_checksum};
pub use feed::{encode, packet, pieces, stream};

use crate::checksum::{Checksum, text};
use frames::{BadStream, Framer};
use measure::Experiment;
use owned::{OwnedBody, OwnedPacket};
use parse::{Checks, Malformed, Message, Packet};
use protocol::{
    Contender, Fact, FactKind, PacketsInput, Seed,
    packets::{PacketAnswer, PacketQuestion, PacketSays},
};
use std::hint::black_box;
use std::rc::Rc;
use wire::Side;

/// Why a stream could not be read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFeed {
    /// The frames themselves are damaged.
    #[error(transparent)]
    Stream(#[from] BadStream),
    /// A frame holds no sound packet.
    #[error(transparent)]
    Packet(#[from] Malformed),
}

/// A stream, and where it is cut.
struct Feed {
    bytes: Vec<u8>,
    /// The pieces' lengths; together they are the stream.
    pieces: Vec<usize>,
}

impl Feed {
    /// Puts every frame through `read`, as the pieces come in.
    // anchor: feed
    fn each(&self, framer: &mut Framer, mut read: impl FnMut(&[u8]) -> Result<(), Malformed>) -> Result<(), BadFeed> {
        let mut rest = self.bytes.as_slice();
        for &length in &self.pieces {
            let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            rest = after;
            framer.push(piece, &mut |frame| read(frame).map_err(BadFeed::from))?;
        }
        Ok(framer.finish()?)
    }
    // end: feed
}

/// Draws the packets from `seed`, cuts their stream, and returns everything ready to be timed: owned structs first.
///
/// Facts are the bytes on the wire, and the bytes that one pass copies: into the framer where a frame was cut, and into owned structs.
#[must_use]
pub fn prepare(input: PacketsInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    let packets = input.packets.clamp(1, PacketsInput::MAX_PACKETS);
    let bytes = stream(packets, seed);
    let pieces = pieces(bytes.len(), input.cut.bytes(), seed);
    let feed = Rc::new(Feed { bytes, pieces });
    let mut framer = Framer::default();
    let mut copied_out = 0_u64;
    let read = feed.each(&mut framer, |frame| {
        copied_out += OwnedPacket::from(parse::packet(frame, Checks::All)?).copied();
        Ok(())
    });
    own(read);
    let carried = framer.carried();
    let (for_owned, for_checked, for_trusted) = (Rc::clone(&feed), Rc::clone(&feed), Rc::clone(&feed));
    let contenders = vec![
        measure::Contender::new(Contender::PacketsOwned, move || own(read_owned(black_box(&for_owned)))),
        measure::Contender::new(Contender::PacketsChecked, move || own(read_in_place(black_box(&for_checked), Checks::All))),
        measure::Contender::new(Contender::PacketsTrusted, move || own(read_in_place(black_box(&for_trusted), Checks::Lengths))),
    ];
    let copied = [carried + copied_out, carried, carried];
    let facts = contenders.iter().zip(copied).flat_map(|(contender, copied)| {
        let counted = [(FactKind::WireBytes, feed.bytes.len() as u64), (FactKind::CopiedBytes, copied)];
        counted.map(|(kind, value)| Fact { contender: contender.id, kind, value })
    });
    let facts = facts.collect();
    Experiment { contenders, facts, afterwards: None }
}

/// Every packet checked, copied out into structs of its own, read and dropped.
// anchor: owned
fn read_owned(feed: &Feed) -> Result<u64, BadFeed> {
    let mut checksum = Checksum::default();
    feed.each(&mut Framer::default(), |frame| {
        let packet = OwnedPacket::from(parse::packet(frame, Checks::All)?);
        black_box(&packet).read(&mut checksum);
        Ok(())
    })?;
    Ok(checksum.total())
}
// end: owned

/// Every packet read where it lies.
// anchor: in_place
fn read_in_place(feed: &Feed, checks: Checks) -> Result<u64, BadFeed> {
    let mut checksum = Checksum::default();
    feed.each(&mut Framer::default(), |frame| {
        black_box(parse::packet(frame, checks)?).read(&mut checksum);
        Ok(())
    })?;
    Ok(checksum.total())
}
// end: in_place

impl Packet<'_> {
    /// What a handler reads of a packet.
    fn read(&self, checksum: &mut Checksum) {
        let from = u64::from(u32::from_be_bytes(self.ip.source)) | u64::from(self.udp.destination.get()) << 32;
        match self.message {
            Message::Trade(trade) => checksum.entry([
                from,
                trade.sequence.get().into(),
                text(parse::symbol(&trade.symbol)),
                trade.price.get().into(),
                trade.quantity.get().into(),
            ]),
            Message::Quote(quote) => checksum.entry([
                from,
                quote.sequence.get().into(),
                text(parse::symbol(&quote.symbol)),
                quote.bid.get().into(),
                quote.ask.get().into(),
            ]),
        }
    }
}

/// What the reader says of one frame behind its length, with all checks and without checksums.
#[must_use]
pub fn answer(question: &PacketQuestion) -> PacketAnswer {
    let says = |checks| says(&question.framed, checks).map_err(|error| error.to_string());
    PacketAnswer { checked: says(Checks::All), trusted: says(Checks::Lengths) }
}

fn says(bytes: &[u8], checks: Checks) -> Result<PacketSays, BadFeed> {
    let (mut framer, mut text) = (Framer::default(), None);
    framer.push(bytes, &mut |frame: &[u8]| {
        text.get_or_insert(in_words(&OwnedPacket::from(parse::packet(frame, checks)?)));
        Ok::<_, BadFeed>(())
    })?;
    framer.finish()?;
    Ok(PacketSays { text: text.unwrap_or_else(|| "no packet".to_owned()) })
}

fn in_words(packet: &OwnedPacket) -> String {
    let OwnedPacket { sequence, symbol, .. } = packet;
    let money = |hundredths: u32| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    match packet.body {
        OwnedBody::Trade { price, quantity, side, .. } => {
            let side = match side {
                Side::Buy => "the buyer came first",
                Side::Sell => "the seller came first",
            };
            format!("message {sequence}: {quantity} shares of “{symbol}” at {}, {side}", money(price))
        }
        OwnedBody::Quote { bid, ask } => {
            format!(
                "message {sequence}: “{symbol}”, {} shares bid at {}, {} asked at {}",
                bid.1,
                money(bid.0),
                ask.1,
                money(ask.0)
            )
        }
    }
}

/// What was read of a stream that this crate made itself a moment before.
#[allow(
    clippy::panic,
    reason = "invariant: the encoder's packets are sound; a swallowed error would be timed as if it were a parse"
)]
fn own<T>(read: Result<T, BadFeed>) -> T {
    match read {
        Ok(value) => value,
        Err(error) => panic!("a contender could not read its own packets: {error}"),
    }
}
