//! The record as an rkyv archive: what each byte is, by the addresses of what rkyv hands out; and what reading it unchecked would give,
//! computed with every bound checked. Nothing here reads an archive unchecked.
//! Errors are `BoxedError`s: rancor's own `Error` says nothing in a release build.

use super::{
    LensError,
    map::Map,
    record::{ArchivedOrder, ArchivedSide, Order, Texts, side_words, words},
};
use protocol::lens::{Field, Part};
use rkyv::{
    option::ArchivedOption,
    rancor::BoxedError,
    string::{ArchivedString, repr::INLINE_CAPACITY},
    util::AlignedVec,
    vec::ArchivedVec,
};
use std::mem::{align_of, offset_of, size_of};

/// The record's bytes.
pub(super) fn write(order: &Order) -> Result<AlignedVec, LensError> {
    Ok(rkyv::to_bytes::<BoxedError>(order)?)
}

/// The reader with its check: the fields in words, or what the check said.
pub(super) fn read(bytes: &[u8]) -> Result<Texts, BoxedError> {
    let order = rkyv::access::<ArchivedOrder, BoxedError>(bytes)?;
    let side = side_words(matches!(order.side, ArchivedSide::Sell));
    let note = order.note.as_ref().map(ArchivedString::as_str);
    let fills = order.fills.iter().map(|fill| u32::from(fill.to_native()));
    Ok(words(order.id.to_native(), side, order.price.to_native(), order.symbol.as_str(), note, fills))
}

/// Where `part`, a piece of `bytes`, begins and ends in it.
fn within<T: ?Sized>(bytes: &[u8], part: &T) -> (usize, usize) {
    let start = std::ptr::from_ref(part).cast::<u8>().addr().wrapping_sub(bytes.as_ptr().addr());
    (start, start + size_of_val(part))
}

/// What each byte of an archive is.
pub(super) fn map(bytes: &[u8]) -> Result<Map, LensError> {
    let order = rkyv::access::<ArchivedOrder, BoxedError>(bytes)?;
    let mut map = Map::default();
    map.span(within(bytes, &order.id), Field::Id, Part::Value);
    map.span(within(bytes, &order.side), Field::Side, Part::Value);
    map.span(within(bytes, &order.price), Field::Price, Part::Value);
    text(&mut map, bytes, &order.symbol, Field::Symbol);
    let (note, end) = within(bytes, &order.note);
    map.span((note, note + 1), Field::Note, Part::Tag);
    match order.note.as_ref() {
        Some(note) => text(&mut map, bytes, note, Field::Note),
        // The place of the text that is not there.
        None => map.span((note + 1, end), None, Part::Padding),
    }
    let (list, end) = within(bytes, &order.fills);
    let (items, items_end) = within(bytes, order.fills.as_slice());
    map.span((list, list + 4), Field::Fills, Part::Pointer);
    map.span((list + 4, end), Field::Fills, Part::Length);
    map.arrow(list, list, items, Field::Fills);
    map.span((items, items_end), Field::Fills, Part::Value);
    Ok(map.close(bytes.len()))
}

/// A text: in its own place where it is short, else behind a relative pointer.
fn text(map: &mut Map, bytes: &[u8], text: &ArchivedString, field: Field) {
    let (start, end) = within(bytes, text);
    let (letters, behind) = within(bytes, text.as_str());
    if letters == start {
        map.span((letters, behind), field, Part::Value);
        map.span((behind, end), None, Part::Padding);
    } else {
        map.span((start, start + 4), field, Part::Length);
        map.span((start + 4, end), field, Part::Pointer);
        map.arrow(start + 4, start, letters, field);
        map.span((letters, behind), field, Part::Value);
    }
}

/// What reading without a check would give: the fields in words, or why it may do anything. Every look is within bounds: where the unchecked
/// reader's would not be, this one stops and says so.
pub(super) fn unchecked(bytes: &[u8]) -> Result<Texts, String> {
    let root = bytes.len().checked_sub(size_of::<ArchivedOrder>()).ok_or_else(|| {
        format!(
            "it would look for {} bytes of record, and there are {}: it reads before the beginning",
            size_of::<ArchivedOrder>(),
            bytes.len()
        )
    })?;
    if !root.is_multiple_of(align_of::<ArchivedOrder>()) {
        return Err(format!(
            "the record would begin at byte {root}, which is no multiple of {}: a misaligned reference",
            align_of::<ArchivedOrder>()
        ));
    }
    let at = |offset: usize| root + offset;
    let id = u32::from_le_bytes(take(bytes, at(offset_of!(ArchivedOrder, id)))?);
    let price = u64::from_le_bytes(take(bytes, at(offset_of!(ArchivedOrder, price)))?);
    let [side] = take::<1>(bytes, at(offset_of!(ArchivedOrder, side)))?;
    if side > 1 {
        return Err(format!("side holds {side}, and the enum has no such variant: a value that must not exist"));
    }
    let symbol = letters(bytes, at(offset_of!(ArchivedOrder, symbol)), "symbol")?;
    let note_at = at(offset_of!(ArchivedOrder, note));
    let note = match take::<1>(bytes, note_at)? {
        [0] => None,
        // The text fills the end of the place.
        [1] => {
            let text = size_of::<ArchivedOption<ArchivedString>>() - size_of::<ArchivedString>();
            Some(letters(bytes, note_at + text, "note")?)
        }
        [tag] => return Err(format!("note’s tag holds {tag}, and an option is 0 or 1: a value that must not exist")),
    };
    let fills = fills(bytes, at(offset_of!(ArchivedOrder, fills)))?;
    Ok(words(id, side_words(side == 1), price, symbol, note, fills))
}

/// The list's items, by its pointer and length.
fn fills(bytes: &[u8], at: usize) -> Result<Vec<u32>, String> {
    const { assert!(size_of::<ArchivedVec<rkyv::rend::u16_le>>() == 8, "a pointer and a length") };
    let offset = i32::from_le_bytes(take(bytes, at)?);
    let len = u32::from_le_bytes(take(bytes, at + 4)?);
    let items = reach(bytes, at, offset, u64::from(len) * 2, "fills")?;
    if len > 0 && !lead(at, offset).unsigned_abs().is_multiple_of(2) {
        return Err("fills’ pointer leads to an odd place: a misaligned reference".to_owned());
    }
    Ok(items.as_chunks::<2>().0.iter().map(|item| u32::from(u16::from_le_bytes(*item))).collect())
}

/// A text, in its own place or behind its pointer.
fn letters<'a>(bytes: &'a [u8], at: usize, name: &str) -> Result<&'a str, String> {
    let own: [u8; INLINE_CAPACITY] = take(bytes, at)?;
    let text = if own[0] & 0xc0 == 0x80 {
        let len = u32::from_le_bytes([own[0], own[1], own[2], own[3]]);
        let len = (len & 0x3f) | ((len & !0xff) >> 2);
        let offset = i32::from_le_bytes([own[4], own[5], own[6], own[7]]);
        reach(bytes, at, offset, u64::from(len), name)?
    } else {
        let len = own.iter().position(|byte| *byte == 0xff).unwrap_or(INLINE_CAPACITY);
        &bytes[at..at + len]
    };
    std::str::from_utf8(text)
        .map_err(|error| format!("{name} would be a text that is no UTF-8 ({error}): a value that must not exist"))
}

/// The bytes that a relative pointer leads to.
fn reach<'a>(bytes: &'a [u8], at: usize, offset: i32, len: u64, name: &str) -> Result<&'a [u8], String> {
    let from = lead(at, offset);
    let range =
        usize::try_from(from).ok().zip(usize::try_from(len).ok()).and_then(|(from, len)| bytes.get(from..from.checked_add(len)?));
    range.ok_or_else(|| {
        format!("{name} would be {len} bytes at byte {from}, and there are {} bytes: it reads what is not its own", bytes.len())
    })
}

/// Where a relative pointer leads.
fn lead(at: usize, offset: i32) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX).saturating_add(offset.into())
}

/// Some bytes at a place.
fn take<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], String> {
    let found = at.checked_add(N).and_then(|end| bytes.get(at..end)).and_then(|part| part.try_into().ok());
    found.ok_or_else(|| format!("it would look at byte {at}, outside the archive"))
}
