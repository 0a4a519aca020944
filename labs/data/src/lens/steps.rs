//! How a reader gets at one field: which bytes it looks at, what it copies and allocates, in its order. Derived from the map of the very
//! bytes; the sums are held to a counting allocator by a test. It must never count what a reader could do, only what this one does.

use super::{
    map::{Map, small},
    record::Order,
};
use protocol::lens::{Field, Format, Part, Span, Step};

/// The steps of a format's reader to `field`.
pub(super) fn steps(format: Format, map: &Map, len: usize, order: &Order, field: Field) -> Vec<Step> {
    match format {
        Format::Json | Format::Postcard | Format::Protobuf => decoding(format, map, len, order, field),
        Format::Flatbuffers => in_flatbuffer(map, len, field),
        Format::Rkyv => in_archive(map, len, field),
    }
}

/// Readers that build an owned record first: every field in its turn, whichever is wanted.
fn decoding(format: Format, map: &Map, len: usize, order: &Order, wanted: Field) -> Vec<Step> {
    let mut steps = Vec::new();
    for field in Field::ALL {
        let own = map.spans.iter().filter(|span| span.field == Some(field));
        let (Some(start), Some(end)) = (own.clone().map(|span| span.start).min(), own.map(|span| span.end).max()) else {
            let what = format!("{} is not there: the default takes its place.", field.slug());
            steps.push(Step { what, start: 0, end: 0, copied: 0, allocations: 0 });
            continue;
        };
        // What lies between two fields is looked at with the first.
        let start = steps.last().map_or(0, |step: &Step| if step.end == 0 { start } else { step.end.min(start) });
        let copied = copied(format, order, field);
        let and_then = if copied == 0 { "" } else { ", copy it to the heap" };
        let name = if format == Format::Json { "find the name, parse the value" } else { "decode the value" };
        let what = format!("{}: {name}{and_then}.", field.slug());
        steps.push(Step { what, start, end, copied, allocations: u32::from(copied > 0) });
    }
    let read = steps.iter().map(|step| step.end).max().unwrap_or(0);
    if read < small(len) {
        steps.push(Step {
            what: "Look whether the record ends here.".to_owned(),
            start: read,
            end: small(len),
            copied: 0,
            allocations: 0,
        });
    }
    let what = format!("Read {} from the finished record.", wanted.slug());
    steps.push(Step { what, start: 0, end: 0, copied: 0, allocations: 0 });
    steps
}

/// What a decoder copies of a field to the heap.
fn copied(format: Format, order: &Order, field: Field) -> u32 {
    let each = if format == Format::Protobuf { 4 } else { 2 };
    small(match field {
        Field::Id | Field::Side | Field::Price => 0,
        Field::Symbol => order.symbol.len(),
        Field::Note => order.note.as_ref().map_or(0, String::len),
        Field::Fills => order.fills.len() * each,
    })
}

fn look(what: &str, (start, end): (u32, u32)) -> Step {
    Step { what: what.to_owned(), start, end, copied: 0, allocations: 0 }
}

fn of(map: &Map, field: Field, part: Part) -> Option<&Span> {
    map.spans.iter().find(|span| span.field == Some(field) && span.part == part)
}

fn in_flatbuffer(map: &Map, len: usize, field: Field) -> Vec<Step> {
    let mut steps = vec![look("Verify: every offset, length and text, once.", (0, small(len)))];
    steps.push(look("Follow the first number to the table.", (0, 4)));
    // The second pointer of all is the table's, to its directory.
    if let Some(arrow) = map.arrows.get(1) {
        steps.push(look("Follow the table’s first number back to its directory.", (arrow.at, arrow.at + 4)));
        steps.push(look("Look how long the directory is.", (arrow.to, arrow.to + 2)));
    }
    if let Some(name) = of(map, field, Part::Name) {
        steps.push(look("Look in the directory where the field is.", (name.start, name.end)));
    }
    rest(map, field, &mut steps);
    steps
}

fn in_archive(map: &Map, len: usize, field: Field) -> Vec<Step> {
    let mut steps = vec![look("Validate: every pointer, length, tag and text, once.", (0, small(len)))];
    steps.push(look("The record’s place follows from the length of the archive: nothing is looked at.", (0, 0)));
    rest(map, field, &mut steps);
    steps
}

/// From a field's place to its value, in place.
fn rest(map: &Map, field: Field, steps: &mut Vec<Step>) {
    let before = steps.len();
    let parts = [
        (Part::Tag, "Look whether it is there."),
        (Part::Pointer, "Follow the relative pointer."),
        (Part::Length, "Read the length."),
        (Part::Value, "Read the value where it stands."),
    ];
    for (part, what) in parts {
        steps.extend(of(map, field, part).map(|span| look(what, (span.start, span.end))));
    }
    if steps.len() == before {
        steps.push(look("It is not there: the default takes its place.", (0, 0)));
    }
}
