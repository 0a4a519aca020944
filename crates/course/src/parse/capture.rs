//! What commands of this repository said and how long they took, as `cargo xtask capture` and `cargo xtask measure-tests` keep it in
//! `captures/`: read here, and shown by lessons through fences of the kind `capture`.
//!
//! It must never make up a figure: what is not recorded is said to be missing, and a damaged record is a fault.

use super::fault::{Fault, FileFaults, listed};
use super::fields::Fields;
use super::html::escape;
use super::piece::Piece;
use crate::Block;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What the pipeline said, from the repository's root.
pub const PIPELINE_FILE: &str = "captures/pipeline.toml";
/// How long the tests took, from the repository's root.
pub const TIMING_FILE: &str = "captures/test-timing.toml";

/// The pipeline's steps in their order: each with its id, its title and the command that runs it alone.
pub const STEPS: [(&str, &str, &str); 7] = [
    ("formatting", "Formatting", "cargo xtask check --only formatting"),
    ("lints", "Lints, native", "cargo xtask check --only lints"),
    ("wasm-lints", "Lints, Wasm", "cargo xtask check --only wasm-lints"),
    ("licences", "Licences, duplicates, sources", "cargo xtask check --only licences"),
    ("tidy", "Tidy rules", "cargo xtask check --only tidy"),
    ("course", "The course", "cargo xtask check --only course"),
    ("tests", "Native tests", "cargo xtask test --fast"),
];

/// What one step of the pipeline said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its id: one of [`STEPS`].
    pub id: String,
    /// The day it ran: `2026-11-22`.
    pub date: String,
    /// Cores, system and compiler.
    pub machine: String,
    /// Whether it ended well.
    pub passed: bool,
    /// What it printed, shortened; may be empty.
    pub output: String,
}

/// How long the whole native suite took, both ways, in seconds: one pair a round.
#[derive(Clone, Debug, PartialEq)]
pub struct TestTiming {
    /// The day it was measured.
    pub date: String,
    /// Cores, system and compiler.
    pub machine: String,
    /// How many tests there were.
    pub tests: u32,
    /// `cargo test` and `cargo nextest run` of each round; at least three.
    pub rounds: Vec<(f64, f64)>,
}

/// A median with the least and the greatest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The middle one, or the mean of the middle two.
    pub median: f64,
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

impl Spread {
    /// Of values of which there is at least one; none of nothing.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let (low, high, half) = (*values.first()?, *values.last()?, values.len() / 2);
        let median = if values.len() % 2 == 1 { values[half] } else { f64::midpoint(values[half - 1], values[half]) };
        Some(Self { median, low, high })
    }
}

impl TestTiming {
    /// `cargo test`'s time over nextest's, round by round: above 1, nextest was faster.
    #[must_use]
    pub fn ratio(&self) -> Option<Spread> {
        Spread::of(self.rounds.iter().map(|(cargo, nextest)| cargo / nextest))
    }
}

/// The captured steps, in the pipeline's order; those that were not captured are left out.
///
/// # Errors
/// What is wrong with the record.
pub fn pipeline(root: &Path) -> Result<Vec<Step>, Vec<Fault>> {
    let Some((text, mut faults)) = text(root, PIPELINE_FILE)? else { return Ok(Vec::new()) };
    let steps = steps(&text, &mut faults);
    let faults = faults.into_inner();
    if faults.is_empty() { Ok(steps) } else { Err(faults) }
}

/// The measured times; none if nobody measured yet.
///
/// # Errors
/// What is wrong with the record.
pub fn test_timing(root: &Path) -> Result<Option<TestTiming>, Vec<Fault>> {
    let Some((text, mut faults)) = text(root, TIMING_FILE)? else { return Ok(None) };
    let timing = timing(&text, &mut faults);
    let faults = faults.into_inner();
    if faults.is_empty() { Ok(timing) } else { Err(faults) }
}

/// A record's text with a place for its faults; none if there is no such file.
fn text(root: &Path, file: &str) -> Result<Option<(String, FileFaults)>, Vec<Fault>> {
    let mut faults = FileFaults::new(file);
    if !root.join(file).exists() {
        return Ok(None);
    }
    match fs::read_to_string(root.join(file)) {
        Ok(text) => Ok(Some((text.replace("\r\n", "\n"), faults))),
        Err(error) => {
            faults.add(1, format!("it cannot be read: {error}"), "record it anew, or remove it");
            Err(faults.into_inner())
        }
    }
}

fn steps(text: &str, faults: &mut FileFaults) -> Vec<Step> {
    let Some(mut fields) = Fields::parse("the capture", 1, Piece::whole(text), faults) else { return Vec::new() };
    let tables = fields.tables("steps", "a step", faults).unwrap_or_default();
    fields.finish(faults);
    let mut found = Vec::new();
    for mut table in tables {
        let id = table.text("id", faults);
        let (date, machine) = (table.date("date", faults), table.text("machine", faults));
        let (passed, output) = (table.flag("passed", faults), table.texts("output", faults));
        table.finish(faults);
        let (Some(id), Some(date), Some(machine)) = (id, date, machine) else { continue };
        if !is_step(&id.value) {
            faults.add(id.line, format!("there is no step `{}`", id.value), format!("steps: {}", step_list()));
        }
        let output = output.into_iter().map(|line| line.value).collect::<Vec<_>>().join("\n");
        found.push(Step { id: id.value, date: date.value, machine: machine.value, passed, output });
    }
    found.sort_by_key(|step| STEPS.iter().position(|(id, ..)| *id == step.id));
    found
}

fn timing(text: &str, faults: &mut FileFaults) -> Option<TestTiming> {
    let mut fields = Fields::parse("the record", 1, Piece::whole(text), faults)?;
    let (date, machine) = (fields.date("date", faults), fields.text("machine", faults));
    let tests = fields.number("tests", faults);
    let tables = fields.tables("rounds", "a round", faults).unwrap_or_default();
    fields.finish(faults);
    let mut rounds = Vec::new();
    for mut table in tables {
        let (cargo, nextest) = (table.number("cargo_test", faults), table.number("nextest", faults));
        table.finish(faults);
        let (Some(cargo), Some(nextest)) = (cargo, nextest) else { continue };
        if cargo.value <= 0.0 || nextest.value <= 0.0 {
            faults.add(cargo.line, "a run that took no time", "record it anew");
        }
        rounds.push((cargo.value, nextest.value));
    }
    if rounds.len() < 3 {
        faults.add(1, format!("{} rounds tell nothing", rounds.len()), "measure three at least");
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float becomes the nearest u32, and a suite is small"
    )]
    let tests = tests?.value as u32;
    Some(TestTiming { date: date?.value, machine: machine?.value, tests, rounds })
}

fn is_step(id: &str) -> bool {
    STEPS.iter().any(|(step, ..)| *step == id)
}

fn step_list() -> String {
    listed(STEPS.map(|(id, ..)| id))
}

/// The block that a fence of the kind `capture` makes: `show` says of what.
///
/// # Errors
/// What is wrong, and what to do.
pub(super) fn block(root: &Path, show: &str, step: Option<&str>) -> Result<Block, (String, String)> {
    let damaged = |faults: Vec<Fault>| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        (
            format!("the record is damaged: {}", lines.join("; ")),
            "record it anew: cargo xtask capture, or measure-tests".to_owned(),
        )
    };
    match (show, step) {
        ("pipeline", None) => Ok(Block::Prose(overview(&pipeline(root).map_err(damaged)?))),
        ("step", Some(id)) if is_step(id) => Ok(Block::Output(said(id, &pipeline(root).map_err(damaged)?))),
        ("test-timing", None) => Ok(Block::Prose(times(test_timing(root).map_err(damaged)?.as_ref()))),
        ("step", _) => Err(("a capture of no step".to_owned(), format!("name one: step = \"…\"; steps: {}", step_list()))),
        _ => Err((format!("nothing to show as `{show}`"), "show: pipeline, step (with `step`), test-timing".to_owned())),
    }
}

/// The whole pipeline as a table.
fn overview(steps: &[Step]) -> String {
    let mut html = "<table><thead><tr><th>step</th><th>command</th><th>it said</th></tr></thead><tbody>".to_owned();
    for (id, title, command) in STEPS {
        let said = steps.iter().find(|step| step.id == id).map_or_else(
            || "not captured yet".to_owned(),
            |step| {
                let word = if step.passed { "passed" } else { "failed" };
                format!("{word}, {}", escape(&step.date))
            },
        );
        // Writing to a string cannot fail.
        let _ = write!(html, "<tr><td>{title}</td><td><code>{command}</code></td><td>{said}</td></tr>");
    }
    html + "</tbody></table>"
}

/// What one step printed, as plain text with its command and where it ran.
fn said(id: &str, steps: &[Step]) -> String {
    let command = STEPS.iter().find(|(step, ..)| *step == id).map_or("", |(_, _, command)| command);
    let Some(step) = steps.iter().find(|step| step.id == id) else {
        return format!("$ {command}\n(not captured yet: `cargo xtask capture --step {id}` keeps what it says)");
    };
    let output = if step.output.is_empty() { "(it prints nothing)" } else { &step.output };
    let word = if step.passed { "passed" } else { "failed" };
    format!("$ {command}\n{output}\n({word}; RECORDED {}, {})", step.date, step.machine)
}

/// The measured times as a table with a sentence.
fn times(timing: Option<&TestTiming>) -> String {
    let measured = timing.and_then(|timing| {
        let cargo = Spread::of(timing.rounds.iter().map(|(cargo, _)| *cargo))?;
        let nextest = Spread::of(timing.rounds.iter().map(|(_, nextest)| *nextest))?;
        Some((timing, cargo, nextest, timing.ratio()?))
    });
    let Some((timing, cargo, nextest, ratio)) = measured else {
        return "<p>Not measured yet: <code>cargo xtask measure-tests</code> does it, on a machine that has nothing else to do.</p>"
            .to_owned();
    };
    let row = |name: &str, of: Spread| {
        format!(
            "<tr><td>{name}</td><td class=\"right\">{:.2} s</td><td class=\"right\">{:.2} to {:.2} s</td></tr>",
            of.median, of.low, of.high
        )
    };
    format!(
        "<table><thead><tr><th>runner</th><th class=\"right\">median</th><th class=\"right\">least to most</th></tr></thead><tbody>{}{}</tbody>\
         </table><p>RECORDED {}, {}: {} tests, {} rounds, the two runners in turn. In the median round <code>cargo test</code> took {:.2} times as long \
         as nextest; over all rounds, {:.2} to {:.2} times.</p>",
        row("<code>cargo test</code>", cargo),
        row("<code>cargo nextest run</code>", nextest),
        escape(&timing.date),
        escape(&timing.machine),
        timing.tests,
        timing.rounds.len(),
        ratio.median,
        ratio.low,
        ratio.high
    )
}

#[cfg(test)]
#[path = "capture_tests.rs"]
mod tests;
