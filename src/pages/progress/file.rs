//! Progress as a file to take along: JSON that says what it is. What is read from a file is checked like any text from outside.

use crate::pages::standing::verb;
use crate::state::progress::{Mark, Marks, Progress, is_name, is_place};
use miniserde::{Deserialize, Serialize, json};

/// What the file says it is.
const FORMAT: &str = "ferroscope-progress";
/// The version of its shape.
const VERSION: u32 = 1;
/// More lessons than any course of ours will have.
const MOST_LESSONS: usize = 1000;

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u32,
    lessons: Vec<Lesson>,
    last: Option<String>,
    placed: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Lesson {
    name: String,
    /// What was done, each by its word.
    done: Vec<String>,
}

/// Why a file was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It is no such file, or a damaged one.
    #[error("This is no progress that Ferroscope saved, or the file is damaged. Nothing was changed.")]
    Foreign,
    /// It is of a version that this page does not know.
    #[error("This file is from a newer Ferroscope. Reload the page, then try again. Nothing was changed.")]
    Newer,
}

/// The progress as the text of a file.
#[must_use]
pub fn export(progress: &Progress) -> String {
    let lessons = progress.lessons.iter().map(|(name, marks)| {
        let done = Mark::ALL.into_iter().filter(|mark| marks.has(*mark));
        Lesson { name: name.clone(), done: done.map(|mark| verb(mark).to_owned()).collect() }
    });
    let file = File {
        format: FORMAT.to_owned(),
        version: VERSION,
        lessons: lessons.collect(),
        last: progress.last.clone(),
        placed: progress.placed.clone(),
    };
    json::to_string(&file)
}

/// The progress in the text of a file.
///
/// # Errors
/// It is none, or of another version.
pub fn import(text: &str) -> Result<Progress, NotTaken> {
    let file: File = json::from_str(text).map_err(|_| NotTaken::Foreign)?;
    if file.format != FORMAT {
        return Err(NotTaken::Foreign);
    }
    if file.version > VERSION {
        return Err(NotTaken::Newer);
    }
    let is_line = |text: &String| text.len() < 2000 && !text.contains(['\n', '\r']);
    let is_sound = file.lessons.len() <= MOST_LESSONS
        && file.lessons.iter().all(|lesson| is_name(&lesson.name))
        && file.last.as_deref().is_none_or(is_place)
        && file.placed.as_ref().is_none_or(is_line);
    if !is_sound {
        return Err(NotTaken::Foreign);
    }
    let mut progress = Progress { last: file.last, placed: file.placed, ..Progress::default() };
    for Lesson { name, done } in file.lessons {
        let mark = |word: &String| Mark::ALL.into_iter().find(|mark| verb(*mark) == word).ok_or(NotTaken::Foreign);
        let marks = done.iter().try_fold(Marks::default(), |marks, word| Ok(marks.with(mark(word)?)))?;
        progress.add(&name, marks);
    }
    Ok(progress)
}

/// Adds what a file brought: no mark is lost; its last place and placement are taken where the reader has none.
pub fn join(own: &mut Progress, brought: &Progress) {
    for (lesson, marks) in &brought.lessons {
        own.add(lesson, *marks);
    }
    own.last = own.last.take().or_else(|| brought.last.clone());
    own.placed = own.placed.take().or_else(|| brought.placed.clone());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some() -> Progress {
        let mut progress = Progress { last: Some("data/zero_copy#why".to_owned()), ..Progress::default() };
        progress.add("data/zero_copy", Marks::default().with(Mark::Read).with(Mark::Ran));
        progress.add("memory/arenas", Marks::default().with(Mark::Answered));
        progress
    }

    #[test]
    fn what_is_saved_comes_back() {
        assert_eq!(import(&export(&some())), Ok(some()));
        assert!(export(&some()).starts_with("{\"format\":\"ferroscope-progress\",\"version\":1,"));
    }

    #[test]
    fn what_is_no_such_file_is_not_taken() {
        for (old, new, error) in [
            ("ferroscope-progress", "other", NotTaken::Foreign),
            ("\"version\":1", "\"version\":2", NotTaken::Newer),
            ("memory/arenas", "<b>/arenas", NotTaken::Foreign),
            ("zero_copy#why", "zero_copy#\\n", NotTaken::Foreign),
            ("\"ran\"", "\"flown\"", NotTaken::Foreign),
        ] {
            let text = export(&some()).replace(old, new);
            assert_eq!(import(&text), Err(error), "{new}");
        }
    }

    #[test]
    fn to_take_in_a_file_loses_nothing() {
        let mut own = Progress { placed: Some("B".to_owned()), ..Progress::default() };
        own.add("data/zero_copy", Marks::default().with(Mark::Predicted));
        join(&mut own, &some());
        assert_eq!(own.of("data/zero_copy").count(), 3);
        assert_eq!((own.last.as_deref(), own.placed.as_deref()), (Some("data/zero_copy#why"), Some("B")));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,200}", at in any::<prop::sample::Index>()) {
            let _ = import(&text);
            let sound = export(&some());
            let middle = at.index(sound.len());
            if let Ok(read) = import(&format!("{}{text}{}", &sound[..middle], &sound[middle..])) {
                prop_assert_eq!(Progress::of_text(&read.to_string()), Ok(read));
            }
        }
    }
}
