//! What the lab says of a signature is what rustc does with it: each one that is offered is compiled, as written and as spelled out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers, outside a test function: what fails here fails the test"
)]

use protocol::lifetimes::{Elision, LifetimesQuestion};
use protocol::{Answer, Question};
use std::fs;
use std::process::Command;

fn spelled_out(signature: &str) -> Elision {
    let question = Question::Lifetimes(LifetimesQuestion { signature: signature.to_owned() });
    match memory::answer(&question) {
        Ok(Answer::Lifetimes(answer)) => answer.elision.unwrap(),
        other => panic!("{other:?}"),
    }
}

/// What rustc says of these functions, methods of a type among them.
fn compile(name: &str, functions: &[String], more: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join(format!("{name}.rs"));
    let bodies = functions.iter().fold(String::new(), |bodies, function| bodies + function + " { loop {} }\n");
    let lines = format!("#![allow(warnings)]\nstruct Words<'a>(&'a str);\nstruct Page;\nimpl Page {{\n{bodies}{more}}}\n");
    fs::write(&root, lines).unwrap();
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--out-dir"]).arg(folder.path()).arg(&root);
    let output = rustc.output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// The name in a signature.
fn name_of(signature: &str) -> &str {
    signature.split("fn ").nth(1).unwrap().split(['(', '<']).next().unwrap()
}

#[test]
fn rustc_does_with_each_signature_what_the_rules_say() {
    let (mut accepted, mut refused) = (0, 0);
    for signature in LifetimesQuestion::OFFERED {
        let elision = spelled_out(signature);
        let written = compile("written", &[signature.to_owned()], "");
        if !elision.is_complete {
            refused += 1;
            assert!(written.as_ref().is_err_and(|words| words.contains("E0106")), "{signature}: {written:?}");
            continue;
        }
        accepted += 1;
        let name = name_of(signature);
        let full = elision.steps.last().unwrap().signature.replacen(&format!("fn {name}"), "fn in_full", 1);
        // Two functions are of one type if both can stand in one array of pointers; what an async one returns has no name to compare.
        let same = if signature.starts_with("async") {
            String::new()
        } else {
            format!("const SAME: usize = [Self::{name}, Self::in_full].len();")
        };
        let same = if signature.contains("<T>") { String::new() } else { same };
        assert_eq!(compile("both", &[signature.to_owned(), full.clone()], &same), Ok(()), "{signature} is not {full}");
    }
    assert!(accepted > 9 && refused > 2, "{accepted} accepted, {refused} refused");
}

/// The test above could not fail, did the array take functions of two types.
#[test]
fn an_array_does_not_take_functions_of_two_types() {
    let two = ["fn one<'a, 'b>(a: &'a str, b: &'b str) -> &'a str", "fn other<'a, 'b>(a: &'a str, b: &'b str) -> &'b str"];
    assert!(compile("two", &two.map(str::to_owned), "const SAME: usize = [Self::one, Self::other].len();").is_err());
}
