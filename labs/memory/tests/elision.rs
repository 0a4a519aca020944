//! What the lab says of a signature is what rustc does with it: each one that is offered is compiled, as written and as spelled out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers, outside a test function: what fails here fails the test"
)]

use protocol::lifetimes::{Elision, ElisionRule, LifetimesQuestion, SignatureFault};
use protocol::{Answer, Question};
use std::fs;
use std::process::Command;

fn spelled_out(signature: &str) -> Elision {
    answered(signature).unwrap()
}

fn answered(signature: &str) -> Result<Elision, SignatureFault> {
    let question = Question::Lifetimes(LifetimesQuestion { signature: signature.to_owned() });
    match memory::answer(&question) {
        Ok(Answer::Lifetimes(answer)) => answer.elision,
        other => panic!("{other:?}"),
    }
}

/// What rustc says of these functions, methods of a type among them.
fn compile(name: &str, functions: &[String], more: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join(format!("{name}.rs"));
    let bodies = functions.iter().fold(String::new(), |bodies, function| bodies + function + " { loop {} }\n");
    let lines = format!(
        "#![allow(warnings)]\nuse std::{{pin::Pin, rc::Rc}};\ntrait Of<'a> {{}}\nstruct Words<'a>(&'a str);\nstruct Page;\nimpl Page {{\n{bodies}{more}}}\n"
    );
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

/// Signatures that readers may type: self in its rarer forms, and traits with lifetimes.
const OF_READERS: [&str; 13] = [
    "fn f(self: Pin<&mut Self>, b: &str) -> &str",
    "fn f(mut self: Pin<&mut Self>, b: &str) -> Option<&str>",
    "fn f(self: Box<&Self>, b: &str) -> &str",
    "fn f(self: &Rc<Self>, b: &str) -> &str",
    "fn f(self: &Box<&Self>, b: &str) -> &str",
    "fn f(self: &&Self, b: &str) -> &str",
    "fn f<'a>(self: &'a &'a Self, b: &str) -> &str",
    "fn f(self: &Page, b: &str) -> &str",
    "fn f(self: Rc<Self>, b: &str) -> &str",
    "fn f(a: &dyn Of<'_>) -> &str",
    "fn f(a: Box<dyn Iterator<Item = &str> + '_>)",
    "fn f(a: Words<'_>) -> Words<'_>",
    "fn f(a: [&str; 2]) -> &str",
];

#[test]
fn rustc_refuses_what_is_called_a_fault_and_with_that_error() {
    for (signature, error) in [
        ("fn f(a: &'a str) -> &str", "E0261"),
        ("fn f(a: &str) -> &'b str", "E0261"),
        ("fn f<T: Of<'b>>(a: T)", "E0261"),
        ("fn f(a: impl Iterator<Item = &str>)", "E0658"),
        ("fn f(a: impl Of<'_>, b: &str) -> &str", "E0658"),
        ("fn f<T: Of<'_>>(a: T)", "E0637"),
        ("fn f<T>(a: T) where T: Into<&str>", "E0637"),
    ] {
        let fault = answered(signature).unwrap_err();
        assert!(fault.to_string().contains(error), "{signature}: {fault}");
        let words = compile("fault", &[signature.to_owned()], "").unwrap_err();
        assert!(words.contains(error), "{signature}: {words}");
    }
}

/// The lesson's table is typed by hand, with numbers for the names that rule 1 gives. Each of its rows is what the rules come to.
#[test]
fn the_lesson_s_table_is_what_the_rules_come_to() {
    let lesson = include_str!("../../../lessons/memory/lifetimes/lesson.md");
    let rows: Vec<Vec<&str>> = lesson
        .lines()
        .skip_while(|line| !line.starts_with("| as written |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() >= 7, "{rows:?}");
    for row in rows {
        let [written, first, second, third] = row[..] else { panic!("{row:?}") };
        let code = |cell: &'static str| cell.split('`').nth(1).unwrap_or_default();
        let written = code(written);
        let Elision { steps, is_complete } = spelled_out(written);
        let of = |rule| steps.iter().find(|step| step.rule == rule).map(|step| numbered(&step.signature, written));
        let (named, all) = (of(ElisionRule::Inputs).unwrap(), numbered(&steps.last().unwrap().signature, written));
        let parameters = named.split(['(', ')']).nth(1).unwrap().to_owned();
        let unnamed = written.split(['(', ')']).nth(1).unwrap();
        assert_eq!(code(first), if parameters == unnamed { "" } else { &*parameters }, "{written}: rule 1");
        let returned = |signature: &str| signature.split_once(" -> ").map(|(_, result)| format!("-> {result}"));
        for (cell, rule, before) in
            [(second, ElisionRule::OneInput, ElisionRule::Inputs), (third, ElisionRule::OfSelf, ElisionRule::OneInput)]
        {
            let (before, after) = (of(before), of(rule));
            let gave = after.filter(|after| before.is_some_and(|before| before != *after)).and_then(|after| returned(&after));
            assert_eq!(code(cell), gave.unwrap_or_default(), "{written}: {rule:?}");
        }
        assert_eq!(third.contains("**refused**"), !is_complete, "{written}: {all}");
    }
}

/// A signature with the names that rule 1 gave as numbers, and without the angle brackets that declare them.
fn numbered(signature: &str, written: &str) -> String {
    let name = name_of(signature);
    let (head, rest) = signature.split_at(signature.find('(').unwrap());
    let mut text =
        format!("{}{rest}", if written.contains(&format!("{name}<")) { head } else { head.split('<').next().unwrap() });
    let given = ('a'..='z').filter(|letter| !written.contains(&format!("'{letter}")));
    for (number, letter) in given.enumerate() {
        text = text.replace(&format!("'{letter} "), &format!("'{} ", number + 1));
    }
    text
}

#[test]
fn rustc_does_with_each_signature_what_the_rules_say() {
    let (mut accepted, mut refused) = (0, 0);
    for signature in LifetimesQuestion::OFFERED.into_iter().chain(OF_READERS) {
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
