//! A sound ledger is read, and every fault of one that is not is told with its line.

use super::*;
use crate::parse::{KnownLab, Setting, Values};
use proptest::prelude::*;

const SOUND: &str = r#"
[[claims]]
id = "arena-faster"
claim = "Arenas suit graphs."
why = "Graphs are hot."
pillar = "memory"
verdict = "holds-with-a-limit"
finding = "Building is faster."

[claims.rule]
lab = "arena"
words = "The ratio is below 1."
of = "bump"
to = "rc"
phase = "build"
inputs = ["nodes=100", "nodes=1000"]
mixed = "holds-with-a-limit"

[[claims.rule.bands]]
below = 0.9
verdict = "holds"

[[claims.rule.bands]]
verdict = "wrong"

[[claims]]
id = "stable"
claim = "It is stable."
why = "Libraries wait for it."
pillar = "memory"
verdict = "wrong"
finding = "It is not."

[[claims.samples]]
path = "lessons/memory/arenas/fail/x.rs"
must_not_compile = true
shows = "E0658"

[[claims.samples]]
path = "lessons/memory/arenas/y.rs"
shows = "it leaks"

[[claims]]
id = "leaks"
claim = "No leaks."
why = "Servers run long."
pillar = "memory"
verdict = "wrong"
finding = "Leaking is safe."

[claims.rule]
lab = "arena"
words = "Nothing is left."
of = "bump"
fact = "live"
inputs = [""]

[[claims.rule.bands]]
verdict = "wrong"

[[claims]]
id = "mandate"
claim = "It was mandated."
why = "Budgets."
pillar = "memory"
verdict = "wrong"
finding = "It was a report."

[[claims.sources]]
title = "The report"
url = "https://example.org/"
date = "2024-02-26"

[[claims]]
id = "later"
claim = "It is fast."
why = "Time."
pillar = "memory"
verdict = "pending"
planned = "A lab."
finding = "Nothing yet."
"#;

fn known() -> Known {
    let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    Known {
        pillars: strings(&["memory"]),
        labs: vec![KnownLab {
            slug: "arena".to_owned(),
            settings: vec![Setting { key: "nodes".to_owned(), values: Values::Whole { low: 1, high: 1000 } }],
            contenders: strings(&["rc", "bump"]),
            phases: strings(&["build"]),
            facts: strings(&["live"]),
        }],
        ..Known::default()
    }
}

fn checkout() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("lessons/memory/arenas/fail");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("x.rs"), "").unwrap();
    fs::write(folder.join("x.stderr"), "error[E0658]").unwrap();
    fs::write(folder.join("../y.rs"), "").unwrap();
    root
}

fn read(text: &str) -> (Option<Audit>, Vec<Fault>) {
    let mut faults = FileFaults::new(FILE);
    let audit = parse(text, checkout().path(), &known(), &mut faults);
    (audit, faults.into_inner())
}

#[test]
fn a_sound_ledger_is_read_and_its_archive_withstands_damage() {
    let (audit, faults) = read(SOUND);
    assert_eq!(faults, []);
    let audit = audit.unwrap();
    assert_eq!(audit.claims.len(), 5);
    assert!(
        matches!(&audit.claims[1].evidence[0], Evidence::Sample(Sample { expect: Expect::Refused(text), .. }) if text == "error[E0658]")
    );
    assert_eq!(audit.claims[3].evidence, [Evidence::Sources]);
    assert_eq!(audit.claims[4].evidence, [Evidence::Planned("A lab.".to_owned())]);
    crate::archive::damage::is_withstood(&audit, |audit| {
        let counted: usize = audit.summary().map(|(_, count)| count).sum();
        assert_eq!(counted, audit.claims.len());
        for claim in audit.claims.iter() {
            let _ = claim.rule().map(|rule| rule.judge(&[None, None]));
        }
    });
}

#[test]
fn ids_are_found_in_a_ledger_with_faults() {
    let root = checkout();
    fs::write(root.path().join(FILE), SOUND.replace("verdict = \"wrong\"", "verdict = \"maybe\"")).unwrap();
    assert_eq!(claim_ids(root.path()), ["arena-faster", "stable", "leaks", "mandate", "later"]);
    assert_eq!(claim_ids(Path::new("/nowhere")), Vec::<String>::new());
}

#[test]
fn every_fault_is_told_with_its_line() {
    let line = |text: &str, part: &str| u32::try_from(text[..text.find(part).unwrap()].matches('\n').count()).unwrap() + 1;
    for (old, new, part, message) in [
        ("planned = \"A lab.\"\n", "", "[[claims]]\nid = \"later\"", "nothing says which"),
        ("verdict = \"pending\"", "verdict = \"holds\"", "planned", "`planned` beside a verdict"),
        ("date = \"2024-02-26\"\n", "", "[[claims.sources]]", "has no `date`"),
        ("date = \"2024-02-26\"", "date = \"soon\"", "date = \"soon\"", "no date"),
        ("https://example.org/", "example", "url = \"example\"", "no web address"),
        ("lab = \"arena\"", "lab = \"x\"", "lab = \"x\"", "there is no lab"),
        ("of = \"bump\"\nto", "of = \"x\"\nto", "of = \"x\"", "no contender `x`"),
        ("to = \"rc\"", "to = \"x\"", "to = \"x\"", "no contender `x`"),
        ("phase = \"build\"", "phase = \"x\"", "phase = \"x\"", "no phase `x`"),
        ("fact = \"live\"", "fact = \"x\"", "fact = \"x\"", "no fact `x`"),
        ("fact = \"live\"\n", "", "of = \"bump\"\ninputs", "neither a ratio nor a fact is"),
        ("nodes=1000", "nodes=2000", "inputs = [\"nodes=100\"", "cannot be `2000`"),
        ("nodes=1000", "edges=2", "inputs = [\"nodes=100\"", "no choice `edges`"),
        ("inputs = [\"\"]", "inputs = []", "[claims.rule]\nlab = \"arena\"\nwords = \"Nothing", "runs nothing"),
        ("mixed = \"holds-with-a-limit\"\n", "", "[claims.rule]", "come out differently"),
        ("below = 0.9\n", "", "[[claims.rule.bands]]", "only the last band has no end"),
        ("verdict = \"holds\"", "verdict = \"opinion\"", "verdict = \"opinion\"", "cannot come out as"),
        ("arenas/y.rs", "arenas/z.rs", "path = \"lessons/memory/arenas/z.rs\"", "there is no sample"),
        ("lessons/memory/arenas/y.rs", "../y.rs", "path = \"../y.rs\"", "there is no sample"),
        ("must_not_compile = true\n", "", "path = \"lessons/memory/arenas/fail/x.rs\"", "does it compile or not?"),
        ("verdict = \"holds-with-a-limit\"", "verdict = \"maybe\"", "verdict = \"maybe\"", "there is no verdict"),
        ("id = \"stable\"", "id = \"arena-faster\"", "[[claims]]\nid = \"arena-faster\"\nclaim = \"It is", "two claims"),
        ("id = \"stable\"", "id = \"Not an id\"", "id = \"Not an id\"", "cannot be in an address"),
        ("finding = \"It is not.\"\n", "", "[[claims]]\nid = \"stable\"", "has no `finding`"),
    ] {
        let text = SOUND.replacen(old, new, 1);
        assert_ne!(text, SOUND, "{old}");
        let (_, faults) = read(&text);
        let there = line(&text, part);
        assert!(
            faults.iter().any(|fault| fault.message.contains(message) && fault.line == there),
            "{message}, line {there}: {faults:?}"
        );
    }
}

#[test]
fn a_verdict_without_evidence_and_an_opinion_without_a_source_are_faults() {
    let start = SOUND.find("[[claims.sources]]").unwrap();
    let end = SOUND.find("[[claims]]\nid = \"later\"").unwrap();
    let bare = format!("{}{}", &SOUND[..start], &SOUND[end..]);
    let (_, faults) = read(&bare);
    assert!(faults.iter().any(|fault| fault.message == "a verdict without evidence"), "{faults:?}");
    let at = bare.rfind("verdict = \"wrong\"").unwrap();
    let opinion = format!("{}{}", &bare[..at], bare[at..].replacen("wrong", "opinion", 1));
    let (_, faults) = read(&opinion);
    assert!(faults.iter().any(|fault| fault.message == "an opinion without a source"), "{faults:?}");
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "[\\PC\n]{0,200}", at in any::<prop::sample::Index>()) {
        let root = Path::new("/nowhere");
        let middle = (0..=SOUND.len()).filter(|at| SOUND.is_char_boundary(*at)).nth(at.index(SOUND.len())).unwrap();
        for text in [text.clone(), format!("{}{text}{}", &SOUND[..middle], &SOUND[middle..])] {
            parse(&text, root, &known(), &mut FileFaults::new(FILE));
        }
    }
}
