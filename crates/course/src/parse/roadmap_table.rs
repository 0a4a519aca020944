//! `[[pillars.tables]]`: a table of the roadmap, checked against the lessons, labs and claims that there are.

use super::fault::{FileFaults, listed};
use super::fields::Fields;
use super::known::Known;
use super::order::Place;
use super::path::{check_labs, lesson_names};
use super::piece::Located;
use super::{rule, source};
use crate::{Audit, ClaimLine, Measured, RoadmapRow, RoadmapTable, TableKind};

/// What a table may refer to.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub known: &'a Known,
    pub lessons: &'a [Place],
    /// None where the ledger itself has faults: then no claim is looked for.
    pub audit: Option<&'a Audit>,
}

/// Reads a table; none after a fault that leaves it incomplete.
pub(super) fn read(mut fields: Fields<'_>, around: Around<'_>, faults: &mut FileFaults) -> Option<RoadmapTable> {
    let line = fields.line;
    let id = fields.text("id", faults);
    let title = fields.text("title", faults);
    let finding = fields.text("finding", faults);
    let columns: Vec<String> = fields.texts("columns", faults).into_iter().map(|one| one.value).collect();
    let ranks = fields.texts("ranks", faults).into_iter().map(|one| one.value.to_lowercase()).collect();
    let rows = fields.tables("rows", "a row", faults);
    let sources = fields.tables("sources", "a source", faults);
    fields.finish(faults);
    let rows: Vec<RoadmapRow> = rows?.into_iter().filter_map(|one| row(one, columns.len(), around, faults)).collect();
    if columns.is_empty() || rows.is_empty() {
        faults.add(line, "the table shows nothing", "give `columns` and at least one [[pillars.tables.rows]]");
    }
    let id = id?;
    // The generated table of claims bears this one.
    if id.value == "claims" || !id.value.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'-') {
        faults.add(id.line, format!("`{}` cannot be a table’s id", id.value), "lower-case letters and hyphens, and not `claims`");
    }
    Some(RoadmapTable {
        id: id.value,
        title: title?.value,
        finding: finding?.value,
        kind: TableKind::Roadmap,
        columns,
        ranks,
        rows,
        sources: sources?.into_iter().filter_map(|table| source::read(table, faults)).collect(),
    })
}

fn row(mut fields: Fields<'_>, columns: usize, around: Around<'_>, faults: &mut FileFaults) -> Option<RoadmapRow> {
    let line = fields.line;
    let cells: Vec<String> = fields.texts("cells", faults).into_iter().map(|one| one.value).collect();
    let claims = fields.texts("claims", faults);
    let lessons = fields.texts("lessons", faults);
    let labs = fields.texts("labs", faults);
    let measured = fields.table("measured", "a measured figure", faults).map(|table| measured(table, around.known, faults));
    fields.finish(faults);
    if cells.len() != columns {
        faults.add(line, format!("the row has {} cells and the table {columns} columns", cells.len()), "give one cell a column");
        return None;
    }
    check_labs(&labs, around.known, faults);
    let measured = match measured {
        Some(None) => return None,
        Some(read) => read,
        None => None,
    };
    Some(RoadmapRow {
        cells,
        claims: claim_lines(&claims, around, faults),
        lessons: lesson_names(lessons, around.lessons, faults),
        labs: labs.into_iter().map(|lab| lab.value).collect(),
        measured,
    })
}

fn claim_lines(ids: &[Located<String>], around: Around<'_>, faults: &mut FileFaults) -> Vec<ClaimLine> {
    let Some(audit) = around.audit else { return Vec::new() };
    let mut lines = Vec::new();
    for id in ids {
        if let Some(claim) = audit.claims.iter().find(|claim| claim.id == id.value) {
            lines.push(ClaimLine::of(claim));
        } else {
            let ids = listed(audit.claims.iter().map(|claim| claim.id.as_str()));
            faults.add(id.line, format!("there is no claim `{}`", id.value), format!("claims: {ids}"));
        }
    }
    lines
}

fn measured(mut fields: Fields<'_>, known: &Known, faults: &mut FileFaults) -> Option<Measured> {
    let lab = fields.text("lab", faults);
    let input = fields.text("input", faults);
    let looked_at = rule::LookedAt::take(&mut fields, faults);
    fields.finish(faults);
    let lab = lab?;
    let there = rule::lab(&lab, known, faults)?;
    let measure = looked_at.read(there, faults);
    let input = rule::input(there, &input?, faults);
    Some(Measured { lab: lab.value, input: input?.value, measure: measure?, recorded: None })
}

#[cfg(test)]
#[path = "roadmap_table_tests.rs"]
mod tests;
