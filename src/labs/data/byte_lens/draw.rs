//! The byte lens's answer as HTML: bytes with their labels, a strip with arrows, steps, verdicts, places. Whatever is shown by colour is said in
//! words too. It must never touch the browser.

use crate::{
    components::table::TableData,
    markup::{all, escaped},
};
use protocol::lens::{Damaged, Field, FormatView, Part, PlaceRow, Span, Step, Verdict};

/// One format: its bytes in labelled pieces, the strip, and the same as a table. `now` are the bytes that a reader looks at.
pub(super) fn format(view: &FormatView, now: Option<&Step>) -> String {
    let bytes = &view.bytes.0;
    let runs = all(&view.spans, |span| run(span, of(bytes, span), now));
    let padding: u32 = view.spans.iter().filter(|span| span.part == Part::Padding).map(|span| span.end - span.start).sum();
    let arrows = match view.arrows.len() {
        0 => "no pointers".to_owned(),
        1 => "1 relative pointer".to_owned(),
        count => format!("{count} relative pointers"),
    };
    format!(
        "<h3>{}</h3><p class=\"lens-sum\">{} bytes, {padding} of them padding, {arrows}.</p>{}<div class=\"lens-bytes\">{runs}</div>\
         <details><summary>Every byte of it as a table</summary>{}</details>",
        view.format.label(),
        bytes.len(),
        strip(view),
        table(view).draw(),
    )
}

fn of<'a>(bytes: &'a [u8], span: &Span) -> &'a [u8] {
    bytes.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The words for some bytes.
fn label(span: &Span) -> String {
    match (span.field, span.part) {
        (Some(field), Part::Value) => field.slug().to_owned(),
        (Some(field), part) => format!("{} {}", field.slug(), part.label()),
        (None, part) => part.label().to_owned(),
    }
}

fn class(field: Option<Field>) -> &'static str {
    field.map_or("none", Field::slug)
}

fn run(span: &Span, bytes: &[u8], now: Option<&Step>) -> String {
    let is_now = now.is_some_and(|step| step.start < span.end && span.start < step.end);
    let padding = if span.part == Part::Padding { " padding" } else { "" };
    format!(
        "<span class=\"lens-run f-{}{padding}{}\" data-field=\"{}\"><small>{} <i>{}</i></small><code>{}</code><code class=\"text\">{}</code></span>",
        class(span.field),
        if is_now { " now" } else { "" },
        span.field.map_or("", Field::slug),
        span.start,
        label(span),
        all(bytes.iter().enumerate(), |(at, byte)| format!(
            "<span data-at=\"{}\">{byte:02x}</span>{}",
            span.start as usize + at,
            if at + 1 < bytes.len() { " " } else { "" }
        )),
        escaped(&plain(bytes)),
    )
}

/// Bytes as the text that they may be; a middle dot for what is none.
fn plain(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '·' }).collect()
}

/// The record as one line of memory, its pointers as arcs.
fn strip(view: &FormatView) -> String {
    if view.arrows.is_empty() {
        return String::new();
    }
    let len = view.bytes.0.len();
    let scale = 1000.0 / len.max(1) as f64;
    let boxes = all(&view.spans, |span| {
        let (x, width) = (f64::from(span.start) * scale, f64::from(span.end - span.start) * scale);
        let padding = if span.part == Part::Padding { " padding" } else { "" };
        format!("<rect class=\"f-{}{padding}\" x=\"{x:.1}\" y=\"70\" width=\"{width:.1}\" height=\"24\"/>", class(span.field))
    });
    let arcs = all(&view.arrows, |arrow| {
        let (from, to) = ((f64::from(arrow.at) + 2.0) * scale, (f64::from(arrow.to) + 0.5) * scale);
        let (middle, rise) = (f64::midpoint(from, to), (from - to).abs().mul_add(-0.35, 62.0).max(4.0));
        format!(
            "<path class=\"f-{}\" d=\"M{from:.1} 68Q{middle:.1} {rise:.1} {to:.1} 66\" marker-end=\"url(#lens-head)\"/>",
            class(arrow.field)
        )
    });
    let words = all(&view.arrows, |arrow| {
        let whose = arrow.field.map_or("the record", Field::slug);
        let by = i64::from(arrow.to) - i64::from(arrow.base);
        format!(
            "<li>{whose}: the number at byte {} is {by}; from byte {} it leads to byte {}.</li>",
            arrow.at, arrow.base, arrow.to
        )
    });
    format!(
        "<svg class=\"lens-strip\" viewBox=\"-4 0 1008 98\" aria-hidden=\"true\"><defs><marker id=\"lens-head\" viewBox=\"0 0 8 8\" refX=\"6\" refY=\"4\" \
         markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>{boxes}{arcs}</svg><ul class=\"lens-arrows\">{words}</ul>"
    )
}

fn table(view: &FormatView) -> TableData {
    let rows = view.spans.iter().map(|span| {
        let bytes = of(&view.bytes.0, span);
        vec![
            format!("{}–{}", span.start, span.end - 1),
            span.field.map_or_else(|| "–".to_owned(), |field| field.slug().to_owned()),
            span.part.label().to_owned(),
            bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" "),
        ]
    });
    let head = ["bytes", "field", "part", "hex"].map(str::to_owned).to_vec();
    TableData { caption: format!("{}, byte by byte", view.format.label()), head, rows: rows.collect() }
}

/// A reader's steps up to and with `at`, and what they add up to.
pub(super) fn steps(view: &FormatView, at: usize) -> String {
    let items = all(view.steps.iter().enumerate().take(at + 1), |(index, step)| {
        let bytes = match step.end - step.start {
            0 => "no bytes".to_owned(),
            1 => format!("byte {}", step.start),
            _ => format!("bytes {}–{}", step.start, step.end - 1),
        };
        let current = if index == at { " aria-current=\"step\"" } else { "" };
        format!("<li{current}>{} <span>{bytes}</span></li>", escaped(&step.what))
    });
    format!("<ol class=\"lens-steps\">{items}</ol>")
}

/// The counter behind step `at`, as a sentence.
pub(super) fn counter(view: &FormatView, at: usize) -> String {
    let done = view.steps.iter().take(at + 1);
    let sum = |of: fn(&Step) -> u32| done.clone().map(of).sum::<u32>();
    format!(
        "Step {} of {}: {} bytes looked at, {} copied, {} allocations.",
        at + 1,
        view.steps.len(),
        sum(|step| step.end - step.start),
        sum(|step| step.copied),
        sum(|step| step.allocations)
    )
}

/// What the readers of damaged bytes say.
pub(super) fn damaged(damaged: &Damaged) -> String {
    let readings = all(&damaged.readings, |reading| {
        let (slug, word) = match reading.verdict {
            Verdict::Unharmed => ("unharmed", "reads the record as it was"),
            Verdict::Refused => ("refused", "says that something is wrong"),
            Verdict::Wrong => ("wrong", "silently wrong"),
            Verdict::Undefined => ("undefined", "undefined behaviour"),
        };
        format!(
            "<div data-verdict=\"{slug}\"><dt>{}: <b>{word}</b></dt><dd>{}</dd></div>",
            escaped(&reading.reader),
            escaped(&reading.says)
        )
    });
    format!("<dl class=\"lens-verdicts\">{readings}</dl>")
}

/// The same bytes at sixteen places.
pub(super) fn places(places: &[PlaceRow]) -> String {
    let words = |error: &Option<String>| error.as_ref().map_or_else(|| "reads".to_owned(), |_| "refuses".to_owned());
    let rows = places.iter().map(|place| vec![place.offset.to_string(), words(&place.rkyv), words(&place.flatbuffers)]);
    let head = ["bytes behind a multiple of 16", "rkyv, validated", "FlatBuffers, verified"].map(str::to_owned).to_vec();
    let table = TableData { caption: "The same bytes at sixteen places in memory".to_owned(), head, rows: rows.collect() };
    let refused = places.iter().filter(|place| place.rkyv.is_some()).count();
    let why = places.iter().find_map(|place| place.rkyv.as_deref()).unwrap_or_default();
    format!(
        "<p>rkyv refuses {refused} of 16 places: it hands out references into the bytes themselves, and a reference to a 64-bit number must lie on a \
         multiple of 8. Its own words: “{}” FlatBuffers reads at every place, since its reader copies each number out of the bytes before it looks at it.</p>{}",
        escaped(why),
        table.draw()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::lens::Format;

    fn view() -> FormatView {
        let span = |start, end, field, part| Span { start, end, field, part };
        let step = |what: &str, start, end| Step { what: what.to_owned(), start, end, copied: 3, allocations: 1 };
        FormatView {
            format: Format::Rkyv,
            bytes: vec![7, 0, b'<', b'a'].into(),
            spans: vec![
                span(0, 1, Some(Field::Id), Part::Value),
                span(1, 2, None, Part::Padding),
                span(2, 4, Some(Field::Symbol), Part::Length),
            ],
            arrows: vec![protocol::lens::Arrow { at: 0, base: 0, to: 2, field: Some(Field::Symbol) }],
            steps: vec![step("first", 0, 4), step("second", 2, 4)],
        }
    }

    #[test]
    fn every_byte_is_labelled_and_text_is_escaped() {
        let html = format(&view(), None);
        for words in
            ["<i>id</i>", "<i>padding</i>", "<i>symbol length</i>", "&lt;a", "4 bytes, 1 of them padding, 1 relative pointer"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert_eq!(html.matches("data-at=").count(), 4);
        assert!(html.contains("is 2; from byte 0 it leads to byte 2"), "{html}");
    }

    #[test]
    fn a_step_marks_its_bytes_and_the_counter_adds_up() {
        let view = view();
        assert_eq!(format(&view, view.steps.get(1)).matches(" now\"").count(), 1);
        assert_eq!(counter(&view, 1), "Step 2 of 2: 6 bytes looked at, 6 copied, 2 allocations.");
        assert_eq!(steps(&view, 0).matches("<li").count(), 1);
    }
}
