//! What readers make of damaged bytes, and of sound ones in an odd place. No damage may make it panic, nor read outside the bytes.

use super::{
    LensError, archive, flatbuffers,
    record::{Order, OrderMessage, Texts},
};
use prost::Message as _;
use protocol::lens::{Damage, Damaged, Field, Format, PlaceRow, Reading, Verdict};
use rkyv::util::AlignedVec;
use std::fmt::Display;

/// Damages an encoding; what lies outside of it cannot be damaged.
pub(super) fn damage(bytes: &[u8], damage: Damage) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    match damage {
        Damage::Flip { at, bit } => {
            if let Some(byte) = bytes.get_mut(place(at)) {
                *byte ^= 1 << (bit % 8);
            }
        }
        Damage::Overwrite { at, value } => {
            if let Some(byte) = bytes.get_mut(place(at)) {
                *byte = value;
            }
        }
        Damage::Cut { to } => bytes.truncate(place(to)),
    }
    bytes
}

/// What every reader of a format makes of `bytes`, which were once `order`.
pub(super) fn read(format: Format, bytes: Vec<u8>, order: &Order) -> Damaged {
    let aligned = aligned(&bytes, 0);
    let place = aligned.as_slice();
    let written = order.texts();
    let readings = match format {
        Format::Json => vec![checked("serde_json", serde_json::from_slice(place).map(|order: Order| order.texts()), &written)],
        Format::Postcard => {
            vec![checked("postcard", postcard::from_bytes(place).map(|order: Order| order.texts()), &written)]
        }
        Format::Protobuf => {
            vec![checked("prost", OrderMessage::decode(place).map(|message| message.texts()), &written)]
        }
        Format::Flatbuffers => vec![checked("flatbuffers, verified", flatbuffers::read(place), &written)],
        Format::Rkyv => {
            vec![checked("rkyv, validated", archive::read(place), &written), unchecked(archive::unchecked(place), &written)]
        }
    };
    Damaged { format, bytes: bytes.into(), readings }
}

fn checked<E: Display>(reader: &str, read: Result<Texts, E>, written: &Texts) -> Reading {
    let (verdict, says) = match read {
        Ok(texts) => compared(&texts, written),
        Err(error) => (Verdict::Refused, error.to_string()),
    };
    Reading { reader: reader.to_owned(), verdict, says }
}

fn unchecked(read: Result<Texts, String>, written: &Texts) -> Reading {
    let (verdict, says) = match read {
        Ok(texts) => compared(&texts, written),
        Err(why) => (Verdict::Undefined, why),
    };
    Reading { reader: "rkyv, unvalidated (computed, not run)".to_owned(), verdict, says }
}

/// What differs from what was written.
fn compared(read: &Texts, written: &Texts) -> (Verdict, String) {
    let differences: Vec<String> = Field::ALL
        .iter()
        .zip(read.iter().zip(written))
        .filter(|(_, (read, written))| read != written)
        .map(|(field, (read, written))| format!("{} is {read}, and was {written}", field.slug()))
        .collect();
    if differences.is_empty() {
        (Verdict::Unharmed, "the record as it was written".to_owned())
    } else {
        (Verdict::Wrong, differences.join("; "))
    }
}

/// A copy of `bytes` that begins `offset` bytes behind a multiple of 16.
pub(crate) struct Aligned {
    buffer: AlignedVec,
    offset: usize,
}

impl Aligned {
    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.buffer[self.offset..]
    }
}

pub(crate) fn aligned(bytes: &[u8], offset: usize) -> Aligned {
    let mut buffer = AlignedVec::with_capacity(bytes.len() + offset);
    buffer.resize(offset, 0);
    buffer.extend_from_slice(bytes);
    Aligned { buffer, offset }
}

/// The same record at sixteen places in memory.
pub(super) fn places(order: &Order) -> Result<Vec<PlaceRow>, LensError> {
    let (archive, flatbuffer) = (archive::write(order)?, flatbuffers::write(order));
    let row = |offset: u8| {
        let at = usize::from(offset);
        let rkyv = archive::read(aligned(&archive, at).as_slice()).err().map(|error| error.to_string());
        let flatbuffers = flatbuffers::read(aligned(&flatbuffer, at).as_slice()).err().map(|error| error.to_string());
        PlaceRow { offset, rkyv, flatbuffers }
    };
    Ok((0..16).map(row).collect())
}
