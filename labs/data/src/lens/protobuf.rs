//! Where prost put each field: its bytes are walked with prost's own readers of keys and numbers.

use super::{LensError, map::Map, record::OrderMessage};
use prost::{
    Message as _,
    encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field},
};
use protocol::lens::{Field, Part};

/// The message's bytes, and what each is.
pub(super) fn encode(message: &OrderMessage) -> Result<(Vec<u8>, Map), LensError> {
    let bytes = message.encode_to_vec();
    let mut map = Map::default();
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        let start = bytes.len() - rest.len();
        let (tag, wire) = decode_key(&mut rest)?;
        let behind_key = bytes.len() - rest.len();
        // Numbers count from 1, in the order of the declaration; a test holds them to it.
        let field = usize::try_from(tag).ok().and_then(|tag| Field::ALL.get(tag.checked_sub(1)?)).copied();
        map.span((start, behind_key), field, Part::Name);
        if wire == WireType::LengthDelimited {
            let mut inner = rest;
            decode_varint(&mut inner)?;
            let value = bytes.len() - inner.len();
            map.span((behind_key, value), field, Part::Length);
            skip_field(wire, tag, &mut rest, DecodeContext::default())?;
            map.span((value, bytes.len() - rest.len()), field, Part::Value);
        } else {
            skip_field(wire, tag, &mut rest, DecodeContext::default())?;
            map.span((behind_key, bytes.len() - rest.len()), field, Part::Value);
        }
    }
    let len = bytes.len();
    Ok((bytes, map.close(len)))
}
