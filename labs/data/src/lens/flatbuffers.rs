//! The record as a `FlatBuffer`: the table that `flatc` would generate code for, and what its own vtable says of each byte.

use super::{
    LensError,
    map::Map,
    record::{Order, Side, Texts, side_words, words},
};
use flatbuffers::{
    FlatBufferBuilder, Follow, ForwardsUOffset, InvalidFlatbuffer, Table, VOffsetT, Vector, Verifiable, Verifier, WIPOffset,
};
use protocol::lens::{Field, Part};
use std::ptr;

/// A table of the record's fields.
#[derive(Clone, Copy)]
pub(super) struct OrderTable<'a>(Table<'a>);

/// The place in the vtable where a field's offset stands: two bytes each, behind the two sizes.
const fn slot(field: Field) -> VOffsetT {
    4 + 2 * field as VOffsetT
}

impl<'a> Follow<'a> for OrderTable<'a> {
    type Inner = Self;
    unsafe fn follow(buf: &'a [u8], loc: usize) -> Self {
        // SAFETY: the caller says that a table lies at `loc`.
        Self(unsafe { Table::new(buf, loc) })
    }
}

impl Verifiable for OrderTable<'_> {
    fn run_verifier(verifier: &mut Verifier<'_, '_>, at: usize) -> Result<(), InvalidFlatbuffer> {
        verifier
            .visit_table(at)?
            .visit_field::<u32>("id", slot(Field::Id), false)?
            .visit_field::<u8>("side", slot(Field::Side), false)?
            .visit_field::<u64>("price", slot(Field::Price), false)?
            .visit_field::<ForwardsUOffset<&str>>("symbol", slot(Field::Symbol), true)?
            .visit_field::<ForwardsUOffset<&str>>("note", slot(Field::Note), false)?
            .visit_field::<ForwardsUOffset<Vector<'_, u16>>>("fills", slot(Field::Fills), true)?
            .finish();
        Ok(())
    }
}

/// The reader with its check: the fields in words, or what the verifier said.
pub(super) fn read(bytes: &[u8]) -> Result<Texts, InvalidFlatbuffer> {
    let OrderTable(table) = flatbuffers::root::<OrderTable<'_>>(bytes)?;
    // SAFETY: the verifier has seen a table with fields of these types.
    let (id, side, price, symbol, note, fills) = unsafe {
        (
            table.get::<u32>(slot(Field::Id), Some(0)).unwrap_or_default(),
            table.get::<u8>(slot(Field::Side), Some(0)).unwrap_or_default(),
            table.get::<u64>(slot(Field::Price), Some(0)).unwrap_or_default(),
            table.get::<ForwardsUOffset<&str>>(slot(Field::Symbol), None).unwrap_or_default(),
            table.get::<ForwardsUOffset<&str>>(slot(Field::Note), None),
            table.get::<ForwardsUOffset<Vector<'_, u16>>>(slot(Field::Fills), None),
        )
    };
    // An enum is a number here: any may arrive.
    let side = if side <= 1 { side_words(side == 1).to_owned() } else { format!("unknown ({side})") };
    Ok(words(id, &side, price, symbol, note, fills.into_iter().flatten().map(u32::from)))
}

/// The record's bytes.
pub(super) fn write(order: &Order) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::with_capacity(256);
    let symbol = builder.create_string(&order.symbol);
    let note = order.note.as_deref().map(|note| builder.create_string(note));
    let fills = builder.create_vector(&order.fills);
    let start = builder.start_table();
    builder.push_slot::<u64>(slot(Field::Price), order.price, 0);
    builder.push_slot::<u32>(slot(Field::Id), order.id, 0);
    builder.push_slot_always(slot(Field::Symbol), symbol);
    if let Some(note) = note {
        builder.push_slot_always(slot(Field::Note), note);
    }
    builder.push_slot_always(slot(Field::Fills), fills);
    builder.push_slot::<u8>(slot(Field::Side), u8::from(order.side == Side::Sell), 0);
    let table = builder.end_table(start);
    builder.finish(WIPOffset::<OrderTable<'_>>::new(table.value()), None);
    builder.finished_data().to_vec()
}

/// What each byte of a `FlatBuffer` is. `bytes` must be aligned as its reader wants them.
pub(super) fn map(bytes: &[u8]) -> Result<Map, LensError> {
    let OrderTable(table) = flatbuffers::root::<OrderTable<'_>>(bytes)?;
    let (at, vtable) = (table.loc(), table.vtable());
    let directory = ptr::from_ref(&vtable.as_bytes()[0]).addr() - bytes.as_ptr().addr();
    let mut map = Map::default();
    map.span((0, 4), None, Part::Pointer);
    map.arrow(0, 0, at, None);
    map.span((at, at + 4), None, Part::Pointer);
    map.arrow(at, at, directory, None);
    map.span((directory, directory + 4), None, Part::Structure);
    for field in Field::ALL {
        let place = usize::from(slot(field));
        if place < vtable.num_bytes() {
            map.span((directory + place, directory + place + 2), field, Part::Name);
        }
        let offset = usize::from(vtable.get(slot(field)));
        if offset == 0 {
            continue;
        }
        let value = at + offset;
        let content: &[u8] = match field {
            Field::Id => &[0; 4],
            Field::Side => &[0; 1],
            Field::Price => &[0; 8],
            Field::Symbol | Field::Note => {
                // SAFETY: the verifier has seen a text behind these fields.
                let text = unsafe { table.get::<ForwardsUOffset<&str>>(slot(field), None) };
                text.map_or(&[], str::as_bytes)
            }
            Field::Fills => {
                // SAFETY: the verifier has seen a list of such numbers behind this field.
                let list = unsafe { table.get::<ForwardsUOffset<Vector<'_, u16>>>(slot(field), None) };
                list.map_or(&[], |list| list.bytes())
            }
        };
        if matches!(field, Field::Id | Field::Side | Field::Price) {
            map.span((value, value + content.len()), field, Part::Value);
            continue;
        }
        let content_at = content.as_ptr().addr() - bytes.as_ptr().addr();
        map.span((value, value + 4), field, Part::Pointer);
        map.arrow(value, value, content_at - 4, field);
        map.span((content_at - 4, content_at), field, Part::Length);
        map.span((content_at, content_at + content.len()), field, Part::Value);
        if field != Field::Fills {
            // Texts end with a zero, for readers in C.
            map.span((content_at + content.len(), content_at + content.len() + 1), None, Part::Structure);
        }
    }
    Ok(map.close(bytes.len()))
}
