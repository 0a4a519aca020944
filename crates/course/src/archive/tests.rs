//! The archive: what goes in comes out, and nothing damaged gets through.

use super::*;
use crate::{Answer, Block, CalloutKind, Came, Code, Compiles, Guess, IndexEntry, LabEmbed, Predict, Quiz, Section, Source};
use proptest::prelude::*;

fn lesson() -> Lesson {
    let text = |text: &str| text.to_owned();
    let code = |came| Code {
        path: text("labs/memory/src/lib.rs"),
        anchor: Some(text("build")),
        first_line: 7,
        caption: Some(text("caption")),
        html: text("<span class=\"k\">fn</span>"),
        text: text("fn"),
        came,
    };
    let answer = |correct| Answer { text: text("an <em>answer</em>"), correct, why: text("because") };
    let quiz = Quiz { id: text("q"), question: text("why?"), answers: vec![answer(true), answer(false)] };
    let number =
        Guess::Number { unit: text("ns"), answer_note: text("the lab shows it"), low: 0.5, high: 100.0, step: Some(0.25) };
    let blocks = vec![
        Block::Prose(text("<p>prose, long enough not to be stored inline</p>")),
        Block::Lab(LabEmbed { lab: text("arena"), with: vec![(text("nodes"), text("10"))], caption: None }),
        Block::Code(code(None)),
        Block::Code(code(Some(Came::Printed(text("4 8"))))),
        Block::Compiles(Compiles {
            id: text("c"),
            question: text("does it?"),
            code: code(Some(Came::Refused(text("error[E0499]")))),
            why: text("two"),
        }),
        Block::Predict(Predict { id: text("p"), question: text("how long?"), guess: number }),
        Block::Predict(Predict { id: text("r"), question: text("which?"), guess: Guess::Choice(vec![answer(false)]) }),
        Block::Quiz(quiz.clone()),
        Block::Callout { kind: CalloutKind::Cost, html: text("<p>cost</p>") },
        Block::Notes(text("<p>slowly</p>")),
        Block::Exercise(text("<p>change it</p>")),
        Block::Output(text("1 < 2")),
    ];
    Lesson {
        pillar: text("memory"),
        slug: text("arenas"),
        title: text("Arenas"),
        question: text("Who frees it?"),
        summary: text("A summary"),
        minutes: 12,
        claims: vec![text("arena-faster")],
        recall: vec![quiz.clone(), quiz],
        sections: vec![Section { id: text("one"), title: text("One"), blocks }],
        sources: vec![Source { title: text("a"), url: text("https://example.com"), date: text("2026-01-02") }],
    }
}

fn archive() -> LessonArchive {
    LessonArchive::of(&lesson()).unwrap()
}

#[test]
fn what_goes_in_comes_out() {
    let archive = archive();
    let there = LessonArchive::check(archive.as_bytes()).unwrap();
    assert_eq!(there.title, "Arenas");
    assert_eq!(there.minutes, 12);
    assert!(there.section("one").is_some() && there.section("two").is_none());
    let back: Lesson = rkyv::deserialize::<Lesson, Failure>(&*there).unwrap();
    assert_eq!(back, lesson());
}

#[test]
fn an_index_too() {
    let lesson = lesson();
    let entry = IndexEntry {
        pillar: lesson.pillar,
        slug: lesson.slug,
        title: lesson.title,
        question: lesson.question,
        summary: lesson.summary,
        minutes: lesson.minutes,
        labs: vec!["arena".to_owned()],
        file: "memory-arenas-0123456789abcdef.lesson".to_owned(),
    };
    let index = Index { lessons: vec![entry] };
    let archive = IndexArchive::of(&index).unwrap();
    let there = IndexArchive::check(archive.as_bytes()).unwrap();
    assert_eq!(there.lesson("memory", "arenas").unwrap().labs[0], "arena");
    assert!(there.lesson("memory", "other").is_none());
    assert_eq!(rkyv::deserialize::<Index, Failure>(&*there).unwrap(), index);
    assert_eq!(LessonArchive::check(archive.as_bytes()).err(), Some(Damaged::Foreign));
}

#[test]
fn the_same_lesson_gives_the_same_bytes() {
    assert_eq!(archive().as_bytes(), archive().as_bytes());
    let mut other = lesson();
    other.minutes += 1;
    assert_ne!(LessonArchive::of(&other).unwrap().hash(), archive().hash());
    assert_eq!(archive().hash().len(), 16);
}

#[test]
fn every_single_flipped_bit_is_found() {
    let good = archive().as_bytes().to_vec();
    for bit in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(LessonArchive::check(&bad).is_err(), "bit {bit}");
    }
}

#[test]
fn every_archive_cut_short_is_found() {
    let good = archive().as_bytes().to_vec();
    for length in 0..good.len() {
        assert!(LessonArchive::check(&good[..length]).is_err(), "length {length}");
    }
}

/// A body with the header that belongs to it, as if someone had meant it.
fn with_fitting_checksum(body: &[u8]) -> Vec<u8> {
    [Lesson::MAGIC.as_slice(), &checksum(body).to_le_bytes(), body].concat()
}

/// Walks through all of a lesson: an access that the check should have forbidden would show under a sanitizer, or crash.
fn read_everything(lesson: &LessonArchive) -> usize {
    rkyv::deserialize::<Lesson, Failure>(&**lesson).map_or(0, |lesson| format!("{lesson:?}").len())
}

proptest! {
    #[test]
    fn random_bytes_are_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(LessonArchive::check(&bytes).is_err());
        if let Ok(lesson) = LessonArchive::check(&with_fitting_checksum(&bytes)) {
            read_everything(&lesson);
        }
    }

    /// Even where the checksum fits, rkyv's check alone keeps out what cannot be read.
    #[test]
    fn damage_with_a_fitting_checksum_never_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut body = archive().as_bytes()[HEADER..].to_vec();
        for (at, byte) in &changes {
            let at = at.index(body.len());
            body[at] = *byte;
        }
        if let Ok(lesson) = LessonArchive::check(&with_fitting_checksum(&body)) {
            read_everything(&lesson);
        }
    }
}
