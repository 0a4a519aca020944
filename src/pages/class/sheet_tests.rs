//! What is noted, kept and drawn.

use super::*;
use proptest::prelude::*;
use protocol::Recording;

fn result(date: &str) -> LabSheet {
    let result = Recording::list_of_json(include_str!("../../../recordings/arena.json")).unwrap().remove(0).result;
    LabSheet { lab: "arena".into(), date: date.into(), guess: String::new(), result, because: String::new() }
}

fn answered(answer: &str) -> Answered {
    Answered {
        id: "q".into(),
        kind: "Predict".into(),
        question: "How <many>?".into(),
        answer: answer.into(),
        verdict: "open".into(),
    }
}

#[test]
fn the_last_answer_and_the_last_result_count_and_a_sentence_stays() {
    let mut sheet = Sheet::default();
    assert!(sheet.is_empty());
    sheet.answer("memory/arenas", "Arenas", answered("two"));
    sheet.answer("memory/arenas", "Arenas", answered("three"));
    sheet.result("memory/arenas", "Arenas", result("2026-01-01"));
    sheet.because(0, 0, "because of the cache");
    sheet.because(7, 7, "nothing there");
    sheet.result("memory/arenas", "Arenas", result("2026-01-02"));
    assert_eq!(sheet.lessons.len(), 1);
    let lesson = &sheet.lessons[0];
    assert_eq!((lesson.answers.len(), &*lesson.answers[0].answer), (1, "three"));
    assert_eq!(
        (lesson.results.len(), &*lesson.results[0].date, &*lesson.results[0].because),
        (1, "2026-01-02", "because of the cache")
    );
    let back = Sheet::of_json(&sheet.to_json()).unwrap();
    assert_eq!(back.lessons, sheet.lessons);
}

#[test]
fn the_sheet_says_for_which_assignment_it_is() {
    let mut sheet = Sheet::default();
    sheet.assigned("guess=required&seed=7&lessons=memory/arenas,data/zero-copy");
    sheet.answer("memory/arenas", "Arenas", answered("two"));
    let back = Sheet::of_json(&sheet.to_json()).unwrap();
    let html = draw_assignment(&back.assignment);
    assert!(html.contains(">2 lessons, seed 7, a guess before every run</a>"), "{html}");
    assert!(
        html.contains("/lessons/memory/arenas/?guess=required&amp;seed=7&amp;lessons=memory/arenas,data/zero-copy"),
        "{html}"
    );
    assert_eq!(draw_assignment("<script>"), "");
    assert!(draw_assignment("lessons=memory/arenas").contains(">1 lesson</a>"));
}

#[test]
fn it_reads_as_it_was_done_with_intervals_and_everything_escaped() {
    let mut sheet = Sheet::default();
    sheet.answer("memory/arenas", "Arenas", answered("<three>"));
    sheet.result("memory/arenas", "Arenas", result("2026-01-01"));
    let html = draw_answers(&sheet.lessons[0]);
    assert!(html.contains("How &lt;many&gt;?") && html.contains("&lt;three&gt;") && html.contains("Guess"));
    let html = draw_result(&sheet.lessons[0].results[0]);
    assert!(html.contains("95 %") && html.contains(" to ") && html.contains("<td>"), "{html}");
}

proptest! {
    #[test]
    fn a_damaged_sheet_is_an_error_or_a_sheet(at in any::<prop::sample::Index>(), letter in "\\PC", cut in any::<bool>()) {
        let mut sheet = Sheet::default();
        sheet.answer("memory/arenas", "Arenas", answered("two"));
        let mut text = sheet.to_json();
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = *at.get(&places);
        if cut { text.truncate(at) } else { text.replace_range(at..at + text[at..].chars().next().unwrap().len_utf8(), &letter) }
        if let Ok(sheet) = Sheet::of_json(&text) {
            for lesson in &sheet.lessons {
                let _ = draw_answers(lesson);
            }
        } else if !cut {
            prop_assert_eq!(Sheet::of_json(&text), Err(Unreadable));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}") {
        prop_assert_eq!(Sheet::of_json(&text), Err(Unreadable));
    }
}
