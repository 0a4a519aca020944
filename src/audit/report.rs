//! What a machine found of all claims, as something that can be sent: a link of figures, and JSON.
//!
//! A link holds figures and never a verdict: whoever opens it has the verdicts computed anew, by the rules of their own ledger. A link that is
//! damaged in any part is refused whole.

use super::{
    auditor::{Age, Auditor, Judged, Row},
    figure,
};
use crate::{
    embed::picture::Place,
    state::permalink::{Permalink, PermalinkError},
};
use course::{ArchivedAudit, Figure, Outcome};
use miniserde::{Serialize, json};
use protocol::ResultJson;
use std::fmt::Write as _;
use units::{Interval, Nanos};

/// A machine's figures, by claim.
#[derive(Clone, Debug, PartialEq)]
pub struct MachineReport {
    /// The build that measured.
    pub build: String,
    /// The day, ISO 8601.
    pub date: String,
    /// The browser and its system, in words.
    pub machine: String,
    /// The step of its clock.
    pub clock_step: Nanos,
    /// Each claim that was run.
    pub claims: Vec<ClaimFigures>,
}

/// A claim's figures.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimFigures {
    /// The claim's id.
    pub id: String,
    /// How many fresh workers each run took.
    pub workers: u16,
    /// One for each of the rule's inputs; none for a run that failed.
    pub figures: Vec<Figure>,
}

/// Why a link holds no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// It was changed or cut short on the way.
    #[error("The link’s report is damaged, so none of it is shown. Ask for the link again, or for the report as JSON.")]
    Damaged,
    /// A newer Ferroscope made it.
    #[error(
        "The link’s report was made by a newer version of this site, so none of it is shown. Reload the page to get the newest one."
    )]
    Newer,
}

/// The key that says that a link is a report, and in which form.
const FORM: &str = "audit";
const FORM_OF_TODAY: &str = "1";
/// What stands before a claim's id.
const CLAIM: &str = "c.";
/// The longest word in a link: a browser's name, a date, an id.
const MAX_WORD: usize = 120;
/// The most claims, and the most figures of one.
const MAX_CLAIMS: usize = 200;
const MAX_FIGURES: usize = 32;

impl MachineReport {
    /// What this machine found so far; none if nothing was found.
    #[must_use]
    pub fn of(auditor: &Auditor, build: &str, place: &Place) -> Option<Self> {
        let claims: Vec<ClaimFigures> = auditor
            .rows()
            .into_iter()
            .map(|Row { id, judged, .. }| ClaimFigures {
                id,
                workers: judged.workers,
                figures: judged.figures.iter().map(|(_, figure)| *figure).collect(),
            })
            .collect();
        let clock_step = auditor.results().next().map_or(Nanos::default(), |result| Nanos(result.environment.clock_step_ns));
        let word = |text: &str| text.chars().take(MAX_WORD / 4).collect();
        (!claims.is_empty()).then(|| Self {
            build: build.to_owned(),
            date: place.date.clone(),
            machine: word(&place.browser),
            clock_step,
            claims,
        })
    }

    /// The report as a link's state.
    #[must_use]
    pub fn to_link(&self) -> Permalink {
        let mut link = Permalink::default();
        link.set(FORM, FORM_OF_TODAY);
        link.set("build", &*self.build);
        link.set("date", &*self.date);
        link.set("machine", &*self.machine);
        link.set("clock", self.clock_step.0.to_string());
        for claim in &self.claims {
            let mut text = claim.workers.to_string();
            for figure in &claim.figures {
                text.push(';');
                // Writing to a string cannot fail.
                let _ = match figure {
                    Some(Interval { median, low, high }) => write!(text, "{median},{low},{high}"),
                    None => text.write_char('-'),
                };
            }
            link.set(format!("{CLAIM}{}", claim.id), text);
        }
        link
    }

    /// The report that an address carries behind `#`; none where it carries none.
    ///
    /// # Errors
    /// [`ReportError`], if any part of it is not as it was made.
    pub fn of_fragment(fragment: &str) -> Result<Option<Self>, ReportError> {
        if Permalink::state_in(fragment).is_none() {
            return Ok(None);
        }
        let link = Permalink::of_fragment(fragment).map_err(|error| match error {
            PermalinkError::Damaged => ReportError::Damaged,
            PermalinkError::Newer => ReportError::Newer,
        })?;
        match link.get(FORM).map(str::parse::<u32>) {
            Some(Ok(1)) => Self::of_link(&link).map(Some).ok_or(ReportError::Damaged),
            Some(Ok(newer)) if newer > 1 => Err(ReportError::Newer),
            _ => Err(ReportError::Damaged),
        }
    }

    fn of_link(link: &Permalink) -> Option<Self> {
        let word = |key: &str| Some(link.get(key)?.to_owned()).filter(|text| text.len() <= MAX_WORD);
        let ids: Vec<String> = link.keys().filter_map(|key| key.strip_prefix(CLAIM)).map(str::to_owned).collect();
        if ids.is_empty() || ids.len() > MAX_CLAIMS {
            return None;
        }
        let claims = ids.into_iter().map(|id| claim_of(link.get(&format!("{CLAIM}{id}"))?, id));
        Some(Self {
            build: word("build")?,
            date: word("date")?,
            machine: word("machine")?,
            clock_step: Nanos(link.number("clock").filter(|step| *step >= 0.0)?),
            claims: claims.collect::<Option<_>>()?,
        })
    }

    /// What a ledger's rules say of these figures, in the ledger's order. Claims that it does not have, or has no rule for, are left out.
    #[must_use]
    pub fn judged(&self, ledger: &ArchivedAudit) -> Vec<Row> {
        let of = |claim: &course::ArchivedClaim| {
            let found = self.claims.iter().find(|one| one.id == claim.id.as_str())?;
            let rule = claim.rule()?;
            let inputs = figure::inputs(rule).filter(|inputs| inputs.len() == found.figures.len())?;
            let judged = Judged {
                ledger: claim.verdict.into(),
                outcome: rule.judge(&found.figures),
                figures: inputs.into_iter().zip(found.figures.iter().copied()).collect(),
                workers: found.workers,
                remarks: Vec::new(),
            };
            Some(Row { id: found.id.clone(), judged, age: Age::Current })
        };
        ledger.claims.iter().filter_map(of).collect()
    }

    /// The report as JSON, with every result it rests on, as far as they are at hand.
    #[must_use]
    pub fn to_json(&self, ledger: &ArchivedAudit, results: Vec<ResultJson>) -> String {
        let claims = self.judged(ledger).into_iter().filter_map(|Row { id, judged, .. }| {
            let claim = ledger.claim(&id)?;
            let figures = judged.figures.iter().map(|(input, figure)| FigureJson {
                input: input.to_text(),
                median: figure.map(|figure| figure.median),
                low: figure.map(|figure| figure.low),
                high: figure.map(|figure| figure.high),
            });
            Some(ClaimJson {
                claim: claim.claim.as_str().to_owned(),
                rule: claim.rule()?.words.as_str().to_owned(),
                lab: claim.rule()?.lab.as_str().to_owned(),
                ledger: judged.ledger.slug().to_owned(),
                outcome: match judged.outcome {
                    Outcome::Verdict(verdict) => verdict.slug().to_owned(),
                    Outcome::CannotTell => "cannot-tell".to_owned(),
                },
                workers: judged.workers,
                figures: figures.collect(),
                id,
            })
        });
        json::to_string(&ReportJson {
            format: "ferroscope-audit".to_owned(),
            version: 1,
            build: self.build.clone(),
            date: self.date.clone(),
            machine: self.machine.clone(),
            clock_step_ns: self.clock_step.0,
            claims: claims.collect(),
            results,
        })
    }
}

/// A claim's figures of a link's value.
fn claim_of(text: &str, id: String) -> Option<ClaimFigures> {
    let mut parts = text.split(';');
    let workers = parts.next()?.parse().ok()?;
    let figures: Vec<Figure> = parts.map(figure_of).collect::<Option<_>>()?;
    let is_sound = id.len() <= MAX_WORD && !figures.is_empty() && figures.len() <= MAX_FIGURES;
    is_sound.then_some(ClaimFigures { id, workers, figures })
}

/// A figure, or the mark of a run that failed; none for what is neither.
fn figure_of(text: &str) -> Option<Figure> {
    if text == "-" {
        return Some(None);
    }
    let numbers: Vec<f64> = text.split(',').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    let [median, low, high] = numbers[..] else { return None };
    // An upper end may be without bound, where the clock could not tell how short a time was.
    let is_sound = low.is_finite() && low <= median && median <= high;
    is_sound.then_some(Some(Interval { median, low, high }))
}

/// The report for the world outside; its keys are only ever added to.
#[derive(Serialize)]
struct ReportJson {
    format: String,
    version: u32,
    build: String,
    date: String,
    machine: String,
    #[serde(rename = "clockStepNs")]
    clock_step_ns: f64,
    claims: Vec<ClaimJson>,
    results: Vec<ResultJson>,
}

#[derive(Serialize)]
struct ClaimJson {
    id: String,
    claim: String,
    rule: String,
    lab: String,
    /// The ledger's verdict.
    ledger: String,
    /// What this machine's figures say by the rule.
    outcome: String,
    workers: u16,
    figures: Vec<FigureJson>,
}

#[derive(Serialize)]
struct FigureJson {
    input: String,
    median: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
