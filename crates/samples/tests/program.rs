//! Every sample with a `main` is a whole program too: it is compiled by rustc alone and run, and what it prints, or with which words it stops,
//! is what the file beside it states and the lesson shows.
//!
//! `BLESS=1 cargo nextest run -p samples program` writes those files anew, to be read in the diff.
#![allow(clippy::unwrap_used, reason = "a test whose programs cannot be compiled has failed")]

use std::fs;
use std::path::Path;

#[path = "../find.rs"]
mod find;
#[path = "../run.rs"]
mod run;

#[test]
fn every_program_of_a_lesson_does_what_is_stated() {
    let lessons = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons")).unwrap();
    let mut programs = find::rust_files(&lessons).unwrap();
    programs.retain(|file| {
        let has_main = || {
            fs::read_to_string(file).unwrap().lines().any(|line| line.starts_with("fn main(") || line.starts_with("pub fn main("))
        };
        !file.starts_with(lessons.join("placement")) && !file.parent().unwrap().ends_with("fail") && has_main()
    });
    assert!(!programs.is_empty(), "no program below {}", lessons.display());
    let wrong: Vec<String> = programs.iter().filter_map(|program| run::check(program).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
