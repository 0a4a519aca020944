//! `cargo xtask measure-tests`: this repository's own native suite, timed with `cargo test` and with nextest in turn, and kept in
//! `captures/test-timing.toml`.
//!
//! It keeps every round; what is made of them (medians, ratios) is computed where it is shown, and judged by [`verdict`].

use crate::capture::{machine, quoted, today};
use crate::process::{command, path_with, short, step};
use crate::tools::{self, Tool};
use crate::{hosts, workspace};
use anyhow::{Context, Result, ensure};
use clap::Args;
use course::Verdict;
use course::parse::{Spread, TIMING_FILE, TestTiming};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::Instant;

/// What is measured.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// How many rounds; each runs the whole suite twice.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(3..))]
    rounds: u16,
    /// These packages alone: for a try, whose figures are printed and not kept.
    #[arg(long)]
    package: Vec<String>,
}

/// Measures, prints, and writes if it was the whole suite.
///
/// # Errors
/// A test fails, or something cannot be started or written.
pub fn measure(options: &Options) -> Result<()> {
    hosts::warn_of_load();
    let suite = Suite { path: path_with(&tools::ensure(&[Tool::Nextest])?)?, packages: options.package.clone() };
    step("Once each, so that everything is compiled");
    seconds(&mut suite.cargo_test())?;
    let tests = suite.count()?;
    seconds(&mut suite.nextest())?;
    step(&format!("{} rounds of {tests} tests", options.rounds));
    let mut rounds = Vec::new();
    for round in 0..options.rounds {
        // Who goes first alternates, so that neither is always the one that finds the files in memory.
        let (cargo, nextest) = if round % 2 == 0 {
            let cargo = seconds(&mut suite.cargo_test())?;
            (cargo, seconds(&mut suite.nextest())?)
        } else {
            let nextest = seconds(&mut suite.nextest())?;
            (seconds(&mut suite.cargo_test())?, nextest)
        };
        println!("cargo test {cargo:.2} s, nextest {nextest:.2} s: {:.2}", cargo / nextest);
        rounds.push((cargo, nextest));
    }
    let timing = TestTiming { date: today()?, machine: machine(), tests, rounds };
    if let Some(ratio) = timing.ratio() {
        let verdict = verdict(ratio).map_or("none: the rounds disagree", Verdict::slug);
        println!(
            "cargo test over nextest: {:.2} ({:.2} to {:.2}); verdict of nextest-faster: {verdict}",
            ratio.median, ratio.low, ratio.high
        );
    }
    if !options.package.is_empty() {
        println!("some packages alone: nothing is kept");
        return Ok(());
    }
    let path = workspace::root().join(TIMING_FILE);
    fs::write(&path, text(&timing)).with_context(|| format!("writing {}", path.display()))?;
    println!("{}; now set the verdict of nextest-faster in lessons/audit.toml", short(&path));
    Ok(())
}

/// The least gain in nextest's own table of benchmarks (penumbra, seen on 2026-11-22).
const LEAST_IN_ITS_TABLE: f64 = 1.37;

/// What the rounds say of the claim that nextest is faster; none where they disagree.
pub fn verdict(ratio: Spread) -> Option<Verdict> {
    match ratio {
        Spread { low, .. } if low > LEAST_IN_ITS_TABLE => Some(Verdict::Holds),
        Spread { low, .. } if low > 1.0 => Some(Verdict::HoldsWithALimit),
        Spread { high, .. } if high < 1.0 => Some(Verdict::Wrong),
        Spread { .. } => None,
    }
}

/// The suite: every native test but the documentation's examples, which nextest does not run.
struct Suite {
    path: std::ffi::OsString,
    packages: Vec<String>,
}

impl Suite {
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = command("cargo");
        cargo.env("PATH", &self.path).args(arguments).arg("--locked");
        if self.packages.is_empty() {
            cargo.args(["--workspace", "--exclude", "e2e"]);
        }
        for package in &self.packages {
            cargo.args(["--package", package]);
        }
        cargo
    }

    fn cargo_test(&self) -> Command {
        self.cargo(&["test", "--quiet", "--lib", "--bins", "--tests"])
    }

    fn nextest(&self) -> Command {
        self.cargo(&["nextest", "run", "--no-tests=fail"])
    }

    /// How many tests nextest finds.
    fn count(&self) -> Result<u32> {
        let output = self.cargo(&["nextest", "list", "--message-format", "oneline"]).output().context("listing the tests")?;
        ensure!(output.status.success(), "the tests cannot be listed: {}", String::from_utf8_lossy(&output.stderr));
        Ok(u32::try_from(String::from_utf8_lossy(&output.stdout).lines().count())?)
    }
}

/// How long a run takes from its start to its end.
fn seconds(run: &mut Command) -> Result<f64> {
    let start = Instant::now();
    let output = run.output().with_context(|| format!("starting {run:?}"))?;
    let seconds = start.elapsed().as_secs_f64();
    let said = [output.stdout, output.stderr].concat();
    ensure!(output.status.success(), "{}\nthe suite must pass before it is timed", String::from_utf8_lossy(&said));
    Ok(seconds)
}

fn text(timing: &TestTiming) -> String {
    let mut text = format!(
        "# The native suite, timed both ways, in seconds. Written by `cargo xtask measure-tests`, never by hand.\ndate = {}\nmachine = {}\ntests = {}\n",
        quoted(&timing.date),
        quoted(&timing.machine),
        timing.tests
    );
    for (cargo, nextest) in &timing.rounds {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n[[rounds]]\ncargo_test = {cargo:.3}\nnextest = {nextest:.3}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use course::parse::test_timing;

    #[test]
    fn what_is_written_is_read_back() {
        let timing = TestTiming {
            date: "2026-11-22".to_owned(),
            machine: "2 cores, \"x\"".to_owned(),
            tests: 300,
            rounds: vec![(30.125, 20.5), (31.0, 21.0), (29.0, 20.0)],
        };
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("captures")).unwrap();
        fs::write(folder.path().join(TIMING_FILE), text(&timing)).unwrap();
        assert_eq!(test_timing(folder.path()).unwrap(), Some(timing));
    }

    #[test]
    fn rounds_decide_only_where_they_agree() {
        let of = |low, high| verdict(Spread { median: f64::midpoint(low, high), low, high });
        assert_eq!(of(1.5, 2.0), Some(Verdict::Holds));
        assert_eq!(of(1.1, 2.0), Some(Verdict::HoldsWithALimit));
        assert_eq!(of(0.9, 1.1), None);
        assert_eq!(of(0.5, 0.9), Some(Verdict::Wrong));
    }
}
