//! The catalogue against what Rust promises, and the three ways of reading against each other.

use super::*;
use measure::Clock;
use protocol::layout::{TypeLayout, VariantLayout};
use protocol::{Access, FactKind};
use units::Nanos;

fn layout<'a>(answer: &'a LayoutAnswer, name: &str) -> &'a TypeLayout {
    &answer.here.types[answer.types.iter().position(|one| one.name == name).unwrap_or_else(|| panic!("no {name}"))]
}

#[test]
fn some_forty_types_or_more_each_with_a_name_of_its_own_and_both_compilations_laid_out_all() {
    let answer = answer().unwrap();
    assert!(answer.types.len() >= 40, "{}", answer.types.len());
    let mut names: Vec<&str> = answer.types.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), answer.types.len());
    for survey in [&answer.here, &answer.built_on] {
        assert_eq!((survey.types.len(), survey.orders.len()), (answer.types.len(), 24));
    }
    // Natively both are one machine's, so they must be equal: the build script compiled the same source.
    if answer.here.architecture == answer.built_on.architecture {
        assert_eq!(answer.here, answer.built_on);
    }
}

#[test]
fn every_field_lies_within_its_type_and_over_no_other_of_its_variant() {
    let answer = answer().unwrap();
    let all = answer.here.types.iter().chain(&answer.here.orders).chain([&answer.here.free]);
    for layout in all {
        assert!(layout.align.is_power_of_two() && layout.size.is_multiple_of(layout.align), "{layout:?}");
        for fields in layout.variants.iter().map(VariantLayout::parts) {
            for at in 0..layout.size {
                assert!(fields.iter().filter(|field| field.covers(at)).count() <= 1, "{layout:?}: two fields at byte {at}");
            }
            assert!(fields.iter().all(|field| field.offset + field.size <= layout.size), "{layout:?}");
        }
    }
}

#[test]
fn what_the_standard_library_promises_is_what_was_seen() {
    let answer = answer().unwrap();
    let word = size_of::<usize>();
    for pointer in ["Option<Box<u64>>", "Option<&'static u8>", "Option<fn() -> u8>"] {
        assert_eq!(layout(&answer, pointer).none, Some(vec![0; word]), "{pointer}");
    }
    assert_eq!(layout(&answer, "Option<NonZeroU32>").none, Some(vec![0; 4]));
    assert_eq!(layout(&answer, "Option<u32>").none, None);
    assert_eq!(layout(&answer, "Packed").uncovered(), 0);
    // C's rules: each field at the next multiple of its alignment.
    let offsets: Vec<u32> = layout(&answer, "InOrder").variants[0].fields.iter().map(|field| field.offset).collect();
    assert_eq!(offsets, [0, 8, 16, 20]);
    // repr promises these tags first, and numbers the variants from 0.
    for (name, size) in [("Direction", 1), ("Wide", 4), ("ForC", 4)] {
        for (at, variant) in (0..).zip(&layout(&answer, name).variants) {
            let tag = variant.tag.as_ref().unwrap_or_else(|| panic!("{name} has no tag"));
            assert_eq!((tag.offset, tag.size, tag.value), (0, size, at), "{name}::{}", variant.name);
        }
    }
    let slice: Vec<u32> = layout(&answer, "&[u16]").variants[0].fields.iter().map(|field| field.offset).collect();
    assert_eq!(slice.len(), 2);
    assert_ne!(slice[0], slice[1]);
    let list: std::collections::BTreeSet<u32> =
        layout(&answer, "Vec<u8>").variants[0].fields.iter().map(|field| field.offset).collect();
    assert_eq!(list.len(), 3, "each word of a Vec was found at a place of its own");
}

/// What is whole is so because it has no parts, or none that safe code can ask for: everything else says where its parts lie.
#[test]
fn a_type_with_parts_says_where_they_lie() {
    let answer = answer().unwrap();
    let word = u32::try_from(size_of::<usize>()).unwrap();
    let parts = |name: &str| -> Vec<(String, u32, u32)> {
        let layout = layout(&answer, name);
        layout.variants.iter().flat_map(VariantLayout::parts).map(|part| (part.name, part.offset, part.size)).collect()
    };
    let array: Vec<(String, u32, u32)> = (0..3).map(|at| (format!("[{at}]"), at * 2, 2)).collect();
    assert_eq!(parts("[u16; 3]"), array);
    assert_eq!((parts("[(u32, u8); 4]").len(), layout(&answer, "[(u32, u8); 4]").uncovered()), (8, 12));
    assert_eq!((parts("(u8, u32, u8)").len(), layout(&answer, "(u8, u32, u8)").uncovered()), (3, 2));
    for (name, count) in [("String", 3), ("Box<str>", 2), ("&dyn Display", 2), ("&&str", 1)] {
        let parts = parts(name);
        assert!(parts.len() == count && parts.iter().all(|part| part.2 == word), "{name}: {parts:?}");
        assert_eq!(layout(&answer, name).uncovered(), 0, "{name}");
    }
    let sizes = |name: &str| parts(name).iter().map(|part| part.2 / word).collect::<Vec<_>>();
    assert_eq!(sizes("Cow<'static, str>"), [2, 3]);
    assert_eq!(sizes("Result<Box<u8>, ()>"), [1, 0]);
}

#[test]
fn a_source_is_the_type_as_it_is_written() {
    let answer = answer().unwrap();
    let source = |name: &str| &*answer.types.iter().find(|one| one.name == name).unwrap().source;
    assert_eq!(
        source("InOrder"),
        "#[repr(C)]\nstruct InOrder {\n    open: bool,\n    id: u64,\n    kind: u8,\n    amount: u32,\n}"
    );
    assert_eq!(source("Name"), "enum Name {\n    Known { text: String, },\n    Anonymous,\n}");
    assert!(answer.types.iter().all(|one| !one.why.is_empty()));
}

#[test]
fn every_order_of_the_fields_is_there_once_and_the_best_of_them_is_as_small_as_rust_s() {
    let answer = answer().unwrap();
    let orders: std::collections::BTreeSet<Vec<&str>> = answer.here.orders.iter().map(|one| names(&one.variants[0])).collect();
    assert_eq!(orders.len(), 24);
    assert!(orders.iter().all(|order| order.iter().collect::<std::collections::BTreeSet<_>>().len() == 4));
    assert_eq!(answer.here.orders.iter().map(|one| one.size).min(), Some(answer.here.free.size));
}

fn names(variant: &VariantLayout) -> Vec<&str> {
    variant.fields.iter().map(|field| field.name.as_str()).collect()
}

struct Still;

impl Clock for Still {
    fn now(&self) -> Nanos {
        Nanos(0.0)
    }
}

#[test]
fn all_layouts_read_the_same_and_columns_touch_fewer_lines_where_one_field_is_read() {
    for access in Access::ALL {
        let mut experiment = prepare(LayoutInput { items: 5_000, access }, Seed(5));
        let sums: Vec<u64> = experiment.contenders.iter_mut().map(|one| one.time(3, &Still).1).collect();
        assert!(sums.iter().all(|sum| *sum == sums[0]), "{access:?}: {sums:x?}");
        let touched: Vec<u64> =
            experiment.facts.iter().filter(|fact| fact.kind == FactKind::TouchedBytes).map(|fact| fact.value).collect();
        let [written, sorted, columns] = touched[..] else { panic!("{touched:?}") };
        assert!(sorted <= written, "{access:?}: {touched:?}");
        match access {
            Access::OneField => assert!(columns * 4 < sorted, "{touched:?}"),
            Access::EveryField => assert!(columns < written, "{touched:?}"),
            Access::Scattered => assert!(columns > written, "{touched:?}"),
        }
    }
}
