//! The schema's versions as `FlatBuffers`. `flatc` would generate a type a version; here the same calls are made from a list of fields. It must
//! hand out nothing that the library's own verifier has not seen.

use super::versions::Meanings;
use flatbuffers::{FlatBufferBuilder, ForwardsUOffset, InvalidFlatbuffer, Table, VOffsetT, Verifier, VerifierOptions, WIPOffset};

/// What stands before a number that is no variant of the reader's enum.
pub(super) const UNKNOWN: &str = "unknown";

/// A field's value.
pub(super) enum Value {
    U32(u32),
    U64(u64),
    Text(String),
    Plan(u8),
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::U32(value)
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::U64(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

/// A field's type in a schema.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    U32,
    U64,
    Text,
    /// An enum of one byte, with its variants' names.
    Plan(&'static [&'static str]),
}

/// Where a field's offset stands in the vtable; numbers count from 1, as protobuf's do.
const fn slot(number: u16) -> VOffsetT {
    4 + 2 * number.saturating_sub(1)
}

/// The bytes of a table.
pub(super) fn write(values: &[(u16, Value)]) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::with_capacity(128);
    let texts: Vec<_> = values
        .iter()
        .map(|(_, value)| match value {
            Value::Text(text) => Some(builder.create_string(text)),
            _ => None,
        })
        .collect();
    let start = builder.start_table();
    for ((number, value), text) in values.iter().zip(texts) {
        match value {
            Value::U32(value) => builder.push_slot(slot(*number), *value, 0),
            Value::U64(value) => builder.push_slot(slot(*number), *value, 0),
            Value::Plan(value) => builder.push_slot(slot(*number), *value, 0),
            Value::Text(_) => {
                if let Some(text) = text {
                    builder.push_slot_always(slot(*number), text);
                }
            }
        }
    }
    let table = builder.end_table(start);
    builder.finish(WIPOffset::<ForwardsUOffset<&str>>::new(table.value()), None);
    builder.finished_data().to_vec()
}

/// A table read by a schema, verified first; a field that is not there has its type's default.
pub(super) fn read(bytes: &[u8], schema: &[(u16, &'static str, Kind)]) -> Result<Meanings, InvalidFlatbuffer> {
    let options = VerifierOptions::default();
    let mut verifier = Verifier::new(&options, bytes);
    let root = verifier.get_uoffset(0)? as usize;
    let mut table = verifier.visit_table(root)?;
    for (number, name, kind) in schema {
        let slot = slot(*number);
        table = match kind {
            Kind::U32 => table.visit_field::<u32>(*name, slot, false)?,
            Kind::U64 => table.visit_field::<u64>(*name, slot, false)?,
            Kind::Plan(_) => table.visit_field::<u8>(*name, slot, false)?,
            Kind::Text => table.visit_field::<ForwardsUOffset<&str>>(*name, slot, false)?,
        };
    }
    table.finish();
    // SAFETY: the verifier has seen a table there, and behind each slot below a value of that type, or none.
    let table = unsafe { Table::new(bytes, root) };
    let meanings = schema.iter().map(|(number, name, kind)| {
        let slot = slot(*number);
        // SAFETY: as above.
        let text = unsafe {
            match kind {
                Kind::U32 => table.get::<u32>(slot, Some(0)).unwrap_or_default().to_string(),
                Kind::U64 => table.get::<u64>(slot, Some(0)).unwrap_or_default().to_string(),
                Kind::Text => table.get::<ForwardsUOffset<&str>>(slot, None).unwrap_or_default().to_owned(),
                Kind::Plan(names) => {
                    let plan = table.get::<u8>(slot, Some(0)).unwrap_or_default();
                    // The generated enum is a number with names: one that has none is what it is.
                    names.get(usize::from(plan)).map_or_else(|| format!("{UNKNOWN} ({plan})"), |name| (*name).to_owned())
                }
            }
        };
        (*name, text)
    });
    Ok(meanings.collect())
}
