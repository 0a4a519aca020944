//! The reader of lessons on text that nobody meant: faults, never a panic, and never a line outside the file.

use super::*;
use crate::parse::{KnownLab, Setting, Values};
use proptest::prelude::*;
use std::path::Path;

const VALID: &str = include_str!("../../../tests/fixtures/base/lessons/data/zero_copy/lesson.md");

fn base() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/base"))
}

fn known() -> Known {
    let setting = |key: &str, values| Setting { key: key.to_owned(), values };
    let order = Values::OneOf(vec!["breadth".to_owned()]);
    let settings = vec![setting("nodes", Values::Whole { low: 1, high: 9_999 }), setting("order", order)];
    let labs = vec![KnownLab { slug: "arena".to_owned(), settings, ..KnownLab::default() }];
    Known { labs, claims: vec!["zero-copy-faster".to_owned()], ..Known::default() }
}

/// Reads `source` as a lesson: the lesson, and its faults.
fn read_lesson(source: &str) -> (Option<Lesson>, Vec<crate::parse::Fault>) {
    let mut sources = Sources::new(base());
    let mut findings = Findings::new("lesson.md");
    let lesson = read("data", "zero_copy", source, &known(), &mut sources, &mut findings);
    let mut faults = findings.faults.into_inner();
    faults.extend(sources.into_faults());
    (lesson, faults)
}

/// Every fault must lie in the file.
fn check(source: &str) -> Result<(), TestCaseError> {
    let (lesson, faults) = read_lesson(source);
    let lines = u32::try_from(source.lines().count()).unwrap() + 1;
    for fault in &faults {
        prop_assert!((1..=lines).contains(&fault.line), "{fault} in a file of {lines} lines");
    }
    prop_assert!(lesson.is_some() || !faults.is_empty(), "neither a lesson nor a fault");
    Ok(())
}

#[test]
fn the_fixture_is_without_fault() {
    let (lesson, faults) = read_lesson(VALID);
    assert_eq!(faults, []);
    assert_eq!(lesson.unwrap().sections.len(), 2);
}

#[test]
fn ids_of_headings_are_lower_case_and_hyphens() {
    for (title, id) in [("What copying costs", "what-copying-costs"), ("Rust’s `Rc<T>`, 2×", "rusts-rc-t-2"), ("¿?", "")] {
        assert_eq!(id_of(title), id);
    }
}

proptest! {
    #[test]
    fn random_text_never_panics(text in any::<String>(), markdown in "[-#>`~*_\\[\\]()<>|!:+ \\n\\ta-c\u{e4}=\"]{0,200}") {
        check(&text)?;
        check(&markdown)?;
        check(&format!("+++\n{markdown}\n+++\n{text}"))?;
        check(&format!("+++\n+++\n## a\n{markdown}"))?;
        for kind in ["lab", "code", "compiles", "predict", "quiz", "callout note", "notes", "exercise", "text"] {
            check(&format!("+++\n+++\n## a\n```{kind}\n{markdown}\n```\n"))?;
        }
    }

    /// Lines of a valid lesson lost, doubled or exchanged.
    #[test]
    fn a_shuffled_lesson_never_panics(picks in proptest::collection::vec(any::<prop::sample::Index>(), 1..150)) {
        let lines: Vec<&str> = VALID.lines().collect();
        let shuffled: Vec<&str> = picks.iter().map(|pick| lines[pick.index(lines.len())]).collect();
        check(&shuffled.join("\n"))?;
        check(&format!("+++\n+++\n{}", shuffled.join("\n")))?;
    }

}

proptest! {
    // Each case highlights every source that the lesson shows.
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A few characters of a valid lesson overwritten or removed.
    #[test]
    fn a_damaged_lesson_never_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<Option<char>>()), 1..6)) {
        let mut text: Vec<char> = VALID.chars().collect();
        for (at, change) in changes {
            let at = at.index(text.len());
            match change {
                Some(c) => text[at] = c,
                None => drop(text.remove(at)),
            }
        }
        check(&text.into_iter().collect::<String>())?;
    }
}
