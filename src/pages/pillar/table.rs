//! A table of the roadmap on its pillar's page: what the roadmap says, what the ledger says of it, what was recorded, and where it is taught. It
//! reads fully without scripts; with them it can be sorted and filtered.

use super::live::{Key, LiveTable, Row};
use crate::{
    app::{Route, href},
    audit::{
        figure::{figure_words, measure_words},
        words::{address_of_input, verdict_badge},
    },
    markup::{all, escaped, html, with_code},
    pages::standing,
};
use course::{
    ArchivedClaimLine, ArchivedIndex, ArchivedMeasured, ArchivedRoadmapRow, ArchivedRoadmapTable, ArchivedTableKind, Verdict,
};
use leptos::{ev, prelude::*};
use protocol::{LabId, LabInput, Page};
use std::sync::Arc;

/// What a table is drawn from: its heads, and each row's cells as HTML.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The heads, the table's own and those of what is known here.
    pub heads: Vec<String>,
    rows: Vec<String>,
    live: LiveTable,
}

/// A column beside the roadmap's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Ledger,
    Measured,
    Where,
}

impl Beside {
    const ALL: [Self; 3] = [Self::Ledger, Self::Measured, Self::Where];

    const fn head(self) -> &'static str {
        match self {
            Self::Ledger => "The ledger says",
            Self::Measured => "Measured, recorded run",
            Self::Where => "Learn it, run it",
        }
    }

    /// Whether a table has it: a column that says nothing is left out, but where the rows are taught is always said.
    fn is_in(self, table: &ArchivedRoadmapTable) -> bool {
        match self {
            Self::Ledger => table.rows.iter().any(|row| !row.claims.is_empty()),
            Self::Measured => table.rows.iter().any(|row| row.measured.is_some()),
            Self::Where => table.kind == ArchivedTableKind::Roadmap,
        }
    }
}

impl Drawn {
    /// Draws a table's cells.
    #[must_use]
    pub fn of(table: &ArchivedRoadmapTable, index: &ArchivedIndex) -> Self {
        let beside: Vec<Beside> = Beside::ALL.into_iter().filter(|one| one.is_in(table)).collect();
        let heads = table.columns.iter().map(|head| head.as_str().to_owned());
        let heads = heads.chain(beside.iter().map(|one| one.head().to_owned())).collect();
        let drawn: Vec<(String, Row)> = table.rows.iter().map(|row| draw_row(table, row, &beside, index)).collect();
        let (rows, live): (Vec<String>, Vec<Row>) = drawn.into_iter().unzip();
        Self { heads, rows, live: LiveTable::of(live) }
    }

    /// The rows that a state of the table shows, as HTML.
    #[must_use]
    pub fn rows(&self, live: &LiveTable) -> String {
        all(live.shown().into_iter().filter_map(|index| self.rows.get(index)), Clone::clone)
    }
}

/// A cell beside the roadmap's: HTML, what it is sorted by, and what it says.
struct Cell {
    html: String,
    key: Key,
    text: String,
}

fn draw_row(table: &ArchivedRoadmapTable, row: &ArchivedRoadmapRow, beside: &[Beside], index: &ArchivedIndex) -> (String, Row) {
    let ranks = || table.ranks.iter().map(AsRef::<str>::as_ref);
    let own = all(row.cells.iter().enumerate(), |(column, cell)| {
        if column == 0 { format!("<th scope=\"row\">{}</th>", with_code(cell)) } else { format!("<td>{}</td>", with_code(cell)) }
    });
    let cells: Vec<Cell> = beside
        .iter()
        .map(|one| match one {
            Beside::Ledger => ledger(table.kind, &row.claims),
            Beside::Measured => measured(row.measured.as_ref()),
            Beside::Where => places(row, index),
        })
        .collect();
    let keys = row.cells.iter().map(|cell| Key::of(cell, ranks())).chain(cells.iter().map(|cell| cell.key.clone()));
    let words = row.cells.iter().map(|cell| cell.replace('`', "")).chain(cells.iter().map(|cell| cell.text.clone()));
    let live = Row { keys: keys.collect(), text: words.collect::<Vec<_>>().join(" ").to_lowercase() };
    (format!("<tr>{own}{}</tr>", all(&cells, |cell| format!("<td>{}</td>", cell.html))), live)
}

/// The verdicts of a row's claims, each a link to its place in the ledger; sorted by the first.
fn ledger(kind: ArchivedTableKind, claims: &[ArchivedClaimLine]) -> Cell {
    let Some(first) = claims.first() else {
        return Cell { html: "<span class=\"faint\">no claim</span>".to_owned(), key: Key::Missing, text: String::new() };
    };
    let line = |claim: &ArchivedClaimLine| {
        // The claim's words stand in the row already where the row is the claim.
        let class = if kind == ArchivedTableKind::Ledger { "visually-hidden" } else { "claim-line" };
        format!(
            "<a href=\"{}#{}\">{} <span class=\"{class}\">{}</span></a>",
            href(&Route::Page(Page::Audit)),
            escaped(&claim.id),
            verdict_badge(claim.verdict.into()),
            escaped(&claim.claim)
        )
    };
    let place = |verdict: Verdict| Verdict::ALL.iter().position(|other| *other == verdict).unwrap_or_default();
    let text = all(claims, |claim| format!("{} {} ", Verdict::from(claim.verdict).label(), claim.claim));
    Cell { html: all(claims, line), key: Key::Number(place(first.verdict.into()) as f64), text }
}

/// A recorded figure with its interval and what it is of; or that there is none yet.
fn measured(measured: Option<&ArchivedMeasured>) -> Cell {
    let Some(measured) = measured else {
        return Cell { html: "–".to_owned(), key: Key::Missing, text: String::new() };
    };
    let Some(figure) = measured.figure() else {
        let html = "<span class=\"faint\">no run is recorded yet</span>".to_owned();
        return Cell { html, key: Key::Missing, text: String::new() };
    };
    let words = measure_words(measured.measure());
    let input = LabId::from_slug(&measured.lab).and_then(|lab| {
        let pairs = measured.input.iter().map(|pair| (pair.0.as_str(), pair.1.as_str()));
        LabInput::of_pairs(lab, pairs).ok()
    });
    let again = input.map(|input| format!(" <a href=\"{}\">Run it here</a>", address_of_input(input))).unwrap_or_default();
    Cell {
        html: format!(
            "<b class=\"figure\">{}</b> <span class=\"small-print\">{}.</span>{again}",
            figure_words(Some(figure)),
            escaped(&words)
        ),
        key: Key::Number(figure.median),
        text: words,
    }
}

/// The lessons and labs that serve a row, or that none does yet.
fn places(row: &ArchivedRoadmapRow, index: &ArchivedIndex) -> Cell {
    let lessons = row.lessons.iter().filter_map(|name| {
        let entry = index.lesson(&name.pillar, &name.slug)?;
        let address = standing::address_of(&format!("{}/{}", name.pillar, name.slug));
        Some((address, entry.title.as_str().to_owned(), ""))
    });
    let labs = row.labs.iter().filter_map(|lab| LabId::from_slug(lab));
    let labs = labs.map(|lab| (href(&Route::Lab(lab)), lab.title().to_owned(), " (lab)"));
    let places: Vec<(String, String, &str)> = lessons.chain(labs).collect();
    if places.is_empty() {
        let html = "<span class=\"faint\">still to come</span>".to_owned();
        return Cell { html, key: Key::Missing, text: "still to come".to_owned() };
    }
    let text = all(&places, |(_, title, kind)| format!("{title}{kind} "));
    let html = places.iter().map(|(address, title, kind)| format!("<a href=\"{address}\">{}</a>{kind}", escaped(title)));
    Cell { html: html.collect::<Vec<_>>().join(", "), key: Key::of(&text, std::iter::empty()), text }
}

/// Where a table's recorded figures are from, each place once, and what it cites.
fn notes(table: &ArchivedRoadmapTable) -> String {
    let mut places: Vec<&str> = Vec::new();
    for figure in table.rows.iter().filter_map(|row| row.measured.as_ref()?.recorded.as_ref()) {
        if !places.contains(&figure.place.as_str()) {
            places.push(&figure.place);
        }
    }
    let recorded = all(places, |place| {
        format!(
            "<p><span class=\"badge is-recorded\" data-provenance=\"recorded\"><b>RECORDED</b> <span>{}</span></span></p>",
            escaped(place)
        )
    });
    let sources = all(table.sources.iter(), |source| {
        let (url, title, date) = (escaped(&source.url), escaped(&source.title), escaped(&source.date));
        format!(
            "<p class=\"small-print\">Published: <a href=\"{url}\" rel=\"noopener\">{title}</a>, <time datetime=\"{date}\">{date}</time></p>"
        )
    });
    format!("{recorded}{sources}")
}

/// A table with its controls.
pub fn table(table: &ArchivedRoadmapTable, index: &ArchivedIndex) -> AnyView {
    let drawn = Arc::new(Drawn::of(table, index));
    let live = RwSignal::new(drawn.live.clone());
    let id = format!("table-{}", table.id);
    let title_id = format!("{id}-title");
    let head =
        format!("<h3 id=\"{title_id}\">{}</h3><p>{}</p>{}", escaped(&table.title), with_code(&table.finding), notes(table));
    let heads: Vec<AnyView> =
        drawn.heads.iter().enumerate().map(|(column, head)| self::head(live, column, head.clone())).collect();
    let of_words = Arc::clone(&drawn);
    let words = Memo::new(move |_| live.with(|live| live.words(&of_words.heads)));
    let rows = Memo::new(move |_| live.with(|live| drawn.rows(live)));
    let typed = move |event: ev::Event| live.update(|live| live.filter(&event_target_value(&event)));
    let label = table.title.as_str().to_owned();
    view! {
        <div class="live-table" id=id data-table=table.id.as_str().to_owned()>
            {html("table-head", head)}
            <div class="row needs-scripts">
                <label class="table-filter"><span>"Rows with"</span><input type="search" name="rows" autocomplete="off" on:input=typed/></label>
                <span class="faint" role="status">{words}</span>
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label=label>
                <table>
                    <thead><tr>{heads}</tr></thead>
                    <tbody inner_html=rows></tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

/// A column's head: its name, which sorts by it where scripts run.
fn head(live: RwSignal<LiveTable>, column: usize, name: String) -> AnyView {
    let direction = Memo::new(move |_| live.with(|live| live.direction(column)));
    let sorted = move || direction.get().map(super::live::Direction::word);
    let sign = move || match direction.get() {
        None => "↕",
        Some(super::live::Direction::Ascending) => "↑",
        Some(super::live::Direction::Descending) => "↓",
    };
    view! {
        <th scope="col" aria-sort=sorted>
            <span class="without-scripts">{name.clone()}</span>
            <button type="button" class="quiet needs-scripts" data-sort=column on:click=move |_| live.update(|live| live.press(column))>
                {name}" "<span aria-hidden="true">{sign}</span>
            </button>
        </th>
    }
    .into_any()
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
