//! `lessons/audit.toml`: the ledger of claims, checked against the labs, contenders and samples that there are.

use super::fault::{Fault, FileFaults, listed};
use super::fields::Fields;
use super::known::Known;
use super::piece::{Located, Piece};
use super::{rule, source};
use crate::slug::folder_form;
use crate::{Audit, Claim, Evidence, Expect, Sample, Source, Verdict};
use std::fs;
use std::path::Path;

/// The file, relative to the repository's root.
pub(super) const FILE: &str = "lessons/audit.toml";

/// The ids of the ledger's claims, without looking at anything else: what lessons may refer to. Empty where the ledger cannot be read, which
/// [`read`] reports.
#[must_use]
pub fn claim_ids(root: &Path) -> Vec<String> {
    let Ok(text) = fs::read_to_string(root.join(FILE)) else { return Vec::new() };
    let text = text.replace("\r\n", "\n");
    let mut faults = FileFaults::new(FILE);
    let fields = Fields::parse("the audit", 1, Piece::whole(&text), &mut faults);
    let claims = fields.and_then(|mut fields| fields.tables("claims", "a claim", &mut faults)).unwrap_or_default();
    claims.into_iter().filter_map(|mut claim| Some(claim.text("id", &mut faults)?.value)).collect()
}

/// Reads and checks the ledger; none after a fault that leaves it incomplete.
pub(super) fn read(root: &Path, known: &Known) -> (Option<Audit>, Vec<Fault>) {
    let mut faults = FileFaults::new(FILE);
    let audit = match fs::read_to_string(root.join(FILE)) {
        Ok(text) => parse(&text.replace("\r\n", "\n"), root, known, &mut faults),
        Err(error) => {
            faults.add(1, format!("the audit cannot be read: {error}"), "write it: [[claims]]");
            None
        }
    };
    let faults = faults.into_inner();
    (audit.filter(|_| faults.is_empty()), faults)
}

fn parse(text: &str, root: &Path, known: &Known, faults: &mut FileFaults) -> Option<Audit> {
    let mut fields = Fields::parse("the audit", 1, Piece::whole(text), faults)?;
    let tables = fields.tables("claims", "a claim", faults);
    fields.finish(faults);
    let claims: Vec<Located<Claim>> = tables?.into_iter().filter_map(|table| claim(table, root, known, faults)).collect();
    for (index, Located { value, line }) in claims.iter().enumerate() {
        if claims[..index].iter().any(|other| other.value.id == value.id) {
            faults.add(*line, format!("there are two claims `{}`", value.id), "give each an id of its own");
        }
    }
    Some(Audit { claims: claims.into_iter().map(|claim| claim.value).collect() })
}

fn claim(mut fields: Fields<'_>, root: &Path, known: &Known, faults: &mut FileFaults) -> Option<Located<Claim>> {
    let line = fields.line;
    let id = fields.text("id", faults);
    let claim = fields.text("claim", faults);
    let why = fields.text("why", faults);
    let pillar = fields.text("pillar", faults);
    let verdict = fields.text("verdict", faults);
    let finding = fields.text("finding", faults);
    let planned = fields.optional_text("planned", faults);
    let rule = fields.table("rule", "a rule", faults).map(|table| rule::read(table, known, faults));
    let samples = fields.tables("samples", "a sample", faults);
    let sources = fields.tables("sources", "a source", faults);
    fields.finish(faults);

    if let Some(id) = id.as_ref().filter(|id| !is_id(&id.value)) {
        faults.add(id.line, format!("`{}` cannot be in an address", id.value), "lower-case letters, digits and single hyphens");
    }
    if let Some(pillar) = &pillar {
        known.check_pillar(pillar, faults);
    }
    let verdict = verdict.and_then(|slug| {
        let found = Verdict::from_slug(&slug.value);
        if found.is_none() {
            let slugs = listed(Verdict::ALL.map(Verdict::slug));
            faults.add(slug.line, format!("there is no verdict `{}`", slug.value), format!("verdicts: {slugs}"));
        }
        found
    });
    let named = |faults: &[Source]| !faults.is_empty();
    let sources: Vec<Source> = sources?.into_iter().filter_map(|table| source::read(table, faults)).collect();
    let samples: Vec<Sample> = samples?.into_iter().filter_map(|table| sample(table, root, faults)).collect();
    let has_rule = rule.is_some();
    let mut evidence: Vec<Evidence> = rule.flatten().map(Evidence::Run).into_iter().collect();
    evidence.extend(samples.into_iter().map(Evidence::Sample));
    let verdict = verdict?;
    match (verdict, planned) {
        (Verdict::Pending, Some(planned)) => evidence.push(Evidence::Planned(planned.value)),
        (Verdict::Pending, None) => {
            faults.add(line, "the claim’s evidence is pending, and nothing says which", "add `planned`: what will be built");
        }
        (_, Some(planned)) => {
            faults.add(planned.line, "`planned` beside a verdict", "take it out, or make the verdict \"pending\"");
        }
        (Verdict::Opinion, None) if !named(&sources) => {
            faults.add(line, "an opinion without a source", "add [[claims.sources]] with the figures’ title, url and date");
        }
        (_, None) if evidence.is_empty() && !has_rule => {
            if named(&sources) {
                evidence.push(Evidence::Sources);
            } else {
                let what_to_do = "add [claims.rule], [[claims.samples]] or [[claims.sources]], or make the verdict \"pending\"";
                faults.add(line, "a verdict without evidence", what_to_do);
            }
        }
        (_, None) => {}
    }
    let claim = Claim {
        id: id?.value,
        claim: claim?.value,
        why: why?.value,
        pillar: folder_form(&pillar?.value),
        verdict,
        finding: finding?.value,
        evidence,
        sources,
    };
    Some(Located { value: claim, line })
}

/// A sample must lie below `lessons/`; one that must be refused lies in a folder `fail`, with its diagnostic beside it.
fn sample(mut fields: Fields<'_>, root: &Path, faults: &mut FileFaults) -> Option<Sample> {
    let path = fields.text("path", faults);
    let shows = fields.text("shows", faults);
    let must_fail = fields.flag("must_not_compile", faults);
    fields.finish(faults);
    let Located { value: path, line } = path?;
    let is_inside = path.starts_with("lessons/") && !path.split('/').any(|part| part == "..");
    if !is_inside || Path::new(&path).extension().is_none_or(|extension| extension != "rs") || !root.join(&path).is_file() {
        faults.add(line, format!("there is no sample `{path}`"), "name a .rs file below lessons/, from the repository's root");
        return None;
    }
    let lies_in_fail = path.split('/').rev().nth(1) == Some("fail");
    if must_fail != lies_in_fail {
        let what_to_do =
            "what must not compile lies in a folder `fail` and says must_not_compile = true; everything else does neither";
        faults.add(line, format!("`{path}`: does it compile or not?"), what_to_do);
        return None;
    }
    let expect = if must_fail {
        let stored = Path::new(&path).with_extension("stderr");
        match fs::read_to_string(root.join(&stored)) {
            Ok(diagnostic) => Expect::Refused(diagnostic.replace("\r\n", "\n")),
            Err(error) => {
                faults.add(line, format!("its diagnostic cannot be read: {error}"), format!("store it as {}", stored.display()));
                return None;
            }
        }
    } else {
        Expect::Passes
    };
    Some(Sample { path, expect, shows: shows?.value })
}

/// Lower-case letters, digits and single hyphens within.
fn is_id(id: &str) -> bool {
    let parts = id.split('-');
    parts.clone().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

#[cfg(test)]
#[path = "audit_tests.rs"]
mod tests;
