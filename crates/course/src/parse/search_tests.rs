//! What is in the index is found, by any of its words and by the beginning of any; nothing makes a query panic.

use super::*;
use crate::{Hit, MOST_HITS, SearchArchive, search};
use proptest::prelude::*;

fn entry(kind: Kind, title: &str, context: &str) -> Entry {
    Entry { kind, title: title.to_owned(), context: context.to_owned(), target: format!("lab:{title}") }
}

fn archive(entries: &[(&str, &str, &str)]) -> SearchArchive {
    let mut builder = SearchBuilder::default();
    for (title, context, text) in entries {
        builder.add(entry(Kind::Lab, title, context), text);
    }
    SearchArchive::of(&builder.build()).unwrap()
}

fn titles<'a>(hits: &[Hit<'a>]) -> Vec<&'a str> {
    hits.iter().map(|hit| hit.entry.title.as_str()).collect()
}

#[test]
fn an_unfinished_query_finds_names_before_texts() {
    let index = archive(&[
        ("Arenas", "building graphs", "zero allocations, no copying"),
        ("Zero-copy reads", "reading archives in place", "serde_json and rkyv"),
        ("Serialization", "Six ways, one of them zero-copy", ""),
    ]);
    assert_eq!(titles(&search(&index, "zero cop")), ["Zero-copy reads", "Serialization", "Arenas"]);
    assert_eq!(titles(&search(&index, "ZERO-COPY reading")), ["Zero-copy reads"], "case and hyphens do not matter");
    assert_eq!(titles(&search(&index, "json")), ["Zero-copy reads"], "a part of a name with underscores");
    assert_eq!(titles(&search(&index, "serde_json")), ["Zero-copy reads"]);
    assert_eq!(titles(&search(&index, "arenas rkyv")), Vec::<&str>::new(), "every word must be there");
    for nothing in ["", "  ", "-_-", "xyzzy"] {
        assert!(search(&index, nothing).is_empty(), "{nothing:?}");
    }
}

#[test]
fn a_whole_word_comes_before_the_beginning_of_a_longer_one() {
    let index = archive(&[("Pinning", "", ""), ("Pin", "", ""), ("Pine trees", "", "")]);
    assert_eq!(titles(&search(&index, "pin"))[0], "Pin");
}

#[test]
fn marks_within_words_go_and_entities_come_back() {
    assert_eq!(
        words(&plain("<p>zero-<em>copy</em> of <code>Vec&lt;T&gt;</code></p><p>Next</p>")).collect::<Vec<_>>(),
        ["zero", "copy", "of", "vec", "t", "next"]
    );
    assert_eq!(plain("a<br>b &amp;lt; <unclosed"), "a b &lt;  ");
}

#[test]
fn answers_are_few() {
    let names: Vec<String> = (0..100).map(|number| format!("arena {number}")).collect();
    let entries: Vec<_> = names.iter().map(|name| (name.as_str(), "", "")).collect();
    assert_eq!(search(&archive(&entries), "a").len(), MOST_HITS);
}

#[test]
fn the_archive_withstands_damage() {
    let index = archive(&[("Arenas", "graphs", "allocation"), ("Zero-copy", "archives", "rkyv"), ("Größe", "µs", "naïve")]);
    let index: SearchIndex = rkyv::deserialize::<SearchIndex, rkyv::rancor::Failure>(&*index).unwrap();
    crate::archive::damage::is_withstood(&index, |index| {
        for query in ["a", "arenas", "zero copy", "größe", ""] {
            let _ = search(index, query).len();
        }
    });
}

proptest! {
    #[test]
    fn every_beginning_of_every_word_finds_its_entry(names in proptest::collection::vec("[a-zA-Zäß0-9_<>, -]{1,24}", 1..12)) {
        let entries: Vec<_> = names.iter().map(|name| (name.as_str(), "", "")).collect();
        let index = archive(&entries);
        for name in &names {
            for word in words(name) {
                for (end, _) in word.char_indices().skip(1).chain([(word.len(), ' ')]) {
                    let found = search(&index, &word[..end]);
                    prop_assert!(found.len() == MOST_HITS || titles(&found).contains(&name.as_str()), "{:?} for {:?}", name, &word[..end]);
                }
            }
        }
    }

    #[test]
    fn a_longer_query_never_finds_more(names in proptest::collection::vec("[a-c ]{1,8}", 1..12), one in "[a-c]{1,3}", other in "[a-c]{1,3}") {
        let entries: Vec<_> = names.iter().map(|name| (name.as_str(), "", "")).collect();
        let index = archive(&entries);
        let (longer, shorter) = (search(&index, &[&*one, &*other].join(" ")).len(), search(&index, &one).len());
        prop_assert!(longer <= shorter);
    }

    #[test]
    fn no_text_makes_a_query_panic(query in "\\PC{0,60}", text in "\\PC{0,60}") {
        let index = archive(&[(&text, &text, "arena")]);
        let _ = (search(&index, &query), search(&index, &text));
    }
}
