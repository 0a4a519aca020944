//! Every program of the placement is compiled and run: what comes of it is what the file beside it states, which is what the page calls right.
//!
//! `BLESS=1 cargo nextest run -p samples placement` writes those files anew, to be read in the diff.
#![allow(clippy::unwrap_used, reason = "a test whose programs cannot be compiled has failed")]

use std::fs;
use std::path::Path;

#[path = "../find.rs"]
mod find;
#[path = "../run.rs"]
mod run;

#[test]
fn every_placement_program_does_what_is_stated() {
    let folder = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons/placement")).unwrap();
    let programs = find::rust_files(&folder).unwrap();
    assert!((8..=12).contains(&programs.len()), "{} programs", programs.len());
    let wrong: Vec<String> = programs.iter().filter_map(|program| run::check(program).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
