//! What is kept comes back, and no text that is stored can do harm.

use super::*;
use proptest::prelude::*;

fn some() -> Progress {
    let mut progress = Progress::default();
    progress.add("data/zero_copy", Marks::default().with(Mark::Read).with(Mark::Ran));
    progress.add("memory/arenas", Marks::default().with(Mark::Answered));
    progress.last = Some("memory/arenas#what-it-costs".to_owned());
    progress.placed = Some("F moved 1".to_owned());
    progress
}

#[test]
fn the_stored_text_never_changes_its_meaning() {
    // A text that a released page may have stored: it must read the same for ever.
    let text = "ferroscope-progress 1\nat memory/arenas#what-it-costs\nplaced F moved 1\ndata/zero_copy rx\nmemory/arenas q";
    assert_eq!(some().to_string(), text);
    assert_eq!(Progress::of_text(text), Ok(some()));
}

#[test]
fn marks_add_up_and_are_counted() {
    let mut progress = some();
    progress.add("data/zero_copy", Marks::default().with(Mark::Predicted));
    let marks = progress.of("data/zero_copy");
    assert_eq!(Mark::ALL.map(|mark| marks.has(mark)), [true, true, true, false]);
    assert_eq!(marks.count(), 3);
    assert_eq!(progress.of("data/none"), Marks::default());
    progress.add("no lesson\nat all", marks);
    assert_eq!(progress.lessons.len(), 2);
}

#[test]
fn a_lesson_can_be_forgotten_with_the_place_in_it() {
    let mut progress = some();
    progress.forget("data/zero_copy");
    assert_eq!((progress.lessons.len(), progress.last.is_some()), (1, true));
    progress.forget("memory/arenas");
    assert_eq!((progress.lessons.len(), progress.last.is_some()), (0, false));
}

#[test]
fn what_is_damaged_or_of_another_version_is_unreadable() {
    for text in [
        "",
        "ferroscope-progress 2",
        "ferroscope-progress 1\nx",
        "ferroscope-progress 1\nat nowhere",
        "ferroscope-progress 1\ndata/a z",
    ] {
        assert_eq!(Progress::of_text(text), Err(Unreadable), "{text}");
    }
}

#[test]
fn without_storage_it_lives_in_memory() {
    mark("data/zero_copy", Mark::Ran);
    mark("data/zero_copy", Mark::Read);
    be_at("data/zero_copy#one");
    assert!(of("data/zero_copy").has(Mark::Ran) && of("data/zero_copy").has(Mark::Read));
    assert_eq!(now().last.as_deref(), Some("data/zero_copy#one"));
    assert_eq!(kept(), Kept::InPage);
    change(&mut |progress| *progress = Progress::default());
    assert_eq!(now(), Progress::default());
}

proptest! {
    #[test]
    fn what_is_written_is_read(lessons in proptest::collection::vec(("[a-z_]{1,9}/[a-z_0-9]{1,9}", 0..16u8), 0..6), last in proptest::option::of("[a-z]{1,4}/[a-z_]{1,9}(#[a-z-]{1,9})?")) {
        let mut progress = Progress { last, ..Progress::default() };
        for (name, marks) in &lessons {
            progress.add(name, Marks(*marks));
        }
        prop_assert_eq!(Progress::of_text(&progress.to_string()), Ok(progress));
    }

    #[test]
    fn no_text_makes_it_panic(text in "[\\PC\n]{0,200}", at in any::<prop::sample::Index>()) {
        let sound = some().to_string();
        let _ = Progress::of_text(&text);
        let middle = (0..=sound.len()).filter(|at| sound.is_char_boundary(*at)).nth(at.index(sound.len())).unwrap();
        if let Ok(read) = Progress::of_text(&format!("{}{text}{}", &sound[..middle], &sound[middle..])) {
            prop_assert_eq!(Progress::of_text(&read.to_string()), Ok(read));
        }
    }
}
