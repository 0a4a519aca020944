//! Finds every Rust file under `lessons/`, checks that it lies where a sample can lie, and writes the module list of `tests/lessons.rs`.

mod find;

use std::error::Error;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let lessons = fs::canonicalize(manifest.join("../../lessons")).map_err(|error| format!("lessons/: {error}"))?;
    println!("cargo::rerun-if-changed=build.rs");
    // Cargo looks at a folder's every file, however deep, and so sees one that is added.
    println!("cargo::rerun-if-changed={}", lessons.display());

    let files = find::rust_files(&lessons)?;

    let mut faults = Vec::new();
    let mut modules = String::new();
    let (mut shown, mut failing) = (0_usize, 0_usize);
    for file in &files {
        let place: Vec<&str> = file.strip_prefix(&lessons)?.iter().filter_map(OsStr::to_str).collect();
        match place[..] {
            [pillar, lesson, name] => {
                shown += 1;
                let module = format!("{pillar}__{lesson}__{}", name.trim_end_matches(".rs"));
                if is_identifier(&module) {
                    writeln!(modules, "#[path = \"{}\"]\npub mod {module};", file.display().to_string().escape_default())?;
                } else {
                    faults
                        .push(format!("{}: letters, digits and underscores only, so that it can name a module", file.display()));
                }
            }
            [_, _, "fail", _] => failing += 1,
            // Whole programs, which tests/placement.rs compiles and runs.
            ["placement", _] => {}
            _ => faults.push(format!(
                "{}: a sample lies in lessons/<pillar>/<lesson>/ or in its fail/, else nothing would compile it",
                file.display()
            )),
        }
    }
    if shown == 0 {
        faults.push(format!("{}: no sample found", lessons.display()));
    }
    for fault in &faults {
        println!("cargo::error={fault}");
    }

    fs::write(Path::new(&env::var("OUT_DIR")?).join("lessons.rs"), modules)?;
    println!("cargo::rustc-env=SAMPLES_FAILING={failing}");
    Ok(())
}

fn is_identifier(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.starts_with(|c: char| c.is_ascii_digit())
}
