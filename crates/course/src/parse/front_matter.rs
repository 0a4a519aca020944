//! The front matter of a lesson: the TOML between two `+++` lines at the top.

use super::fault::listed;
use super::fields::Fields;
use super::findings::Findings;
use super::known::Known;
use super::piece::{Located, Piece};
use super::quiz::quiz;
use super::source;
use crate::{Quiz, Source};

/// The longest lesson, in minutes: beyond it, it is two lessons.
const MOST_MINUTES: f64 = 60.0;

/// What the front matter says. Texts are plain, since they also stand in page titles and link previews.
#[derive(Debug)]
pub(super) struct FrontMatter {
    pub title: String,
    pub question: String,
    pub summary: String,
    pub minutes: u16,
    /// The line that says so.
    pub minutes_line: u32,
    pub claims: Vec<String>,
    pub recall: Vec<Quiz>,
    pub sources: Vec<Source>,
}

/// The front matter and the rest of the file; none where the file does not begin with front matter or it does not end.
pub(super) fn split(file: Piece<'_>) -> Option<(Piece<'_>, Piece<'_>)> {
    let start = file.text.strip_prefix("+++").and_then(|rest| rest.find('\n').filter(|end| rest[..*end].trim().is_empty()))? + 4;
    let mut at = start;
    for line in file.text[start..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((file.slice(start..at), file.slice(at + line.len()..file.text.len())));
        }
        at += line.len();
    }
    None
}

/// Reads the front matter; none after a fault that leaves it incomplete.
pub(super) fn read(piece: Piece<'_>, known: &Known, findings: &mut Findings) -> Option<FrontMatter> {
    let mut fields = Fields::parse("the front matter", 1, piece, &mut findings.faults)?;
    let title = fields.text("title", &mut findings.faults);
    let question = fields.text("question", &mut findings.faults);
    let summary = fields.text("summary", &mut findings.faults);
    let minutes = fields.number("minutes", &mut findings.faults);
    let claims = fields.texts("claims", &mut findings.faults);
    let recall = fields.tables("recall", "a recall question", &mut findings.faults);
    let sources = fields.tables("sources", "a source", &mut findings.faults);
    findings.recalled = recall.as_ref().map(Vec::len);
    fields.finish(&mut findings.faults);

    for text in [&title, &question, &summary].into_iter().flatten() {
        if text.value.contains('`') {
            findings.fault(
                text.line,
                "a backtick in a plain text",
                "write it without: this text also stands in page titles and previews",
            );
        }
    }
    let minutes_line = minutes.as_ref().map_or(1, |minutes| minutes.line);
    let minutes = minutes.and_then(|minutes| whole_minutes(&minutes, findings));
    for claim in &claims {
        if !known.claims.contains(&claim.value) {
            let ids = listed(known.claims.iter().map(String::as_str));
            findings.fault(claim.line, format!("there is no claim `{}`", claim.value), format!("claims: {ids}"));
        }
    }
    let recall = recall
        .into_iter()
        .flatten()
        .zip(1..)
        .filter_map(|(table, number)| quiz(table, Some(format!("recall-{number}")), findings))
        .collect();
    if sources.as_ref().is_some_and(Vec::is_empty) {
        findings.fault(1, "the lesson names no source", "add a [[sources]] entry with title, url and date");
    }
    let sources = sources.into_iter().flatten().filter_map(|table| source::read(table, &mut findings.faults)).collect();
    Some(FrontMatter {
        title: title?.value,
        question: question?.value,
        summary: summary?.value,
        minutes: minutes?,
        minutes_line,
        claims: claims.into_iter().map(|claim| claim.value).collect(),
        recall,
        sources,
    })
}

fn whole_minutes(minutes: &Located<f64>, findings: &mut Findings) -> Option<u16> {
    if minutes.value.fract() == 0.0 && (1.0..=MOST_MINUTES).contains(&minutes.value) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and within 1..=60, as the line above says"
        )]
        return Some(minutes.value as u16);
    }
    findings.fault(
        minutes.line,
        format!("a lesson of {} minutes", minutes.value),
        "a whole number from 1 to 60; ten to fifteen is a lesson",
    );
    None
}
