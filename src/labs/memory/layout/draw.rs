//! A type's bytes as HTML: a row of eight at a time, a field a labelled block, what belongs to no field hatched; and the same as a table.

use super::state::{Looking, Machine, Shown};
use crate::{
    components::table::TableData,
    markup::{all, escaped},
};
use protocol::layout::{FieldLayout, LayoutAnswer, Survey, TypeGroup, TypeLayout, TypeText, VariantLayout};

/// Bytes in a row of the picture.
const ROW: u32 = 8;

/// The most bytes that are drawn; what is larger says so and is told by the table.
const DRAWN: u32 = 160;

/// What stands where no field is: in an enum whose tag was not found, that is there too, and nobody says at which byte. A union, whose parts are
/// named after their one field, has no tag.
fn gap_name(layout: &TypeLayout) -> &'static str {
    let has_tag =
        |variant: &VariantLayout| !variant.name.is_empty() && variant.fields.iter().all(|field| field.name != variant.name);
    if layout.variants.iter().any(has_tag) && !is_tag_known(layout) { "tag or padding" } else { "padding" }
}

/// Whether the tag's place is known.
fn is_tag_known(layout: &TypeLayout) -> bool {
    layout.variants.iter().any(|variant| variant.tag.is_some())
}

/// The machine in words.
pub(super) fn machine_words(machine: Machine, survey: &Survey) -> String {
    let what = match machine {
        Machine::Here => "this page’s worker",
        Machine::BuiltOn => "the machine that built the site",
    };
    format!("{}, {}-bit addresses ({what})", survey.architecture, survey.pointer_bits)
}

/// Bytes in words.
pub(super) fn bytes(count: u32) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

/// A run of bytes of one kind within a variant: the field, none for a gap, and where it begins and ends.
fn runs<'a>(layout: &TypeLayout, parts: &'a [FieldLayout]) -> Vec<(Option<&'a FieldLayout>, u32, u32)> {
    let owner = |at: u32| parts.iter().position(|field| field.covers(at));
    let mut runs: Vec<(Option<usize>, u32, u32)> = Vec::new();
    for at in 0..layout.size.min(DRAWN) {
        let now = owner(at);
        match runs.last_mut() {
            // A block ends with its row.
            Some((of, _, end)) if *of == now && at % ROW != 0 => *end = at + 1,
            _ => runs.push((now, at, at + 1)),
        }
    }
    runs.into_iter().map(|(of, start, end)| (of.and_then(|of| parts.get(of)), start, end)).collect()
}

/// One variant's bytes.
fn strip(layout: &TypeLayout, variant: &VariantLayout) -> String {
    let parts = variant.parts();
    let blocks = all(runs(layout, &parts), |(field, start, end)| {
        let width = end - start;
        match field {
            Some(field) => {
                let tone = parts.iter().position(|one| one == field).unwrap_or(0) % 4;
                let goes_on = if start > field.offset { " goes-on" } else { "" };
                let name = if start > field.offset { "…" } else { &*field.name };
                format!("<span class=\"byte-block span-{width} field-{tone}{goes_on}\">{}</span>", escaped(name))
            }
            None => format!("<span class=\"byte-block span-{width} is-gap\" title=\"{}\"></span>", gap_name(layout)),
        }
    });
    let title = if variant.name.is_empty() { String::new() } else { format!("<b>{}</b>", escaped(&variant.name)) };
    format!("{title}<div class=\"byte-strip\">{blocks}</div>")
}

/// A type's bytes, drawn.
pub(in crate::labs::memory) fn picture(layout: &TypeLayout) -> String {
    if layout.size == 0 {
        return "<p>No bytes: there is nothing to draw.</p>".to_owned();
    }
    let whole = [VariantLayout {
        name: String::new(),
        fields: vec![FieldLayout { name: "the value".to_owned(), offset: 0, size: layout.size }],
        tag: None,
    }];
    let variants = if layout.variants.is_empty() { &whole[..] } else { &layout.variants };
    let more = if layout.size > DRAWN { format!("<p>The first {DRAWN} of {} bytes.</p>", layout.size) } else { String::new() };
    let strips = all(variants, |variant| strip(layout, variant));
    format!("<div class=\"bytes\" aria-hidden=\"true\">{strips}</div>{more}")
}

/// A type's fields and gaps as a table.
pub(super) fn table(name: &str, layout: &TypeLayout) -> TableData {
    let rows = layout.variants.iter().flat_map(|variant| {
        let mut fields = variant.parts();
        fields.sort_by_key(|field| field.offset);
        let title = |what: &str| if variant.name.is_empty() { what.to_owned() } else { format!("{}: {what}", variant.name) };
        let mut at = 0;
        let mut rows = Vec::new();
        let gap = |rows: &mut Vec<Vec<String>>, from: u32, to: u32| {
            if to > from {
                rows.push(vec![title(gap_name(layout)), from.to_string(), (to - from).to_string()]);
            }
        };
        for field in fields {
            gap(&mut rows, at, field.offset);
            rows.push(vec![title(&field.name), field.offset.to_string(), field.size.to_string()]);
            at = at.max(field.offset + field.size);
        }
        gap(&mut rows, at, layout.size);
        rows
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        rows.push(vec!["the value".to_owned(), "0".to_owned(), layout.size.to_string()]);
    }
    TableData {
        caption: format!("{name}: {}, aligned to {}", bytes(layout.size), layout.align),
        head: ["part", "begins at byte", "bytes"].map(str::to_owned).into(),
        rows,
    }
}

/// A type's layout in a sentence.
pub(super) fn sentence(text: &TypeText, layout: &TypeLayout, guess: Option<u32>) -> String {
    let said = match guess {
        Some(guess) if guess == layout.size => "Right. ".to_owned(),
        Some(guess) => format!("You guessed {}. ", bytes(guess)),
        None => String::new(),
    };
    let uncovered = layout.uncovered();
    let gaps = match (uncovered, text.group) {
        (0, _) => String::new(),
        (_, TypeGroup::Enum | TypeGroup::Niche) if !is_tag_known(layout) => {
            format!("; {uncovered} of them no variant’s field: the tag, and padding")
        }
        _ => format!("; {uncovered} of them padding"),
    };
    let none = layout.none.as_ref().map_or_else(String::new, |none| {
        let hex: Vec<String> = none.iter().map(|byte| format!("{byte:02x}")).collect();
        format!(" The bytes of None, as they lie in memory: {}.", hex.join(" "))
    });
    format!("{said}{} takes {}, at addresses that are multiples of {}{gaps}.{none}", text.name, bytes(layout.size), layout.align)
}

/// The chosen type: its source, and once it is open its bytes on the chosen machine.
pub(super) fn chosen(answer: &LayoutAnswer, looking: &Looking) -> String {
    let (Some(text), Some(layout)) = (answer.types.get(looking.chosen), looking.layout(answer)) else {
        return String::new();
    };
    let source = format!(
        "<pre class=\"layout-source\" tabindex=\"0\"><code>{}</code></pre><p>{}</p>",
        escaped(&text.source),
        escaped(&text.why)
    );
    match looking.shown {
        Shown::Hidden => source,
        Shown::Open(_) => source + &drawn(text, layout),
    }
}

/// A type's bytes and its table.
fn drawn(text: &TypeText, layout: &TypeLayout) -> String {
    picture(layout) + &table(&text.name, layout).draw()
}

/// The type that stands beside the chosen one, whole: nothing before that one's own bytes are seen, which it might give away.
pub(super) fn beside(answer: &LayoutAnswer, looking: &Looking) -> String {
    let (Shown::Open(_), Some(at)) = (looking.shown, looking.beside) else { return String::new() };
    let types = &looking.machine.of(answer).types;
    let (Some(text), Some(layout), Some(own), Some(chosen)) =
        (answer.types.get(at), types.get(at), looking.layout(answer), answer.types.get(looking.chosen))
    else {
        return String::new();
    };
    let differs = match layout.size.abs_diff(own.size) {
        0 => format!("as many as {}", escaped(&chosen.name)),
        less if layout.size < own.size => format!("{less} fewer than {}", escaped(&chosen.name)),
        more => format!("{more} more than {}", escaped(&chosen.name)),
    };
    format!(
        "<h3>Beside it: <code>{0}</code></h3><p>{1}; {differs}. {2}</p><pre class=\"layout-source\" tabindex=\"0\"><code>{3}</code></pre>{4}",
        escaped(&text.name),
        bytes(layout.size),
        escaped(&text.why),
        escaped(&text.source),
        drawn(text, layout)
    )
}

/// The reader's order beside the best that there is.
pub(super) fn ordered(answer: &LayoutAnswer, looking: &Looking) -> String {
    let Some(layout) = looking.ordered(answer) else { return String::new() };
    picture(layout) + &table("The struct in your order", layout).draw()
}

/// What the reader's order comes to.
pub(super) fn order_sentence(answer: &LayoutAnswer, looking: &Looking) -> String {
    let Some(layout) = looking.ordered(answer) else { return String::new() };
    let survey = looking.machine.of(answer);
    let best = survey.orders.iter().map(|one| one.size).min().unwrap_or(layout.size);
    let verdict = if layout.size == best { "no order is smaller" } else { "there is a smaller order" };
    format!(
        "In your order: {}, {} of them padding; {verdict}. Rust’s own order takes {}.",
        bytes(layout.size),
        layout.uncovered(),
        bytes(survey.free.size)
    )
}

/// Every type with its size on both machines.
pub(super) fn all_types(answer: &LayoutAnswer) -> TableData {
    let cell = |survey: &Survey, at: usize| {
        survey.types.get(at).map_or_else(|| "–".to_owned(), |layout| format!("{} / {}", layout.size, layout.align))
    };
    let machine = |survey: &Survey| format!("{}: size / alignment", survey.architecture);
    TableData {
        caption: format!("All {} types, as two compilations laid them out", answer.types.len()),
        head: vec!["type".to_owned(), "shows".to_owned(), machine(&answer.here), machine(&answer.built_on)],
        rows: answer
            .types
            .iter()
            .enumerate()
            .map(|(at, text)| {
                vec![text.name.clone(), text.group.label().to_owned(), cell(&answer.here, at), cell(&answer.built_on, at)]
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::memory::layout::state::tests::answer;

    fn struct_of(size: u32, fields: &[(&str, u32, u32)]) -> TypeLayout {
        let field = |&(name, offset, size): &(&str, u32, u32)| FieldLayout { name: name.to_owned(), offset, size };
        let variant = VariantLayout { name: String::new(), fields: fields.iter().map(field).collect(), tag: None };
        TypeLayout { size, align: 8, variants: vec![variant], none: None }
    }

    #[test]
    fn every_byte_is_in_one_block_and_no_block_leaves_its_row() {
        let layout = struct_of(24, &[("a", 0, 1), ("b", 4, 12), ("c", 17, 2)]);
        let parts = layout.variants[0].parts();
        let runs = runs(&layout, &parts);
        assert_eq!(runs.iter().map(|(_, start, end)| end - start).sum::<u32>(), 24);
        assert!(runs.iter().all(|(_, start, end)| start / ROW == (end - 1) / ROW));
        let drawn = picture(&layout);
        assert_eq!(drawn.matches("is-gap").count(), 3, "{drawn}");
        assert_eq!(drawn.matches("goes-on").count(), 1, "{drawn}");
    }

    #[test]
    fn the_table_names_every_gap_and_adds_up() {
        let layout = struct_of(24, &[("b", 8, 8), ("a", 0, 1)]);
        let table = table("T", &layout);
        let names: Vec<&str> = table.rows.iter().map(|row| &*row[0]).collect();
        assert_eq!(names, ["a", "padding", "b", "padding"]);
        assert_eq!(table.rows.iter().map(|row| row[2].parse::<u32>().unwrap()).sum::<u32>(), 24);
    }

    #[test]
    fn a_union_has_padding_and_no_tag() {
        let mut layout = struct_of(8, &[("whole", 0, 4)]);
        layout.variants[0].name = "whole".to_owned();
        assert_eq!(gap_name(&layout), "padding");
        layout.variants[0].name = "Whole".to_owned();
        assert_eq!(gap_name(&layout), "tag or padding");
    }

    #[test]
    fn nothing_of_a_hidden_type_s_bytes_is_told() {
        let (answer, mut looking) = (answer(), Looking::default());
        let hidden = chosen(&answer, &looking);
        assert!(hidden.contains("struct First") && !hidden.contains("byte-strip") && !hidden.contains("<table"), "{hidden}");
        looking.open(Some(9));
        assert!(chosen(&answer, &looking).contains("byte-strip"));
        assert!(sentence(&answer.types[0], looking.layout(&answer).unwrap(), Some(9)).starts_with("You guessed 9 bytes."));
        assert!(sentence(&answer.types[1], &answer.here.types[1], Some(4)).starts_with("Right."));
        assert!(sentence(&answer.types[1], &answer.here.types[1], None).ends_with("00 01 02 03."));
    }

    #[test]
    fn what_stands_beside_is_told_once_the_chosen_one_is_open_and_by_how_much_it_differs() {
        let (answer, mut looking) = (answer(), Looking { beside: Some(1), ..Looking::default() });
        assert_eq!(beside(&answer, &looking), "", "it might give the chosen one away");
        looking.open(None);
        let drawn = beside(&answer, &looking);
        assert!(drawn.contains("4 bytes; 4 fewer than First. a reason") && drawn.contains("byte-strip"), "{drawn}");
        looking.choose(1);
        looking.open(None);
        assert!(beside(&answer, &looking).contains("as many as"));
        looking.beside = Some(99);
        assert_eq!(beside(&answer, &looking), "");
    }

    #[test]
    fn a_tag_that_was_found_is_drawn_with_what_is_in_it_and_what_is_left_is_padding() {
        let mut layout = struct_of(16, &[("text", 8, 8)]);
        layout.variants[0].name = "Known".to_owned();
        assert_eq!(gap_name(&layout), "tag or padding");
        layout.variants[0].tag = Some(protocol::layout::TagLayout { offset: 0, size: 4, value: 1 });
        assert_eq!((gap_name(&layout), layout.uncovered()), ("padding", 4));
        assert!(picture(&layout).contains("tag = 1"));
        let rows = table("T", &layout).rows;
        assert_eq!(rows, [["Known: tag = 1", "0", "4"], ["Known: padding", "4", "4"], ["Known: text", "8", "8"]]);
    }

    #[test]
    fn an_order_is_set_against_the_best_one() {
        let (answer, mut looking) = (answer(), Looking::default());
        assert!(order_sentence(&answer, &looking).contains("there is a smaller order"));
        looking.move_up(1);
        assert!(order_sentence(&answer, &looking).contains("no order is smaller"));
    }

    #[test]
    fn what_a_type_is_called_is_text() {
        let mut answer = answer();
        answer.types[0].source = "<script>".to_owned();
        assert!(!chosen(&answer, &Looking::default()).contains("<script>"));
    }
}
