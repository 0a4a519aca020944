//! Questions: a quiz, a recalled quiz, a prediction, whether a sample compiles, and how types vary. Every answer that can be picked must say why it is right or wrong.

use super::blocks::excerpt;
use super::fields::Fields;
use super::findings::Findings;
use super::html::inline;
use super::piece::Located;
use super::sources::Sources;
use crate::{Answer, Code, Compiles, Guess, Predict, Quiz, VarianceRow};
use std::ffi::OsStr;
use std::path::Path;

/// A quiz: at least two answers, exactly one correct. `id` is given where the author gives none.
pub(super) fn quiz(mut fields: Fields<'_>, id: Option<String>, findings: &mut Findings) -> Option<Quiz> {
    let line = fields.line;
    let id = match id {
        Some(id) => Some(Located { value: id, line }),
        None => fields.text("id", &mut findings.faults),
    };
    let question = fields.text("question", &mut findings.faults);
    let answers = answers(&mut fields, "answers", findings);
    fields.finish(&mut findings.faults);
    if let Some(id) = &id {
        findings.take_id(&id.value, id.line);
    }
    let question = question.map(|text| inline(&text, findings));
    let answers = answers?;
    let correct = answers.iter().filter(|answer| answer.correct).count();
    if correct != 1 {
        let message = format!("{correct} of the answers are marked correct");
        findings.fault(line, message, "mark exactly one with correct = true");
    }
    Some(Quiz { id: id?.value, question: question?, answers })
}

/// Whether a sample compiles. Which answer is right is not written: a sample in `fail/` is refused, as its diagnostic states, and any other
/// is compiled and tested.
pub(super) fn compiles(mut fields: Fields<'_>, sources: &mut Sources<'_>, findings: &mut Findings) -> Option<Compiles> {
    let id = fields.text("id", &mut findings.faults);
    let from = fields.text("from", &mut findings.faults);
    let question = fields.optional_text("question", &mut findings.faults);
    let why = fields.text("why", &mut findings.faults);
    fields.finish(&mut findings.faults);
    if let Some(id) = &id {
        findings.take_id(&id.value, id.line);
    }
    findings.compiles += 1;
    let question = question.map_or_else(|| "does it compile?".to_owned(), |text| inline(&text, findings));
    let question = format!("No. {}: {question}", findings.compiles);
    let why = why.map(|text| inline(&text, findings));
    let code = sample(&from?, sources, findings);
    Some(Compiles { id: id?.value, question, code: code?, why: why? })
}

/// How types vary: rows of two programs each. As with [`compiles`], what is right is not written.
pub(super) fn variance(mut fields: Fields<'_>, sources: &mut Sources<'_>, findings: &mut Findings) -> Option<Vec<VarianceRow>> {
    let tables = fields.tables("rows", "a row", &mut findings.faults);
    fields.finish(&mut findings.faults);
    let rows = tables?.into_iter().map(|mut row| {
        let mut text = |key| row.text(key, &mut findings.faults);
        let (of, place, because) = (text("of"), text("place"), text("because"));
        let (longer, shorter) = (text("longer_for_shorter"), text("shorter_for_longer"));
        row.finish(&mut findings.faults);
        Some(VarianceRow {
            of: inline(&of?, findings),
            place: inline(&place?, findings),
            longer_for_shorter: sample(&longer?, sources, findings)?,
            shorter_for_longer: sample(&shorter?, sources, findings)?,
            because: inline(&because?, findings),
        })
    });
    // Every row is looked at, so that all faults are found.
    rows.collect::<Vec<_>>().into_iter().collect()
}

/// The code of a sample that is compiled, or must be refused.
fn sample(from: &Located<String>, sources: &mut Sources<'_>, findings: &mut Findings) -> Option<Code> {
    let path = from.value.split('#').next().unwrap_or_default();
    if path.starts_with("lessons/") && Path::new(path).extension() == Some(OsStr::new("rs")) {
        return excerpt(from, None, sources, findings);
    }
    let what_to_do = "ask about a .rs file below lessons/: those are compiled, or must be refused";
    findings.fault(from.line, format!("`{path}` is no sample"), what_to_do);
    None
}

/// A prediction: one of several options, or a number.
pub(super) fn predict(mut fields: Fields<'_>, findings: &mut Findings) -> Option<Predict> {
    let id = fields.text("id", &mut findings.faults);
    let question = fields.text("question", &mut findings.faults);
    let kind = fields.text("kind", &mut findings.faults);
    if let Some(id) = &id {
        findings.take_id(&id.value, id.line);
    }
    let question = question.map(|text| inline(&text, findings));
    let guess = match kind.as_ref().map(|kind| (kind.value.as_str(), kind.line)) {
        Some(("choice", _)) => choice(fields, findings),
        Some(("number", _)) => number(fields, findings),
        Some((other, line)) => {
            findings.fault(line, format!("a prediction of kind `{other}`"), "write kind = \"choice\" or kind = \"number\"");
            None
        }
        None => None,
    };
    Some(Predict { id: id?.value, question: question?, guess: guess? })
}

fn choice(mut fields: Fields<'_>, findings: &mut Findings) -> Option<Guess> {
    let line = fields.line;
    let options = answers(&mut fields, "options", findings);
    fields.finish(&mut findings.faults);
    let options = options?;
    let correct = options.iter().filter(|option| option.correct).count();
    if correct > 1 {
        let message = format!("{correct} of the options are marked correct");
        findings.fault(line, message, "mark one, or none where it depends on the device");
    }
    Some(Guess::Choice(options))
}

fn number(mut fields: Fields<'_>, findings: &mut Findings) -> Option<Guess> {
    let unit = fields.text("unit", &mut findings.faults);
    let answer_note = fields.text("answer_note", &mut findings.faults);
    let low = fields.number("low", &mut findings.faults);
    let high = fields.number("high", &mut findings.faults);
    let step = fields.optional_number("step", &mut findings.faults);
    fields.finish(&mut findings.faults);
    let answer_note = answer_note.map(|text| inline(&text, findings));
    let (low, high) = (low?, high?);
    if low.value >= high.value {
        let message = format!("`low` is {} and `high` is {}: nothing lies between", low.value, high.value);
        findings.fault(low.line, message, "let `low` be the smallest and `high` the largest number one can enter");
    }
    if let Some(step) = &step
        && (step.value <= 0.0 || step.value > high.value - low.value)
    {
        findings.fault(step.line, format!("a `step` of {} does not fit", step.value), "it is above 0 and at most high − low");
    }
    let step = step.map(|step| step.value);
    Some(Guess::Number { unit: unit?.value, answer_note: answer_note?, low: low.value, high: high.value, step })
}

/// The answers under `key`; none after a fault in any of them, since counting the rest would only add wrong faults.
fn answers(fields: &mut Fields<'_>, key: &'static str, findings: &mut Findings) -> Option<Vec<Answer>> {
    let line = fields.line;
    let tables = fields.tables(key, "an answer", &mut findings.faults);
    if let Some(0 | 1) = tables.as_ref().map(Vec::len) {
        findings.fault(line, format!("a question with fewer than two [[{key}]]"), "give at least two, each with text and why");
    }
    let tables = tables?;
    let mut answers = Vec::new();
    let mut all_good = tables.len() >= 2;
    for mut table in tables {
        let text = table.text("text", &mut findings.faults);
        let correct = table.flag("correct", &mut findings.faults);
        let why = table.text("why", &mut findings.faults);
        table.finish(&mut findings.faults);
        match (text.map(|text| inline(&text, findings)), why.map(|why| inline(&why, findings))) {
            (Some(text), Some(why)) => answers.push(Answer { text, correct, why }),
            _ => all_good = false,
        }
    }
    all_good.then_some(answers)
}
