//! A claim's rule: `[claims.rule]`, checked against the lab's own inputs, contenders, phases and facts.

use super::fault::{FileFaults, listed};
use super::fields::Fields;
use super::known::{Known, KnownLab};
use super::piece::Located;
use crate::{Band, Measure, Rule, Verdict};

/// Reads a rule; none after a fault that leaves it incomplete.
pub(super) fn read(mut fields: Fields<'_>, known: &Known, faults: &mut FileFaults) -> Option<Rule> {
    let line = fields.line;
    let lab = fields.text("lab", faults);
    let words = fields.text("words", faults);
    let looked_at = LookedAt::take(&mut fields, faults);
    let mixed = fields.optional_text("mixed", faults);
    let inputs = fields.texts("inputs", faults);
    let bands = fields.tables("bands", "a band", faults);
    fields.finish(faults);

    let lab = lab?;
    let there = self::lab(&lab, known, faults)?;
    let measure = looked_at.read(there, faults);
    let mixed = mixed.and_then(|slug| decided(&slug, faults));
    let inputs: Vec<Located<Vec<(String, String)>>> = inputs.into_iter().filter_map(|text| input(there, &text, faults)).collect();
    if inputs.is_empty() {
        faults.add(line, "the rule runs nothing", "add inputs = [\"\"] for the lab as it starts, or [\"nodes=10000,degree=3\"]");
    }
    if (inputs.len() > 1) != mixed.is_some() {
        faults.add(line, "what if runs come out differently?", "with several inputs say `mixed`, with one leave it out");
    }
    Some(Rule {
        lab: lab.value,
        inputs: inputs.into_iter().map(|input| input.value).collect(),
        measure: measure?,
        bands: self::bands(bands?, line, faults),
        mixed,
        words: words?.value,
    })
}

/// The lab of that slug; one that there is not is a fault.
pub(super) fn lab<'a>(slug: &Located<String>, known: &'a Known, faults: &mut FileFaults) -> Option<&'a KnownLab> {
    let found = known.labs.iter().find(|other| other.slug == slug.value);
    if found.is_none() {
        let slugs = listed(known.labs.iter().map(|lab| lab.slug.as_str()));
        faults.add(slug.line, format!("there is no lab `{}`", slug.value), format!("labs: {slugs}"));
    }
    found
}

/// The fields that say what is looked at in a run: a ratio of two contenders in a phase, or a fact of one.
pub(super) struct LookedAt {
    of: Option<Located<String>>,
    to: Option<Located<String>>,
    phase: Option<Located<String>>,
    fact: Option<Located<String>>,
}

impl LookedAt {
    /// Takes them from a table.
    pub(super) fn take(fields: &mut Fields<'_>, faults: &mut FileFaults) -> Self {
        Self {
            of: fields.text("of", faults),
            to: fields.optional_text("to", faults),
            phase: fields.optional_text("phase", faults),
            fact: fields.optional_text("fact", faults),
        }
    }

    /// What they mean in a lab.
    pub(super) fn read(self, lab: &KnownLab, faults: &mut FileFaults) -> Option<Measure> {
        let of = self.of?;
        let line = of.line;
        let of = one_of("contender", of, &lab.contenders, faults);
        match (self.to, self.phase, self.fact) {
            (Some(to), Some(phase), None) => {
                let to = one_of("contender", to, &lab.contenders, faults);
                let phase = one_of("phase", phase, &lab.phases, faults);
                Some(Measure::Ratio { of: of?, to: to?, phase: phase? })
            }
            (None, None, Some(fact)) => {
                let kind = one_of("fact", fact, &lab.facts, faults);
                Some(Measure::Fact { of: of?, kind: kind? })
            }
            _ => {
                faults.add(line, "neither a ratio nor a fact is looked at", "give `of`, `to` and `phase`, or `of` and `fact`");
                None
            }
        }
    }
}

fn one_of(what: &str, name: Located<String>, known: &[String], faults: &mut FileFaults) -> Option<String> {
    if known.contains(&name.value) {
        return Some(name.value);
    }
    let names = listed(known.iter().map(String::as_str));
    faults.add(name.line, format!("the lab has no {what} `{}`", name.value), format!("{what}s: {names}"));
    None
}

/// `payload=log,size=medium`; empty for the lab as it starts.
pub(super) fn input(lab: &KnownLab, text: &Located<String>, faults: &mut FileFaults) -> Option<Located<Vec<(String, String)>>> {
    let mut pairs = Vec::new();
    for part in text.value.split(',').filter(|part| !part.is_empty()) {
        let Some((key, value)) = part.split_once('=') else {
            faults.add(text.line, format!("`{part}` is no input"), "write <name>=<value>, separated by commas");
            return None;
        };
        let Some(setting) = lab.settings.iter().find(|setting| setting.key == key) else {
            let keys = listed(lab.settings.iter().map(|setting| setting.key.as_str()));
            faults.add(text.line, format!("the lab has no choice `{key}`"), format!("choices: {keys}"));
            return None;
        };
        if !setting.values.accept(value) {
            faults.add(text.line, format!("`{key}` cannot be `{value}`"), format!("it takes {}", setting.values));
            return None;
        }
        pairs.push((key.to_owned(), value.to_owned()));
    }
    Some(Located { value: pairs, line: text.line })
}

/// A verdict that a measurement can give: any but `pending` and `opinion`.
fn decided(slug: &Located<String>, faults: &mut FileFaults) -> Option<Verdict> {
    let found = Verdict::from_slug(&slug.value).filter(|verdict| !matches!(verdict, Verdict::Pending | Verdict::Opinion));
    if found.is_none() {
        let message = format!("a measurement cannot come out as `{}`", slug.value);
        faults.add(slug.line, message, "holds, holds-with-a-limit, outdated or wrong");
    }
    found
}

/// Bands rise, and only the last has no end.
fn bands(tables: Vec<Fields<'_>>, line: u32, faults: &mut FileFaults) -> Vec<Band> {
    let count = tables.len();
    if count == 0 {
        faults.add(line, "the rule gives no verdict", "add [[claims.rule.bands]] with `below` and `verdict`");
    }
    let mut bands: Vec<Band> = Vec::with_capacity(count);
    for (index, mut table) in tables.into_iter().enumerate() {
        let line = table.line;
        let below = table.optional_number("below", faults).map(|below| below.value);
        let verdict = table.text("verdict", faults).and_then(|slug| decided(&slug, faults));
        table.finish(faults);
        if below.is_none() != (index + 1 == count) {
            faults.add(line, "only the last band has no end", "give every band but the last a `below`");
        }
        let before = bands.last().and_then(|band| band.below);
        if let (Some(before), Some(below)) = (before, below)
            && below <= before
        {
            faults.add(line, format!("a band that ends at {below} after one that ends at {before}"), "list them lowest first");
        }
        bands.extend(verdict.map(|verdict| Band { below, verdict }));
    }
    bands
}
