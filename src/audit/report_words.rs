//! A machine's report as HTML: what the page shows, prints, and draws of a link that was sent.

use super::{
    auditor::{Age, Agreement, Row},
    report::MachineReport,
    words::{Whose, judged_html, verdict_badge},
};
use crate::markup::{all, escaped};
use course::{ArchivedAudit, Outcome};

/// The report as a page to read and to print, under a heading of its own.
#[must_use]
pub fn report_html(report: &MachineReport, ledger: &ArchivedAudit, whose: Whose, found: &[Row]) -> String {
    let rows = all(found, |found| row(ledger, found, whose).unwrap_or_default());
    let unknown = report.claims.len().saturating_sub(found.len());
    let unknown = match unknown {
        0 => String::new(),
        1 => "<p>One more claim was run; this ledger no longer has its rule.</p>".to_owned(),
        more => format!("<p>{more} more claims were run; this ledger no longer has their rules.</p>"),
    };
    format!(
        "<p class=\"report-machine\">{}, {}. Clock step {}. Build {}.</p><p><b>{}</b></p>{rows}{unknown}",
        escaped(&report.machine),
        escaped(&report.date),
        report.clock_step,
        escaped(&report.build),
        sum(found),
    )
}

/// How many claims came out as in the ledger, in words.
#[must_use]
pub fn sum(found: &[Row]) -> String {
    let count = |wanted| found.iter().filter(|row| row.judged.agreement() == wanted).count();
    let (same, differs, open) = (count(Agreement::Same), count(Agreement::Differs), count(Agreement::Open));
    format!("{} claims were run: {same} as in the ledger, {differs} otherwise, {open} that the figures leave open.", found.len())
}

fn row(ledger: &ArchivedAudit, Row { id, judged, age }: &Row, whose: Whose) -> Option<String> {
    let claim = ledger.claim(id)?;
    let here = match judged.outcome {
        Outcome::Verdict(verdict) => verdict_badge(verdict),
        Outcome::CannotTell => "<span class=\"verdict-badge\"><b>cannot tell</b></span>".to_owned(),
    };
    let again = match age {
        Age::Current => "",
        Age::Earlier => "<p class=\"link-note\">It is being run again: these are the earlier figures.</p>",
    };
    Some(format!(
        "<div class=\"report-row\" data-claim=\"{id}\">{again}<p><a href=\"#{id}\">{}</a></p><p>{here}</p><p class=\"small-print\">{}</p>{}</div>",
        escaped(&claim.claim),
        escaped(&claim.rule()?.words),
        judged_html(claim.rule()?, judged, whose)
    ))
}
