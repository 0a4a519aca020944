//! The lens held to the libraries: maps against decoding, damage against readers.

use super::*;
use proptest::prelude::*;
use protocol::lens::{Damage, Part, Record, Side, Verdict, Word};

fn records() -> impl Strategy<Value = Record> {
    let word = "[a-zA-Z0-9 äß€\"\\\\]{0,14}".prop_map(|text| Word::new(&text));

    (
        prop_oneof![Just(0), 0..200_u32, any::<u32>()],
        any::<bool>(),
        prop_oneof![Just(0), 0..200_u64, any::<u64>()],
        word.clone(),
        word,
        any::<[Option<u16>; 3]>(),
    )
        .prop_map(|(id, is_sell, price, symbol, note, fills)| Record {
            id,
            side: if is_sell { Side::Sell } else { Side::Buy },
            price,
            symbol,
            note,
            fills,
        })
}

/// The value's bytes, where the map says that they are.
fn value<'a>(bytes: &'a [u8], map: &Map, field: Field) -> Option<&'a [u8]> {
    let span = map.spans.iter().find(|span| span.field == Some(field) && span.part == Part::Value)?;
    Some(&bytes[span.start as usize..span.end as usize])
}

fn little(bytes: Option<&[u8]>) -> u64 {
    bytes.unwrap_or_default().iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

fn varint(bytes: Option<&[u8]>) -> u64 {
    bytes.map_or(0, |bytes| postcard::from_bytes(bytes).unwrap())
}

proptest! {
    #[test]
    fn every_byte_is_explained_once_and_the_bytes_are_the_library_s_own(record in records()) {
        let order = Order::from(&record);
        for format in Format::ALL {
            let (bytes, map) = encode(format, &order).unwrap();
            prop_assert!(map.is_whole(bytes.len()), "{format:?}: {map:?}");
            let plain = match format {
                Format::Json => serde_json::to_vec(&order).unwrap(),
                Format::Postcard => postcard::to_allocvec(&order).unwrap(),
                _ => bytes.clone(),
            };
            prop_assert_eq!(&bytes, &plain);
            let read = breaking::read(format, bytes, &order);
            prop_assert!(read.readings.iter().all(|reading| reading.verdict == Verdict::Unharmed), "{read:?}");
        }
    }

    #[test]
    fn where_the_map_says_a_value_is_its_value_is(record in records()) {
        let order = Order::from(&record);
        for format in Format::ALL {
            let (bytes, map) = encode(format, &order).unwrap();
            let value = |field| value(&bytes, &map, field);
            let json = |field| serde_json::from_slice::<serde_json::Value>(value(field).unwrap()).unwrap();
            let (id, price) = match format {
                Format::Json => (json(Field::Id).as_u64().unwrap(), json(Field::Price).as_u64().unwrap()),
                Format::Postcard | Format::Protobuf => (varint(value(Field::Id)), varint(value(Field::Price))),
                Format::Flatbuffers | Format::Rkyv => (little(value(Field::Id)), little(value(Field::Price))),
            };
            prop_assert_eq!((id, price), (u64::from(order.id), order.price));
            for (field, text) in [(Field::Symbol, Some(&order.symbol)), (Field::Note, order.note.as_ref())] {
                if format == Format::Json {
                    let found = json(field);
                    prop_assert_eq!(found.as_str(), text.map(String::as_str));
                } else {
                    prop_assert_eq!(value(field).unwrap_or_default(), text.map_or("", String::as_str).as_bytes());
                }
            }
            if matches!(format, Format::Flatbuffers | Format::Rkyv) {
                let fills: Vec<u8> = order.fills.iter().flat_map(|fill| fill.to_le_bytes()).collect();
                prop_assert_eq!(value(Field::Fills).unwrap_or_default(), fills);
            }
        }
    }

    #[test]
    fn a_change_of_one_number_changes_its_own_bytes_alone(record in records(), id in 1..128_u32, other in 1..128_u32) {
        let (one, two) = (Record { id, ..record }, Record { id: other, ..record });
        for format in [Format::Postcard, Format::Protobuf, Format::Flatbuffers, Format::Rkyv] {
            let (bytes, map) = encode(format, &Order::from(&one)).unwrap();
            let (changed, _) = encode(format, &Order::from(&two)).unwrap();
            prop_assert_eq!(bytes.len(), changed.len());
            for (at, (before, after)) in bytes.iter().zip(&changed).enumerate() {
                let span = map.spans.iter().find(|span| (span.start as usize..span.end as usize).contains(&at)).unwrap();
                prop_assert!(before == after || span.field == Some(Field::Id), "{format:?}: byte {at}");
            }
        }
    }

    #[test]
    fn every_arrow_leads_where_its_number_says(record in records()) {
        for format in [Format::Flatbuffers, Format::Rkyv] {
            let (bytes, map) = encode(format, &Order::from(&record)).unwrap();
            prop_assert!(!map.arrows.is_empty());
            for (index, arrow) in map.arrows.iter().enumerate() {
                let at = arrow.at as usize;
                let number = i64::from(i32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()));
                // A table's offset to its directory is subtracted.
                let number = if format == Format::Flatbuffers && index == 1 { -number } else { number };
                prop_assert_eq!(i64::from(arrow.base) + number, i64::from(arrow.to), "{:?}: {:?}", format, arrow);
            }
        }
    }

    #[test]
    fn unchecked_reading_agrees_with_the_validated_one_wherever_that_reads(
        record in records(), at in any::<prop::sample::Index>(), value in any::<u8>(),
    ) {
        let order = Order::from(&record);
        let (bytes, _) = encode(Format::Rkyv, &order).unwrap();
        let damaged = breaking::damage(&bytes, Damage::Overwrite { at: map::small(at.index(bytes.len())), value });
        let place = aligned(&damaged, 0);
        if let Ok(texts) = archive::read(place.as_slice()) {
            prop_assert_eq!(archive::unchecked(place.as_slice()), Ok(texts));
        }
    }
}

#[test]
fn ten_thousand_damages_of_each_format_make_nothing_panic() {
    let record = Record::default();
    let order = Order::from(&record);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        map::small((state >> 33) as usize % below)
    };
    for format in Format::ALL {
        let (bytes, _) = encode(format, &order).unwrap();
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..10_000 {
            let mut broken = bytes.clone();
            for _ in 0..=draw(3) {
                let at = draw(bytes.len());
                let one = match draw(3) {
                    0 => Damage::Flip { at, bit: draw(8).to_le_bytes()[0] },
                    1 => Damage::Overwrite { at, value: draw(256).to_le_bytes()[0] },
                    _ => Damage::Cut { to: at },
                };
                broken = breaking::damage(&broken, one);
            }
            for reading in breaking::read(format, broken, &order).readings {
                assert!(!reading.says.is_empty());
                *seen.entry(format!("{:?}", reading.verdict)).or_insert(0) += 1;
            }
        }
        // A test that meets nothing but refusals, or none, tests little.
        assert!(seen.len() >= 2 && seen.contains_key("Refused"), "{format:?}: {seen:?}");
    }
}

#[test]
fn an_archive_is_read_at_every_eighth_place_and_a_flatbuffer_everywhere() {
    let answer = answer(&LensQuestion::default()).unwrap();
    for place in answer.places {
        assert_eq!(place.rkyv.is_none(), place.offset % 8 == 0, "{place:?}");
        assert_eq!(place.flatbuffers, None);
    }
}

#[test]
fn in_place_readers_copy_nothing_and_decoders_read_all() {
    for field in Field::ALL {
        let question = LensQuestion { input: LensInput { field, ..LensInput::default() }, damage: None };
        for view in answer(&question).unwrap().views {
            let copied: u32 = view.steps.iter().map(|step| step.copied).sum();
            let is_in_place = matches!(view.format, Format::Flatbuffers | Format::Rkyv);
            assert_eq!(copied == 0, is_in_place, "{:?}", view.format);
            let touched: u32 = view.steps.iter().map(|step| step.end - step.start).sum();
            assert!(touched as usize >= view.bytes.0.len(), "{:?} {field:?}: {touched}", view.format);
        }
    }
}
