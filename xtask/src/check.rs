//! `cargo xtask check`: what needs no test to run. Every part is run even after one has failed, so that all faults show at once.

use crate::process::{command, path_with, run, step};
use crate::system::{WASM, ensure_wasm_target};
use crate::tools::{self, Tool};
use crate::{course, tidy};
use anyhow::{Result, bail};
use protocol::Bundle;

type Part = fn() -> Result<()>;

/// Runs every check.
///
/// # Errors
/// Some of them failed; each has said why.
pub fn check() -> Result<()> {
    ensure_wasm_target()?;
    let parts: [(&str, Part); 6] = [
        ("Formatting", formatting),
        ("Lints, native", native_lints),
        ("Lints, wasm", wasm_lints),
        ("Licences, duplicates, sources", licences),
        ("Tidy rules", tidy::check),
        ("Course", course::validate),
    ];
    let mut failed = Vec::new();
    for (name, part) in parts {
        step(name);
        if let Err(error) = part() {
            eprintln!("{error:#}");
            failed.push(name);
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
    for package in ["ferroscope", "worker"].into_iter().chain(Bundle::ALL.map(Bundle::name)) {
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
