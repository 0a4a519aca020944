//! Rules about single files: their length, how they open, and where a name may stand.

use crate::workspace::is_of_type;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// More lines than this and a file does more than one thing.
const LONGEST: usize = 400;

/// Folders that hold Rust of ours. Lessons' samples are shown to readers and follow other rules.
const FOLDERS: [&str; 5] = ["crates", "labs", "src", "tests", "xtask"];

/// Every breach below `root`, as a sentence with the file's path.
///
/// # Errors
/// A file cannot be read.
pub fn faults(root: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for folder in FOLDERS {
        walk(root, folder, &mut faults)?;
    }
    faults.sort();
    Ok(faults)
}

fn walk(root: &Path, folder: &str, faults: &mut Vec<String>) -> Result<()> {
    let path = root.join(folder);
    for entry in fs::read_dir(&path).with_context(|| format!("reading {}", path.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{folder}/{name}");
        if entry.file_type()?.is_dir() {
            // Fixtures are input of tests, faults and all.
            if !["target", "fixtures"].contains(&&*name) && !name.starts_with('.') {
                walk(root, &path, faults)?;
            }
        } else if is_of_type(&name, "rs") {
            let text = fs::read_to_string(entry.path()).with_context(|| format!("reading {path}"))?;
            faults.extend(of_file(&path, &text));
        }
    }
    Ok(())
}

/// The breaches of one file.
fn of_file(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > LONGEST {
        faults.push(format!("{path}: {lines} lines; {LONGEST} at most. Split it by what its parts are for"));
    }
    if !text.starts_with("//!") {
        faults.push(format!("{path}: must open with `//!`: what it is for, and what it must never do"));
    }
    let is_program = path.ends_with("/main.rs") || path.contains("/src/bin/");
    let in_library_of_lab = path.starts_with("labs/") && path.contains("/src/") && !is_program;
    if in_library_of_lab && names_crate(text, "worker") {
        faults.push(format!("{path}: only a lab's programs may use `worker`, so that labs run natively under test"));
    }
    faults
}

/// Whether code (not a comment) names a path into that crate.
fn names_crate(text: &str, name: &str) -> bool {
    let path = format!("{name}::");
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.flat_map(|line| line.match_indices(&path).map(move |(at, _)| &line[..at]))
        .any(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_file_has_no_fault() {
        assert_eq!(of_file("src/lib.rs", "//! Fine.\nfn f() {}\n"), Vec::<String>::new());
    }

    #[test]
    fn long_files_and_silent_ones_are_named() {
        let long = format!("//! Long.\n{}", "\n".repeat(LONGEST));
        assert!(of_file("src/a.rs", &long)[0].starts_with("src/a.rs: 401 lines"));
        assert!(of_file("src/a.rs", &format!("//! Just short enough.\n{}", "\n".repeat(LONGEST - 1))).is_empty());
        assert!(of_file("src/a.rs", "use std::fs;\n//! Late.\n")[0].contains("must open"));
    }

    #[test]
    fn a_lab_s_library_does_not_name_the_worker() {
        let uses = "//! x\nuse worker::Host;\n";
        assert_eq!(of_file("labs/data/src/log.rs", uses).len(), 1);
        assert!(of_file("labs/data/src/main.rs", uses).is_empty());
        assert!(of_file("labs/memory/src/bin/memory_trace.rs", uses).is_empty());
        assert!(of_file("crates/worker/src/lib.rs", uses).is_empty());
        assert!(of_file("labs/data/src/log.rs", "//! x\n// worker::Host\nuse coworker::A; use crate::worker::B;\n").is_empty());
    }
}
