//! `cargo xtask check`: what needs no test to run. Every part is run even after one has failed, so that all faults show at once.

use crate::process::{command, path_with, run, step};
use crate::system::{WASM, ensure_wasm_target};
use crate::tools::{self, Tool};
use crate::{course, tidy};
use anyhow::{Result, bail, ensure};
use protocol::Bundle;

type Part = fn() -> Result<()>;

/// Every part: the word that asks for it alone, its name, what it does.
const PARTS: [(&str, &str, Part); 6] = [
    ("formatting", "Formatting", formatting),
    ("lints", "Lints, native", native_lints),
    ("wasm-lints", "Lints, wasm", wasm_lints),
    ("licences", "Licences, duplicates, sources", licences),
    ("tidy", "Tidy rules", tidy::check),
    ("course", "Course", course::validate),
];

/// Runs every check, or the one that is asked for.
///
/// # Errors
/// Some of them failed; each has said why. Or there is no such check.
pub fn check(only: Option<&str>) -> Result<()> {
    ensure_wasm_target()?;
    let parts = PARTS.iter().filter(|(word, ..)| only.is_none_or(|only| only == *word));
    ensure!(parts.clone().count() > 0, "there is no such check; there are {}", PARTS.map(|(word, ..)| word).join(", "));
    let mut failed = Vec::new();
    for (_, name, part) in parts {
        step(name);
        if let Err(error) = part() {
            eprintln!("{error:#}");
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        println!("\nAll checks passed.");
        return Ok(());
    }
    bail!("failed: {}", failed.join("; "))
}

fn formatting() -> Result<()> {
    run(command("cargo").args(["fmt", "--all", "--check"]), "Run `cargo fmt --all`.")
}

fn native_lints() -> Result<()> {
    let arguments = ["clippy", "--quiet", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    run(command("cargo").args(arguments), "Fix what the lines above name.")
}

/// The page, the worker and the labs, as they are compiled for the browser.
fn wasm_lints() -> Result<()> {
    let mut clippy = command("cargo");
    clippy.args(["clippy", "--quiet", "--locked", "--target", WASM, "--lib", "--bins", "--features", "ferroscope/csr"]);
    for package in ["ferroscope", "worker"].into_iter().chain(Bundle::ALL.map(Bundle::package)) {
        clippy.args(["--package", package]);
    }
    run(clippy.args(["--", "-D", "warnings"]), "Fix what the lines above name.")
}

fn licences() -> Result<()> {
    let tools = tools::ensure(&[Tool::Deny])?;
    let mut deny = command("cargo");
    deny.env("PATH", path_with(&tools)?).args([
        "deny",
        "--log-level",
        "error",
        "--workspace",
        "check",
        "bans",
        "licenses",
        "sources",
    ]);
    run(&mut deny, "deny.toml holds the rules; an exception needs a reason beside it.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::course::parse::STEPS;

    #[test]
    fn the_pipeline_s_steps_are_these_checks_and_the_tests() {
        let checks: Vec<&str> =
            STEPS.iter().filter_map(|(_, _, command)| command.strip_prefix("cargo xtask check --only ")).collect();
        assert_eq!(checks, PARTS.map(|(word, ..)| word));
        assert_eq!(STEPS.len(), PARTS.len() + 1);
    }
}
