//! The byte lens: one small record in five formats, byte for byte. What each byte is comes from the encoders and from what the libraries hand
//! out; nothing of it is written down by hand. It measures nothing: what is counted follows from the record.
//!
//! Each format has a module that encodes and explains; `steps` derives how a reader gets at a field, `breaking` lets readers loose on damage.

mod archive;
mod breaking;
mod flatbuffers;
mod map;
mod marks;
mod protobuf;
pub mod record;
mod steps;

pub(crate) use breaking::aligned;
pub use map::Map;

use protocol::{
    Fact,
    lens::{Field, Format, FormatView, LensAnswer, LensInput, LensQuestion},
};
use record::{Order, OrderMessage};

/// Why the lens cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum LensError {
    /// JSON could not be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// postcard could not be written, or not be read back.
    #[error(transparent)]
    Postcard(#[from] postcard::Error),
    /// The message could not be walked.
    #[error(transparent)]
    Protobuf(#[from] prost::DecodeError),
    /// The `FlatBuffer` could not be walked.
    #[error(transparent)]
    Flatbuffers(#[from] ::flatbuffers::InvalidFlatbuffer),
    /// The archive could not be written or walked.
    #[error(transparent)]
    Rkyv(#[from] rkyv::rancor::BoxedError),
}

/// Everything that the lens shows of one record.
///
/// # Errors
/// A library refuses its own bytes; no record is known for which one does.
pub fn answer(question: &LensQuestion) -> Result<LensAnswer, LensError> {
    let order = Order::from(&question.input.record);
    let views: Vec<FormatView> =
        Format::ALL.into_iter().map(|format| view(format, &order, question.input.field)).collect::<Result<_, _>>()?;
    let damaged = question.damage.and_then(|(format, damage)| {
        let view = views.iter().find(|view| view.format == format)?;
        Some(breaking::read(format, breaking::damage(&view.bytes.0, damage), &order))
    });
    Ok(LensAnswer { views, damaged, places: breaking::places(&order)? })
}

/// What a run of the lens counts.
///
/// # Errors
/// As [`answer`].
pub fn facts(input: LensInput) -> Result<Vec<Fact>, LensError> {
    Ok(answer(&LensQuestion { input, damage: None })?.facts())
}

fn view(format: Format, order: &Order, field: Field) -> Result<FormatView, LensError> {
    let (bytes, map) = encode(format, order)?;
    let steps = steps::steps(format, &map, bytes.len(), order, field);
    Ok(FormatView { format, bytes: bytes.into(), spans: map.spans, arrows: map.arrows, steps })
}

/// The record's bytes in a format, and what each of them is.
///
/// # Errors
/// As [`answer`].
pub fn encode(format: Format, order: &Order) -> Result<(Vec<u8>, Map), LensError> {
    Ok(match format {
        Format::Json => marks::json(order)?,
        Format::Postcard => marks::postcard(order)?,
        Format::Protobuf => protobuf::encode(&OrderMessage::from(order))?,
        Format::Flatbuffers => {
            let bytes = flatbuffers::write(order);
            let map = flatbuffers::map(aligned(&bytes, 0).as_slice())?;
            (bytes, map)
        }
        Format::Rkyv => {
            let bytes = archive::write(order)?;
            let map = archive::map(&bytes)?;
            (bytes.to_vec(), map)
        }
    })
}

#[cfg(test)]
#[path = "lens/tests.rs"]
mod tests;
