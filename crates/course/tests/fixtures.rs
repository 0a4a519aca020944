//! A test is a folder. `fixtures/base` is a small valid course; every other folder is laid over it, its `lesson.md` as that of the
//! lesson `data/fixture`, and must give exactly the faults in its `faults.txt`.
//!
//! `BLESS=1 cargo nextest run -p course --features parse` writes what is expected anew, to be read in the diff.
#![cfg(feature = "parse")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test whose fixtures cannot be read has failed")]

use course::parse::{Course, Fault, Known, KnownLab, Setting, Values, load};
use course::{Block, Came, IndexArchive, LessonArchive};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the fixtures are.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// What exists in the fixtures' world.
fn known() -> Known {
    let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let setting = |key: &str, values| Setting { key: key.to_owned(), values };
    let settings = vec![
        setting("nodes", Values::Whole { low: 1, high: 100_000 }),
        setting("order", Values::OneOf(strings(&["breadth", "depth"]))),
        setting("degree", Values::Whole { low: 1, high: 8 }),
    ];
    Known {
        pillars: strings(&["data", "memory"]),
        labs: vec![KnownLab { slug: "arena".to_owned(), settings, ..KnownLab::default() }],
        pages: strings(&["budget"]),
        claims: strings(&["zero-copy-faster"]),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { fs::copy(entry.path(), target).map(drop).unwrap() }
    }
}

/// The base course with a fixture laid over it.
fn course_with(fixture: Option<&Path>) -> Result<Course, Vec<Fault>> {
    let root = tempfile::tempdir().unwrap();
    copy(&fixtures().join("base"), root.path());
    if let Some(fixture) = fixture {
        copy(fixture, root.path());
        if fixture.join("lesson.md").exists() {
            fs::copy(fixture.join("lesson.md"), root.path().join("lessons/data/fixture/lesson.md")).unwrap();
        }
    }
    load(root.path(), &known())
}

/// Compares with the file, or writes it when blessing.
fn expect(file: &Path, actual: &str) -> Result<(), String> {
    if std::env::var_os("BLESS").is_some() {
        fs::write(file, actual).unwrap();
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    if expected == actual {
        return Ok(());
    }
    Err(format!("--- {} expects\n{expected}\n--- found\n{actual}", file.display()))
}

fn base() -> Course {
    course_with(None).unwrap_or_else(|faults| panic!("{}", shown(&faults)))
}

fn shown(faults: &[Fault]) -> String {
    faults.iter().flat_map(|fault| [fault.to_string(), "\n".to_owned()]).collect()
}

#[test]
fn every_fault_is_found_on_its_line() {
    let mut folders: Vec<PathBuf> = fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir() && !folder.ends_with("base"));
    folders.sort();
    assert!(folders.len() > 40, "only {} fixtures", folders.len());
    let mut wrong = Vec::new();
    for folder in &folders {
        let faults = course_with(Some(folder)).expect_err(&format!("no fault in {}", folder.display()));
        wrong.extend(expect(&folder.join("faults.txt"), &shown(&faults)).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_valid_course_is_read_as_it_was_last_time() {
    let course = base();
    expect(&fixtures().join("base/expected.txt"), &format!("{:#?}\n", course.lessons[1])).unwrap();
    assert_eq!(course.lessons.len(), 2);
}

/// No field of the fence says which answer is right: where the file lies and what is stored beside it do.
#[test]
fn a_sample_that_is_refused_or_compiles_is_its_own_answer() {
    let course = base();
    let blocks = course.lessons[1].sections.iter().flat_map(|section| &section.blocks);
    let came: Vec<_> = blocks
        .filter_map(|block| match block {
            Block::Compiles(one) => Some((one.id.as_str(), one.code.came.clone())),
            _ => None,
        })
        .collect();
    assert!(matches!(&came[0], ("refused", Some(Came::Refused(text))) if text.starts_with("error[E0597]")), "{came:?}");
    assert_eq!(came[1..], [("accepted", None), ("printed", Some(Came::Printed("4".to_owned())))]);
}

#[test]
fn a_fault_says_file_line_and_what_to_do() {
    let faults = course_with(Some(&fixtures().join("rust_in_prose"))).unwrap_err();
    let first = faults[0].to_string();
    assert!(first.starts_with("lessons/data/fixture/lesson.md:17: no Rust is typed into prose\n    put it in a file"), "{first}");
    // All three, not the first alone.
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<BTreeSet<_>>(), BTreeSet::from([17, 21, 25]));
}

#[test]
fn written_archives_hold_the_course_and_replace_earlier_ones() {
    let course = base();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("data-old-0000000000000000.lesson"), "old").unwrap();
    fs::write(folder.path().join("kept.txt"), "kept").unwrap();
    let written = course.write(folder.path()).unwrap();

    let index = IndexArchive::check(&fs::read(folder.path().join(&written.index.name)).unwrap()).unwrap();
    assert_eq!(index.lessons.len(), course.lessons.len());
    for ((entry, lesson), file) in index.lessons.iter().zip(&course.lessons).zip(&written.lessons) {
        assert_eq!(entry.file, file.name.as_str());
        let bytes = fs::read(folder.path().join(&file.name)).unwrap();
        assert_eq!(bytes.len() as u64, file.bytes);
        let archive = LessonArchive::check(&bytes).unwrap();
        assert!(file.name.ends_with(&format!("-{}.lesson", archive.hash())));
        assert_eq!(archive.title, lesson.title.as_str());
        assert_eq!(LessonArchive::of(lesson).unwrap().as_bytes(), bytes, "the archive holds exactly this lesson");
    }
    assert!(written.lessons[1].name.starts_with("data-zero-copy-"));
    assert_eq!(index.lesson("data", "zero_copy").unwrap().labs.len(), 1);

    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names.len(), 4, "index, two lessons and the foreign file: {names:?}");
}

#[test]
fn the_same_course_gives_the_same_files() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert_eq!(base().write(one.path()).unwrap(), base().write(two.path()).unwrap());
}

/// Windows' line ends change nothing but the raw bytes.
#[test]
fn carriage_returns_change_neither_lessons_nor_lines() {
    let crlf = |name: &str, path: &str| {
        let folder = tempfile::tempdir().unwrap();
        copy(&fixtures().join(name), folder.path());
        let file = folder.path().join(path);
        let text = fs::read_to_string(&file).unwrap().replace('\n', "\r\n");
        fs::write(&file, text).unwrap();
        course_with(Some(folder.path()))
    };
    assert_eq!(crlf("base", "lessons/data/zero_copy/lesson.md"), Ok(base()));
    assert_eq!(crlf("base", "labs/memory/src/arena.rs"), Ok(base()));
    assert_eq!(crlf("quiz_missing_why", "lesson.md"), course_with(Some(&fixtures().join("quiz_missing_why"))));
}
