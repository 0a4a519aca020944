//! Samples that are compiled once more, each as a crate of its own with other switches than this workspace's: without the standard library, and
//! with overflow checks on and off.

#![allow(clippy::unwrap_used, reason = "a test's helper, outside a test function: what fails here fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What is said to need nothing but `core`.
const BARE: [&str; 2] = ["systems/no_std/ring.rs", "systems/no_std/radio.rs"];

/// The line that makes a sample a module.
fn module(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons").join(path);
    format!("#[path = \"{}\"]\npub mod sample;\n", file.display().to_string().escape_default())
}

/// Compiles a crate of these lines in a folder of its own, and gives back the compiler's answer with what it made.
fn compile(name: &str, lines: &str, arguments: &[&str]) -> (Output, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    let (root, out) = (folder.join("root.rs"), folder.join("out"));
    fs::write(&root, lines).unwrap();
    let mut rustc = Command::new("rustc");
    let output = rustc.args(["--edition=2024", "--crate-name=alone"]).args(arguments).arg("-o").arg(&out).arg(&root).output();
    (output.unwrap(), out)
}

fn without_std(name: &str, body: &str) -> Output {
    compile(name, &format!("#![no_std]\n{body}"), &["--crate-type=lib", "--emit=metadata"]).0
}

#[test]
fn bare_samples_need_nothing_but_core() {
    for (at, path) in BARE.iter().enumerate() {
        let output = without_std(&format!("bare-{at}"), &module(path));
        assert!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// The test above could not fail, did the crate around a sample bring the standard library after all.
#[test]
fn a_vector_is_refused_there() {
    assert!(without_std("control-core", "pub fn f() -> Option<u8> { None }").status.success());
    assert!(!without_std("control-vec", "pub fn f() -> Vec<u8> { Vec::new() }").status.success());
    assert!(!without_std("control-std", "pub use std::vec::Vec;").status.success());
}

/// What a program prints that adds 100 and 100 in bytes, and whether it ends well.
fn overflowing(checks: &str) -> Output {
    let main = "fn main() { println!(\"{}\", sample::dot_in_bytes(&[100, 100], &[1, 1])); }";
    let body = module("inference/weights/overflow.rs") + main;
    let (output, program) = compile(&format!("overflow-{checks}"), &body, &["-C", &format!("overflow-checks={checks}")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Command::new(program).output().unwrap()
}

#[test]
fn one_source_stops_or_wraps_as_the_build_says() {
    let checked = overflowing("yes");
    assert!(!checked.status.success());
    assert!(String::from_utf8_lossy(&checked.stderr).contains("attempt to add with overflow"));
    let unchecked = overflowing("no");
    assert!(unchecked.status.success());
    assert_eq!(String::from_utf8_lossy(&unchecked.stdout).trim(), "-56");
}
