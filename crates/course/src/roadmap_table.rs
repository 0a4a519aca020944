//! The roadmap's own tables as data: what it says, row by row, what is known of it here, and what was measured. Plain data, read in place.
//!
//! A table never holds a figure that no recording holds: the build looks each one up, and where there is none, there is none.

use crate::{ArchivedMeasure, Audit, LessonName, Measure, Source, Verdict};
use rkyv::{Archive, Deserialize, Serialize};
use units::Interval;

/// A table.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct RoadmapTable {
    /// Its name in addresses, unique on its page.
    pub id: String,
    /// What it shows: plain text.
    pub title: String,
    /// What follows from it: one sentence of plain text.
    pub finding: String,
    /// Where its rows are from.
    pub kind: TableKind,
    /// The heads of the cells' columns; the first one's cells name the rows.
    pub columns: Vec<String>,
    /// Words that have an order of their own, lowest first, in lower case: `medium`, `high`.
    pub ranks: Vec<String>,
    /// The rows, in the roadmap's order; at least one.
    pub rows: Vec<RoadmapRow>,
    /// What is cited.
    pub sources: Vec<Source>,
}

/// Where a table's rows are from.
#[derive(Archive, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[rkyv(derive(Clone, Copy, Debug, PartialEq, Eq))]
pub enum TableKind {
    /// The roadmap.
    Roadmap,
    /// The ledger of the audit: each row is a claim, which its first cell says.
    Ledger,
}

/// A row.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct RoadmapRow {
    /// One text a column; `code` between backticks.
    pub cells: Vec<String>,
    /// The claims of the audit that the row makes.
    pub claims: Vec<ClaimLine>,
    /// The lessons that teach it.
    pub lessons: Vec<LessonName>,
    /// Slugs of the labs that run it.
    pub labs: Vec<String>,
    /// What of a lab's runs belongs to it.
    pub measured: Option<Measured>,
}

/// A claim as a table shows it.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct ClaimLine {
    /// Its id in the ledger.
    pub id: String,
    /// What is claimed.
    pub claim: String,
    /// What came out.
    pub verdict: Verdict,
}

/// A figure of a lab's recorded run.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Measured {
    /// The lab's slug.
    pub lab: String,
    /// The input, by the names that links use.
    pub input: Vec<(String, String)>,
    /// What is looked at.
    pub measure: Measure,
    /// What was recorded; none until a run is.
    pub recorded: Option<RecordedFigure>,
}

/// What a recorded run gave.
#[derive(Archive, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct RecordedFigure {
    /// The median.
    pub median: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Machine and date: plain text.
    pub place: String,
}

impl RoadmapTable {
    /// The ledger's claims of a pillar as a table; none where it has none.
    #[must_use]
    pub fn of_ledger(audit: &Audit, pillar: &str) -> Option<Self> {
        let claims = audit.claims.iter().filter(|claim| claim.pillar == pillar);
        let rows: Vec<RoadmapRow> = claims
            .map(|claim| RoadmapRow {
                cells: vec![claim.claim.clone(), claim.rests_on().to_owned()],
                claims: vec![ClaimLine::of(claim)],
                ..RoadmapRow::default()
            })
            .collect();
        (!rows.is_empty()).then(|| Self {
            id: "claims".to_owned(),
            title: "What the roadmap claims here".to_owned(),
            finding: "Each claim stands in the ledger, with the evidence and a way to check it.".to_owned(),
            kind: TableKind::Ledger,
            columns: vec!["Claim".to_owned(), "Rests on".to_owned()],
            ranks: Vec::new(),
            rows,
            sources: Vec::new(),
        })
    }
}

impl ClaimLine {
    /// The line of a claim.
    #[must_use]
    pub fn of(claim: &crate::Claim) -> Self {
        Self { id: claim.id.clone(), claim: claim.claim.clone(), verdict: claim.verdict }
    }
}

impl ArchivedMeasured {
    /// What is looked at.
    #[must_use]
    pub const fn measure(&self) -> &ArchivedMeasure {
        &self.measure
    }

    /// The recorded figure with its interval.
    #[must_use]
    pub fn figure(&self) -> Option<Interval> {
        let ArchivedRecordedFigure { median, low, high, .. } = self.recorded.as_ref()?;
        Some(Interval { median: median.to_native(), low: low.to_native(), high: high.to_native() })
    }
}
