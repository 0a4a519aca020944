//! Answers as a reader sees them.

use super::*;
use course::{Archive, Entry, SearchArchive, SearchIndex};

/// An index made by hand: one word for all, one for each entry.
fn index() -> SearchArchive {
    let entry =
        |kind, title: &str, target: &str| Entry { kind, title: title.into(), context: "of arenas".into(), target: target.into() };
    let index = SearchIndex {
        entries: vec![
            entry(Kind::Lesson, "Arenas", "lesson:memory/arenas"),
            entry(Kind::Term, "arena", "term:arena"),
            entry(Kind::Lesson, "Pins <&>", "lesson:memory/pins"),
        ],
        words: "arenaarenaspins".into(),
        ends: vec![5, 11, 15],
        postings: vec![1, 4, 5],
        found_in: vec![1, 0, 1, 2, 2],
        weights: vec![24, 24, 6, 6, 24],
    };
    Archive::of(&index).unwrap()
}

#[test]
fn hits_stand_by_kind_with_the_best_kind_first() {
    let found = Found::of(&index(), " arena ");
    let shown: Vec<_> =
        found.groups.iter().map(|(kind, hits)| (*kind, hits.iter().map(|hit| &*hit.title).collect::<Vec<_>>())).collect();
    assert_eq!(shown, [(Kind::Term, vec!["arena"]), (Kind::Lesson, vec!["Arenas", "Pins <&>"])]);
    assert_eq!(found.summary(), "3 results.");
    assert_eq!(found.query, "arena");
    // As many as are ever given: there may be more.
    let many = Found { groups: vec![(Kind::Term, vec![found.groups[0].1[0].clone(); MOST_HITS])], ..found };
    assert!(many.summary().starts_with(&format!("The best {MOST_HITS} results")), "{}", many.summary());
}

#[test]
fn a_hit_is_a_link_with_the_asked_words_marked_and_everything_escaped() {
    let html = Found::of(&index(), "pins").html(|target| format!("/x/{target}"));
    assert_eq!(
        html,
        "<section><h3>Lessons</h3><ul><li><a href=\"/x/lesson:memory/pins\"><b><mark>Pins</mark> &lt;&amp;&gt;</b> <span>of arenas</span></a>\
         </li></ul></section>"
    );
}

#[test]
fn nothing_found_says_what_to_try_and_nothing_asked_says_nothing() {
    let found = Found::of(&index(), "zebra");
    assert_eq!(found.summary(), "Nothing found for “zebra”.");
    assert!(found.html(|_| String::new()).contains("Try"));
    for empty in ["", "  ", "&!"] {
        let found = Found::of(&index(), empty);
        assert_eq!((found.summary(), found.html(|_| String::new())), (String::new(), String::new()));
    }
}
