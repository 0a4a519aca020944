//! The samples beside a lesson: each must be shown, what is stored of a program or a refusal must belong to one.

use super::fault::Fault;
use super::sources::Sources;
use std::fs;
use std::path::Path;

/// Looks through a lesson's folder (relative to `root`) after the lesson was read.
pub(super) fn check(root: &Path, folder: &str, sources: &mut Sources<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for path in files(root, folder) {
        let fault = |message: &str, what_to_do: &str| Fault {
            file: path.clone(),
            line: 1,
            message: message.to_owned(),
            what_to_do: what_to_do.to_owned(),
        };
        let full = root.join(&path);
        match full.extension().and_then(|extension| extension.to_str()) {
            Some("rs") if !sources.is_shown(&path) => {
                faults.push(fault("a sample that no lesson shows", "show it with a ```code block, or remove it"));
                sources.look_at(&path);
            }
            Some("stdout" | "panic") if !full.with_extension("rs").is_file() => {
                faults.push(fault("the output of no sample", "add the .rs file of the same name, or remove this one"));
            }
            Some("stderr") if !full.with_extension("rs").is_file() => {
                faults.push(fault("a diagnostic without its sample", "add the .rs file of the same name, or remove this one"));
            }
            _ => {}
        }
    }
    faults
}

/// Every file in `folder` and the folders in it, relative to `root`, sorted.
fn files(root: &Path, folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{folder}/{name}");
        // Not followed: a link to a folder above would never end.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.append(&mut files(root, &path)),
            Ok(_) => found.push(path),
            Err(_) => {}
        }
    }
    found.sort();
    found
}
