//! Starting other programs, and saying which step is going on. No command line goes through a shell.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Says what is about to happen, on a line of its own.
pub fn step(what: &str) {
    println!("\n== {what}");
}

/// A command that runs in the checkout's root.
///
/// Cargo's variables about xtask itself are taken away: build scripts that look at them would run again without need.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(crate::workspace::root());
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_BIN_NAME" {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// Runs it with its output on the terminal.
///
/// # Errors
/// It cannot be started, or ends with a failure; `next` says what to do then.
pub fn run(command: &mut Command, next: &str) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("starting `{shown}`\n{next}"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})\n{next}");
    }
    Ok(())
}

/// Runs it, showing its standard output line by line, and gives that output back.
///
/// # Errors
/// As [`run`].
pub fn run_and_read(command: &mut Command, next: &str) -> Result<String> {
    let shown = shown(command);
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("starting `{shown}`\n{next}"))?;
    let mut output = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.with_context(|| format!("reading what `{shown}` prints"))?;
            println!("{line}");
            output.push_str(&line);
            output.push('\n');
        }
    }
    let status = child.wait().with_context(|| format!("waiting for `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})\n{next}");
    }
    Ok(output)
}

/// What it prints on standard output, or nothing if it fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first executable of this name on `PATH`, found by looking, without starting anything.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// `PATH` with these folders before it.
///
/// # Errors
/// A folder's name holds the separator of `PATH`.
pub fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&old));
    env::join_paths(all).context("the tool cache's path cannot stand in PATH: move it with FERROSCOPE_CACHE")
}

/// A path as a person would type it from the checkout.
pub fn short(path: &Path) -> String {
    path.strip_prefix(crate::workspace::root()).unwrap_or(path).display().to_string()
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_and_what_to_do_next() {
        let error = run(&mut command("false"), "try again").unwrap_err().to_string();
        assert!(error.contains("`false` failed") && error.contains("try again"), "{error}");
        let error = run(&mut command("/no/such/program"), "install it").unwrap_err().to_string();
        assert!(error.contains("/no/such/program") && error.contains("install it"), "{error}");
    }

    #[test]
    fn output_is_given_back() {
        assert_eq!(run_and_read(command("printf").arg("a\nb"), "").unwrap(), "a\nb\n");
        assert!(run_and_read(&mut command("false"), "").is_err());
    }
}
