//! `cargo xtask capture`: runs the pipeline's steps and keeps what they said in `captures/pipeline.toml`, for the lesson on tooling.
//!
//! Each step is this program again, as a reader would start it. It keeps words, never times: those are `measure-tests`' business.

use crate::process::{answer, command, short, step};
use crate::{hosts, tools, workspace};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use course::parse::{Fault, PIPELINE_FILE, STEPS, Step, pipeline};
use std::fmt::Write as _;
use std::fs;

/// What is captured.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// This step alone; what the file says of the others stays.
    #[arg(long)]
    step: Option<String>,
}

/// More lines of a step than this are cut out of its middle.
const MOST_LINES: usize = 16;

/// What tells nothing about a step: a line that begins so is left out.
const NOISE: [&str; 11] = [
    "==",
    "All checks passed",
    "All tests passed",
    "Compiling",
    "Checking",
    "Finished",
    "Blocking",
    "PASS",
    "running 0 tests",
    "test result: ok. 0 passed",
    "────",
];

/// Runs and writes.
///
/// # Errors
/// A step cannot be started, or failed: nothing is written then, since a lesson shows a pipeline that works.
pub fn capture(options: &Options) -> Result<()> {
    let wanted: Vec<_> = STEPS.iter().filter(|(id, ..)| options.step.as_deref().is_none_or(|step| step == *id)).collect();
    ensure!(!wanted.is_empty(), "there is no such step; steps: {}", STEPS.map(|(id, ..)| id).join(", "));
    let mut steps = pipeline(&workspace::root()).map_err(|faults| told(&faults))?;
    let (date, machine) = (today()?, machine());
    for (id, title, shown) in wanted {
        step(&format!("{title}: {shown}"));
        let arguments = shown.strip_prefix("cargo xtask ").unwrap_or(shown).split(' ');
        let program = std::env::current_exe().context("where this program lies")?;
        let mut own = command(program);
        own.args(arguments).env("CARGO_MANIFEST_DIR", workspace::root().join("xtask"));
        let output = own.output().with_context(|| format!("starting `{shown}`"))?;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        if !output.status.success() {
            bail!("{said}\n`{shown}` failed: nothing was kept");
        }
        let output = kept(&said);
        println!("{output}");
        steps.retain(|step| step.id != *id);
        steps.push(Step { id: (*id).to_owned(), date: date.clone(), machine: machine.clone(), passed: true, output });
    }
    let order = |step: &Step| STEPS.iter().position(|(id, ..)| *id == step.id);
    steps.sort_by_key(order);
    let path = workspace::root().join(PIPELINE_FILE);
    fs::write(&path, text(&steps)).with_context(|| format!("writing {}", path.display()))?;
    println!("{}: {} steps", short(&path), steps.len());
    Ok(())
}

/// Processor (Linux), cores, system and compiler, for people.
pub fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(": "));
    let model = model.map(|(_, name)| format!("{}, ", name.trim())).unwrap_or_default();
    let rustc = answer(command("rustc").arg("--version")).unwrap_or_default();
    let version: Vec<&str> = rustc.split(' ').take(2).collect();
    format!("{model}{}, {}", hosts::machine(), version.join(" "))
}

/// The day, in UTC.
///
/// # Errors
/// The system does not say.
pub fn today() -> Result<String> {
    answer(command("date").args(["-u", "+%F"])).context("`date -u +%F` does not answer")
}

/// A record's faults as one error.
fn told(faults: &[Fault]) -> anyhow::Error {
    anyhow::anyhow!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// Text as TOML reads it back: JSON's notation for texts is a part of TOML's.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What is worth showing of what a step printed: without colours, build progress and this machine's folders.
fn kept(said: &str) -> String {
    let said = without_escapes(said);
    let root = workspace::root().display().to_string();
    let cache = tools::cache().map(|cache| cache.display().to_string()).unwrap_or_default();
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty() && !NOISE.iter().any(|noise| line.starts_with(noise)));
    let lines = lines.map(|line| {
        let line = line.replace(&root, ".");
        if cache.is_empty() { line } else { line.replace(&cache, "~") }
    });
    let mut lines: Vec<String> = lines.collect();
    if lines.len() > MOST_LINES {
        let left_out = lines.len() - MOST_LINES;
        let middle = MOST_LINES / 2;
        lines.splice(middle..middle + left_out, [format!("({left_out} lines left out)")]);
    }
    lines.join("\n")
}

/// Without terminal colours (`ESC [ … letter`) and other control characters but line feeds.
fn without_escapes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' && rest.next_if_eq(&'[').is_some() {
            for c in rest.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else if c == '\n' || !c.is_control() {
            out.push(c);
        }
    }
    out
}

fn text(steps: &[Step]) -> String {
    let mut text = "# What the pipeline said. Written by `cargo xtask capture`, never by hand.\n".to_owned();
    for step in steps {
        let (id, date, machine) = (quoted(&step.id), quoted(&step.date), quoted(&step.machine));
        let output: Vec<String> = step.output.lines().map(|line| format!("    {},\n", quoted(line))).collect();
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n[[steps]]\nid = {id}\ndate = {date}\nmachine = {machine}\npassed = {}\noutput = [\n{}]\n",
            step.passed,
            output.concat()
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn noise_is_left_out_and_paths_are_everybody_s() {
        let said = format!(
            "\n== Course\n\u{1b}[1m   Compiling\u{1b}[0m x\n{}/a.rs: \u{1b}[32mok\u{1b}[0m\n",
            workspace::root().display()
        );
        assert_eq!(kept(&said), "./a.rs: ok");
        let long: Vec<String> = (0..20).map(|line| format!("line {line}")).collect();
        let kept = kept(&long.join("\n"));
        assert_eq!(kept.lines().count(), MOST_LINES + 1);
        assert!(kept.contains("(4 lines left out)") && kept.starts_with("line 0\n") && kept.ends_with("line 19"), "{kept}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(lines in proptest::collection::vec("[^\\x00-\\x1f\\x7f-\\x9f]{1,40}", 0..5), machine in "[a-z\"\\\\]{1,9}") {
            let output = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
            let step = Step { id: "tidy".to_owned(), date: "2026-11-22".to_owned(), machine, passed: true, output };
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("captures")).unwrap();
            fs::write(folder.path().join(PIPELINE_FILE), text(std::slice::from_ref(&step))).unwrap();
            prop_assert_eq!(pipeline(folder.path()).unwrap(), [step]);
        }
    }

    /// The record in the checkout, if there is one, names steps that there are and is no failure.
    #[test]
    fn the_checkout_s_capture_is_whole() {
        let steps = pipeline(&workspace::root()).unwrap();
        assert!(steps.iter().all(|step| step.passed));
        let mut ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
        ids.dedup();
        assert_eq!(ids.len(), steps.len());
    }
}
