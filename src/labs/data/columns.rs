//! The columns lab: the same trades as rows and as columns, which cache lines a question touches, and what that costs.

use super::super::{
    LabContext,
    results::{Results, times_as_fast},
    shared::{alternative, grouped},
    times_lab::{Parts, TimesLab},
};
use crate::{
    components::{controls::Choice, table::TableData},
    embed::picture::PictureData,
    instruments::lines::{self, CacheLine, Cell, LINE, Use},
    state::permalink::Permalink,
};
use leptos::prelude::*;
use protocol::{
    ColumnsInput, Contender, FactKind, LabId, LabInput, Phase, Query, Recording,
    columns::{FIELDS, Field, ROW, read_by},
};
use units::{Bytes, significant};

const LAB: TimesLab = TimesLab {
    lab: LabId::Columns,
    contenders: LabId::Columns.contenders(),
    takes_part: |_| LabId::Columns.contenders().to_vec(),
    axis: "time for one answer, from 0",
    facts: &[(FactKind::WireBytes, "bytes it starts from"), (FactKind::TouchedBytes, "bytes of cache lines touched")],
    per: |_| 1.0,
    words: |input| {
        let ColumnsInput { rows, query } = columns_input(input);
        format!("{} trades, {}", grouped(rows), query.label())
    },
    finding,
    remark,
    small_print: "Measured in your browser’s Wasm, not on a server. Writing the trades is not timed. JSON is parsed for every answer; whoever asks \
                  often would keep what was parsed.",
    illustration: |input| illustration(columns_input(input)),
    link: |input| {
        let (mut link, start, now) = (Permalink::default(), ColumnsInput::default(), columns_input(input));
        link.set_unless("rows", now.rows, start.rows, u32::to_string);
        link.set_unless("query", now.query, start.query, |query| query.slug().to_owned());
        link
    },
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Columns(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn Columns(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let rows = ColumnsInput::ROWS.map(|rows| alternative(&rows.to_string(), &grouped(rows))).to_vec();
    let queries = Query::ALL.map(|query| alternative(query.slug(), query.label())).to_vec();
    let choose_rows = move |text: String| input.update(|input| input.rows = text.parse().unwrap_or(input.rows));
    let choose_query = move |slug: String| {
        if let Some(query) = Query::ALL.into_iter().find(|query| query.slug() == slug) {
            input.update(|input| input.query = query);
        }
    };
    let choices = view! {
        <Choice label="Trades" name="rows" options=Signal::stored(rows) value=Signal::derive(move || input.get().rows.to_string()) on_choose=choose_rows/>
        <Choice label="Question" name="query" options=Signal::stored(queries) value=Signal::derive(move || input.get().query.slug().to_owned())
            on_choose=choose_query/>
    };
    let now = Signal::derive(move || LabInput::Columns(input.get()));
    LAB.view(&context, (&link, link_error), now, Parts::plain(LAB, choices.into_any()), move |link| input.set(input_of(&link)))
}

fn columns_input(input: LabInput) -> ColumnsInput {
    match input {
        LabInput::Columns(input) => input,
        // This lab makes no other input.
        _ => ColumnsInput::default(),
    }
}

/// The input that a link stands for: one of the offered sizes, else the default.
fn input_of(link: &Permalink) -> ColumnsInput {
    let start = ColumnsInput::default();
    let rows = link.get("rows").and_then(|text| text.parse().ok()).filter(|rows| ColumnsInput::ROWS.contains(rows));
    let query = link.get("query").and_then(|slug| Query::ALL.into_iter().find(|query| query.slug() == slug));
    ColumnsInput { rows: rows.unwrap_or(start.rows), query: query.unwrap_or(start.query) }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: the same trades, kept in four ways, are asked the same question.".to_owned();
    };
    let of = |contender| results.ratio(contender, Phase::Whole);
    let (Some(rows), Some(columns)) = (of(Contender::RkyvRows), of(Contender::ArrowIpc)) else { return "Measuring.".to_owned() };
    format!("Against JSON rows: rkyv rows {}, Arrow columns out of a stream {}.", times_as_fast(rows), times_as_fast(columns))
}

/// What both in-place layouts touch, as it was counted.
fn remark(results: &Results) -> Option<String> {
    let touched = |contender| results.fact(contender, FactKind::TouchedBytes).filter(|bytes| *bytes > 0);
    let (rows, columns) = (touched(Contender::RkyvRows)?, touched(Contender::ArrowIpc)?);
    let times = if rows >= columns {
        format!("{} × as much for the rows", significant(rows as f64 / columns as f64))
    } else {
        format!("{} × as much for the columns", significant(columns as f64 / rows as f64))
    };
    Some(format!("For one answer, rows touch {} of memory and columns {}: {times}.", Bytes(rows), Bytes(columns)))
}

/// How many trades a look-up fetches, as the lab does.
const LOOK_UPS: usize = 1_000;

/// The lines that a question touches, with a sentence and a table.
fn illustration(input: ColumnsInput) -> String {
    let read = read_by(input.query);
    let needed: usize = read.iter().map(|&field| FIELDS[field].width).sum();
    let sentence = match input.query {
        Query::LookUp => format!(
            "A whole row is {ROW} bytes in one place, or {} places of 2 to 8 bytes: {LOOK_UPS} of them touch one line each as rows, and {} each as columns.",
            FIELDS.len(),
            FIELDS.len()
        ),
        _ => format!(
            "The question needs {needed} of each row’s {ROW} bytes. As rows, every line holds two trades and must come whole; as columns, only the \
             lines of {} come, and all of their bytes are needed.",
            if read.len() == 1 { "one column" } else { "two columns" }
        ),
    };
    format!(
        "<h2 class=\"lab-part\">What the question touches</h2><p>{sentence}</p><div class=\"cache-lines\" aria-hidden=\"true\"><p class=\"group-title\">As rows: \
         lines of 64 bytes</p>{}<p class=\"group-title\">As columns</p>{}<p class=\"faint\">Filled: read. Hatched: comes along in the same line. \
         Empty: stays where it is.</p></div>{}",
        lines::draw(&row_lines(input.query)),
        lines::draw(&column_lines(input.query)),
        table(input).draw()
    )
}

/// The first lines of the rows. A look-up takes one row of the many.
fn row_lines(query: Query) -> Vec<CacheLine> {
    let line = |index: usize| {
        let cells = (0..LINE / ROW).flat_map(|row| {
            FIELDS.iter().enumerate().map(move |(at, field)| {
                let is_read = match query {
                    // One row of the three lines that are drawn.
                    Query::LookUp => index == 1 && row == 0,
                    _ => read_by(query).contains(&at),
                };
                let comes = query != Query::LookUp || index == 1;
                cell(field, is_read, comes)
            })
        });
        CacheLine { label: format!("trades {} and {}", 2 * index + 1, 2 * index + 2), cells: cells.collect() }
    };
    (0..3).map(line).collect()
}

/// The first line of each column.
fn column_lines(query: Query) -> Vec<CacheLine> {
    let line = |(at, field): (usize, &Field)| {
        let is_asked = read_by(query).contains(&at);
        let cells = (0..LINE / field.width).map(|value| {
            let is_read = is_asked && (query != Query::LookUp || value == 2);
            cell(field, is_read, is_asked)
        });
        // A name in each cell would be noise: the row is named.
        let cells = cells.map(|cell| Cell { name: "", ..cell });
        CacheLine { label: format!("{}, {} values", field.name, LINE / field.width), cells: cells.collect() }
    };
    FIELDS.iter().enumerate().map(line).collect()
}

fn cell(field: &Field, is_read: bool, comes: bool) -> Cell {
    let use_ = match (is_read, comes) {
        (true, _) => Use::Read,
        (false, true) => Use::Fetched,
        (false, false) => Use::Untouched,
    };
    Cell { name: field.name, width: field.width, use_ }
}

fn table(input: ColumnsInput) -> TableData {
    let (rows, read) = (input.rows as usize, read_by(input.query));
    let bytes = |count: usize| Bytes(count as u64).to_string();
    let fields = FIELDS.iter().enumerate().map(|(at, field)| {
        let is_read = read.contains(&at);
        let of_column = match (is_read, input.query) {
            (false, _) => 0,
            (true, Query::LookUp) => LOOK_UPS * LINE,
            (true, _) => (rows * field.width).next_multiple_of(LINE),
        };
        vec![
            field.name.to_owned(),
            format!("{} to {}", field.offset, field.offset + field.width - 1),
            if is_read { "yes" } else { "no" }.to_owned(),
            bytes(of_column),
        ]
    });
    let columns: usize = read
        .iter()
        .map(
            |&field| {
                if input.query == Query::LookUp { LOOK_UPS * LINE } else { (rows * FIELDS[field].width).next_multiple_of(LINE) }
            },
        )
        .sum();
    let as_rows = if input.query == Query::LookUp { LOOK_UPS * LINE } else { (rows * ROW).next_multiple_of(LINE) };
    let all_rows = vec!["together".to_owned(), format!("0 to {}", ROW - 1), String::new(), bytes(columns)];
    TableData {
        caption: format!(
            "Lines of {LINE} bytes for one answer over {} trades (worked out from the layout): {} as rows, {} as columns",
            grouped(input.rows),
            bytes(as_rows),
            bytes(columns)
        ),
        head: ["field", "its bytes in a row", "read", "as a column"].map(str::to_owned).into(),
        rows: fields.chain([all_rows]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_what_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("rows", "7");
        link.set("query", "look-up");
        assert_eq!(input_of(&link), ColumnsInput { rows: 100_000, query: Query::LookUp });
        link.set("query", "everything");
        assert_eq!(input_of(&link), ColumnsInput::default());
        let input = LabInput::Columns(ColumnsInput { rows: 1_000_000, query: Query::Group });
        assert_eq!(LabInput::Columns(input_of(&(LAB.link)(input))), input);
    }

    #[test]
    fn every_line_is_full_and_a_scan_reads_an_eighth_of_the_rows() {
        for query in Query::ALL {
            for line in row_lines(query).iter().chain(&column_lines(query)) {
                assert_eq!(line.cells.iter().map(|cell| cell.width).sum::<usize>(), LINE, "{query:?}: {line:?}");
            }
        }
        let read: usize = row_lines(Query::Scan)
            .iter()
            .flat_map(|line| &line.cells)
            .filter(|cell| cell.use_ == Use::Read)
            .map(|cell| cell.width)
            .sum();
        assert_eq!(read * 8, 3 * LINE);
        // A look-up: one row of the lines that are drawn, and a value of every column.
        let rows = row_lines(Query::LookUp);
        assert_eq!(rows.iter().flat_map(|line| &line.cells).filter(|cell| cell.use_ == Use::Read).count(), FIELDS.len());
        assert!(rows[0].cells.iter().all(|cell| cell.use_ == Use::Untouched));
        assert_eq!(
            column_lines(Query::LookUp).iter().flat_map(|line| &line.cells).filter(|cell| cell.use_ == Use::Read).count(),
            FIELDS.len()
        );
    }

    #[test]
    fn the_table_says_what_the_picture_shows() {
        let drawn = illustration(ColumnsInput { rows: 1_000_000, query: Query::Scan });
        assert!(drawn.contains("32.0 MB as rows, 4.00 MB as columns"), "{drawn}");
        let drawn = illustration(ColumnsInput { rows: 1_000_000, query: Query::LookUp });
        assert!(drawn.contains("64.0 kB as rows, 448 kB as columns"), "{drawn}");
    }
}
