//! Every program of the placement is compiled and run: what comes of it is what the file beside it states, which is what the page calls right.
//!
//! `BLESS=1 cargo nextest run -p samples placement` writes those files anew, to be read in the diff.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test whose programs cannot be compiled has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[path = "../find.rs"]
mod find;

/// What came of a program, as the ending of the file that states it.
const ENDINGS: [&str; 3] = ["stdout", "stderr", "panic"];

#[test]
fn every_placement_program_does_what_is_stated() {
    let folder = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons/placement")).unwrap();
    let programs = find::rust_files(&folder).unwrap();
    assert!((8..=12).contains(&programs.len()), "{} programs", programs.len());
    let mut wrong = Vec::new();
    for program in &programs {
        let (ending, came) = run(program, &folder);
        if env::var_os("BLESS").is_some() {
            for other in ENDINGS {
                // What is not there need not be removed.
                let _ = fs::remove_file(program.with_extension(other));
            }
            fs::write(program.with_extension(ending), &came).unwrap();
        }
        let stated: Vec<&str> = ENDINGS.into_iter().filter(|ending| program.with_extension(ending).exists()).collect();
        let text = fs::read_to_string(program.with_extension(ending)).unwrap_or_default();
        if stated != [ending] || text != came {
            wrong.push(format!("{}: stated in {stated:?}, it came in .{ending}:\n{came}", program.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Compiles a program in its folder, so that paths in messages are short, and runs it.
fn run(program: &Path, folder: &Path) -> (&'static str, String) {
    let name = program.file_name().unwrap();
    let binary = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(program.file_stem().unwrap());
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiled = Command::new(rustc)
        .args(["--edition=2024", "-Awarnings", "--color=never", "-o"])
        .arg(&binary)
        .arg(name)
        .current_dir(folder)
        .output()
        .unwrap();
    if !compiled.status.success() {
        return ("stderr", text(&compiled.stderr));
    }
    let ran = Command::new(&binary).current_dir(folder).env("RUST_BACKTRACE", "0").output().unwrap();
    if ran.status.success() { ("stdout", text(&ran.stdout)) } else { ("panic", without_thread(&text(&ran.stderr))) }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A panic's message without the thread's number, which differs from run to run, and without the advice on back traces.
fn without_thread(message: &str) -> String {
    let lines = message.lines().filter(|line| !line.is_empty() && !line.starts_with("note: run with"));
    let mut out = String::new();
    for line in lines {
        match (line.find(" ("), line.find(") panicked at")) {
            (Some(open), Some(close)) if line.starts_with("thread ") => out.extend([&line[..open], &line[close + 1..], "\n"]),
            _ => out.extend([line, "\n"]),
        }
    }
    out
}
