//! `lessons/placement/placement.toml`: the questions of the placement. Which answer is right is not written there: it is the one that fits what came of
//! the program, which stands beside it and which a test of `crates/samples` holds.

use super::fault::{Fault, listed};
use super::fields::Fields;
use super::findings::Findings;
use super::html::{escape, inline};
use super::piece::{Located, Piece};
use super::sources::Sources;
use crate::{Answer, Branch, Came, LearningPath, Level, Placement, PlacementQuestion};
use std::fs;
use std::path::Path;

/// The folder of the file and of its programs, relative to the repository's root.
const FOLDER: &str = "lessons/placement";
/// The file, relative to the repository's root.
const FILE: &str = "lessons/placement/placement.toml";

/// Reads and checks the placement; none after a fault that leaves it incomplete. Its stations are those of the learning path.
pub(super) fn read(root: &Path, path: Option<&LearningPath>) -> (Option<Placement>, Vec<Fault>) {
    let mut findings = Findings::new(FILE);
    let mut sources = Sources::new(root);
    let stations: Vec<String> = path.map(|path| path.stations.iter().map(|one| one.id.clone()).collect()).unwrap_or_default();
    let placement = match fs::read_to_string(root.join(FILE)) {
        Ok(text) => {
            let mut program = |id: &str| program(root, id, &mut sources);
            parse(&text.replace("\r\n", "\n"), &stations, &mut program, &mut findings)
        }
        Err(error) => {
            findings.fault(
                1,
                format!("the placement cannot be read: {error}"),
                "write it: [[levels]], [[branches]], [[questions]]",
            );
            None
        }
    };
    let mut faults = findings.faults.into_inner();
    faults.append(&mut sources.into_faults());
    (placement.filter(|_| faults.is_empty()), faults)
}

/// A program and what came of it.
struct Program {
    code: String,
    came: Came,
}

/// Reads a program with what came of it; what is wrong, and what to do, if there is not one of each.
fn program(root: &Path, id: &str, sources: &mut Sources) -> Result<Program, (String, String)> {
    let path = format!("{FOLDER}/{id}.rs");
    let shown = sources.excerpt(&path, None).map_err(|no| (no.message, no.what_to_do))?;
    let text = |ending: &str| fs::read_to_string(root.join(&path).with_extension(ending)).ok();
    let trimmed = |text: String| text.replace("\r\n", "\n").trim_end().to_owned();
    let came = match (text("stdout"), text("stderr"), text("panic")) {
        (Some(text), None, None) => Came::Printed(trimmed(text)),
        (None, Some(text), None) => Came::Refused(trimmed(text)),
        (None, None, Some(text)) => Came::Panicked(trimmed(text)),
        _ => {
            let message = format!("what came of `{path}` is not stored, or stored twice");
            return Err((message, "write it: BLESS=1 cargo nextest run -p samples placement".to_owned()));
        }
    };
    Ok(Program { code: shown.html, came })
}

/// How [`parse`] comes by a program.
type Programs<'a> = dyn FnMut(&str) -> Result<Program, (String, String)> + 'a;

fn parse(text: &str, stations: &[String], programs: &mut Programs<'_>, findings: &mut Findings) -> Option<Placement> {
    let faults = &mut findings.faults;
    let mut fields = Fields::parse("the placement", 1, Piece::whole(text), faults)?;
    let undecided = fields.text("undecided", faults);
    let levels = fields.tables("levels", "a level", faults);
    let branches = fields.tables("branches", "a branch", faults);
    let questions = fields.tables("questions", "a question", faults);
    fields.finish(faults);
    if let Some(undecided) = &undecided {
        check_station(undecided, stations, findings);
    }
    let questions: Vec<PlacementQuestion> =
        questions?.into_iter().filter_map(|table| question(table, stations, programs, findings)).collect();
    for (index, one) in questions.iter().enumerate() {
        if questions[..index].iter().any(|other| other.id == one.id) {
            findings.fault(1, format!("the question `{}` is there twice", one.id), "keep one of the two");
        }
    }
    let levels: Vec<Level> = levels?.into_iter().filter_map(|table| level(table, stations, &questions, findings)).collect();
    let branches: Vec<Branch> = branches?.into_iter().filter_map(|table| branch(table, stations, findings)).collect();
    if levels.is_empty() || branches.is_empty() || questions.is_empty() {
        findings.fault(1, "the placement is incomplete", "it needs a level, a branch and a question");
        return None;
    }
    Some(Placement { levels, branches, undecided: undecided?.value, questions })
}

fn level(mut fields: Fields<'_>, stations: &[String], questions: &[PlacementQuestion], findings: &mut Findings) -> Option<Level> {
    let faults = &mut findings.faults;
    let station = fields.text("station", faults);
    let subject = fields.text("subject", faults);
    let enough = fields.number("enough", faults);
    fields.finish(faults);
    let (station, subject, enough) = (station?, subject?, enough?);
    check_station(&station, stations, findings);
    let asked = questions.iter().filter(|one| one.station == station.value).count();
    let count = (1..=asked.min(99)).find(|count| (*count as f64 - enough.value).abs() < f64::EPSILON);
    if count.is_none() {
        let message = format!("`enough` is {}, of {asked} questions on `{}`", enough.value, station.value);
        findings.fault(enough.line, message, "a whole number from 1 to as many as there are");
    }
    Some(Level { station: station.value, subject: subject.value, enough: u8::try_from(count?).ok()? })
}

fn branch(mut fields: Fields<'_>, stations: &[String], findings: &mut Findings) -> Option<Branch> {
    let station = fields.text("station", &mut findings.faults);
    let wish = fields.text("wish", &mut findings.faults);
    fields.finish(&mut findings.faults);
    let station = station?;
    check_station(&station, stations, findings);
    Some(Branch { station: station.value, wish: wish?.value })
}

fn question(
    mut fields: Fields<'_>,
    stations: &[String],
    programs: &mut Programs<'_>,
    findings: &mut Findings,
) -> Option<PlacementQuestion> {
    let faults = &mut findings.faults;
    let line = fields.line;
    let id = fields.text("id", faults);
    let station = fields.text("station", faults);
    let answers = fields.tables("answers", "an answer", faults);
    fields.finish(faults);
    let (id, station, answers) = (id?, station?, answers?);
    check_station(&station, stations, findings);
    if !is_id(&id.value) {
        findings.fault(id.line, format!("`{}` cannot be an id", id.value), "lower-case letters, digits and underscores");
        return None;
    }
    let Program { code, came } = match programs(&id.value) {
        Ok(program) => program,
        Err((message, what_to_do)) => {
            findings.fault(id.line, message, what_to_do);
            return None;
        }
    };
    let count = answers.len();
    let answers: Vec<Answer> = answers.into_iter().filter_map(|table| answer(table, &came, findings)).collect();
    let right = answers.iter().filter(|answer| answer.correct).count();
    if answers.len() == count && (right != 1 || count < 2) {
        let message = format!("{right} of the {count} answers to `{}` fit what came of the program", id.value);
        findings.fault(line, message, format!("two answers at least, of which exactly one fits: {}", told(&came)));
    }
    Some(PlacementQuestion {
        path: format!("{FOLDER}/{}.rs", id.value),
        id: id.value,
        station: station.value,
        code,
        answers,
        came,
    })
}

/// What an answer says comes of the program.
enum Says {
    Prints(String),
    Refused(String),
    Panics(String),
    Other,
}

fn answer(mut fields: Fields<'_>, came: &Came, findings: &mut Findings) -> Option<Answer> {
    let faults = &mut findings.faults;
    let line = fields.line;
    let prints = fields.optional_text("prints", faults);
    let refused = fields.optional_text("refused", faults);
    let panics = fields.optional_text("panics", faults);
    let other = fields.optional_text("other", faults);
    let text = fields.optional_text("text", faults);
    let why = fields.text("why", faults);
    fields.finish(faults);
    let (says, own) = match (prints, refused, panics, other) {
        (Some(prints), None, None, None) => {
            let lines: Vec<String> = prints.value.lines().map(|line| format!("<code>{}</code>", escape(line))).collect();
            (Says::Prints(prints.value), Some(format!("It prints {}", lines.join(", then "))))
        }
        (None, Some(code), None, None) => (Says::Refused(code.value), None),
        (None, None, Some(words), None) => (Says::Panics(words.value), None),
        (None, None, None, Some(other)) => (Says::Other, Some(inline(&other, findings))),
        _ => {
            findings.fault(line, "an answer says one thing", "give it one of `prints`, `refused`, `panics` and `other`");
            return None;
        }
    };
    let text = match (text, own) {
        (Some(text), _) => inline(&text, findings),
        (None, Some(own)) => own,
        (None, None) => {
            findings.fault(line, "the answer has no `text`", "say in words what the reader picks");
            return None;
        }
    };
    let correct = match (&says, came) {
        (Says::Prints(text), Came::Printed(came)) => text.trim_end() == came,
        (Says::Refused(code), Came::Refused(came)) => came.contains(&format!("error[{code}]")),
        (Says::Panics(words), Came::Panicked(came)) => came.contains(words.as_str()),
        _ => false,
    };
    Some(Answer { text, correct, why: inline(&why?, findings) })
}

fn check_station(station: &Located<String>, stations: &[String], findings: &mut Findings) {
    if !stations.contains(&station.value) {
        let ids = listed(stations.iter().map(String::as_str));
        findings.fault(station.line, format!("there is no station `{}`", station.value), format!("stations: {ids}"));
    }
}

/// Whether this can be a file's name and an element's id.
fn is_id(text: &str) -> bool {
    text.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_')
}

/// What came, as an author is told.
fn told(came: &Came) -> String {
    let (how, text) = match came {
        Came::Printed(text) => ("prints", text),
        Came::Refused(text) => ("refused", text),
        Came::Panicked(text) => ("panics", text),
    };
    format!("{how} {:?}", text.lines().next().unwrap_or_default())
}

#[cfg(test)]
#[path = "placement_tests.rs"]
mod tests;
