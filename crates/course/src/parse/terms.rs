//! Marks the glossary's terms in lessons: the first place of each in a lesson's prose becomes a link into the glossary, with the definition
//! hidden beside it for a card. It must never touch code, headings, links, tables or questions, and a reader without scripts gets plain links.

use super::course::Course;
use super::glossary::Spelling;
use super::guide::Guide;
use super::html::escape;
use crate::link::opening_tag_with;
use crate::{Block, Glossary, Lesson, Target};

/// Elements in which no term is marked.
const CLOSED: [&str; 11] = ["a", "code", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"];

impl Course {
    /// Marks the terms in every lesson. Whoever wants a lesson's bare text, as the search index does, takes it before.
    pub fn mark_terms(&mut self, guide: &Guide) {
        for lesson in &mut self.lessons {
            mark(lesson, &guide.glossary, &guide.spellings);
        }
    }
}

fn mark(lesson: &mut Lesson, glossary: &Glossary, spellings: &[Spelling]) {
    let mut marker = Marker::new(glossary, spellings);
    for block in lesson.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Prose(html) | Block::Callout { html, .. } | Block::Exercise(html) = block {
            *html = marker.marked(html);
        }
    }
}

/// What is still to be marked in a lesson.
struct Marker<'a> {
    glossary: &'a Glossary,
    /// The longest first, so that `bump allocation` comes before `allocation`; texts as they stand in HTML.
    spellings: Vec<(&'a str, String)>,
}

impl<'a> Marker<'a> {
    fn new(glossary: &'a Glossary, spellings: &'a [Spelling]) -> Self {
        let mut spellings: Vec<_> = spellings.iter().map(|one| (one.id.as_str(), escape(&one.text))).collect();
        spellings.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
        Self { glossary, spellings }
    }

    /// `html`, of our own parser, with the first place of each term marked.
    fn marked(&mut self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        // Elements of one kind do not nest in what the parser writes, but those of different kinds do.
        let mut depth = 0_usize;
        while let Some(at) = rest.find('<') {
            let (text, tag) = rest.split_at(at);
            if depth == 0 {
                self.mark_text(text, &mut out);
            } else {
                out.push_str(text);
            }
            let (tag, after) = tag.split_at(tag.find('>').map_or(tag.len(), |end| end + 1));
            let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap_or_default();
            if CLOSED.contains(&name) {
                depth = if tag.starts_with("</") { depth.saturating_sub(1) } else { depth + 1 };
            }
            out.push_str(tag);
            rest = after;
        }
        if depth == 0 {
            self.mark_text(rest, &mut out);
        } else {
            out.push_str(rest);
        }
        out
    }

    fn mark_text(&mut self, text: &str, out: &mut String) {
        let mut rest = text;
        while let Some((at, index)) = self.first_in(rest) {
            let (id, spelling) = self.spellings[index].clone();
            let (before, from) = rest.split_at(at);
            let (word, after) = from.split_at(spelling.len());
            out.push_str(before);
            if let Some(term) = self.glossary.terms.iter().find(|term| term.id == id) {
                out.push_str(&place(id, word, &term.definition));
            } else {
                out.push_str(word);
            }
            self.spellings.retain(|(other, _)| *other != id);
            rest = after;
        }
        out.push_str(rest);
    }

    /// The first place of a spelling in a text, and which; of several at one place the longest.
    fn first_in(&self, text: &str) -> Option<(usize, usize)> {
        let found =
            self.spellings.iter().enumerate().filter_map(|(index, (_, spelling))| Some((whole_word(text, spelling)?, index)));
        found.min()
    }
}

/// Where `word` stands in `text` for itself, perhaps with the capital of a sentence's beginning.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '&' | '#');
    let first = word.chars().next()?;
    text.char_indices().map(|(at, _)| at).find(|&at| {
        let Some(there) = text.get(at..at + word.len()) else { return false };
        let mut letters = there.chars();
        let is_capital = letters.next().is_some_and(|letter| first.is_ascii_lowercase() && letter == first.to_ascii_uppercase());
        (there == word || is_capital && letters.as_str() == &word[first.len_utf8()..])
            && !text[..at].ends_with(joins)
            && !text[at + word.len()..].starts_with(joins)
    })
}

/// A term's place: the link, and the card that the page shows on hover and focus. `hidden` keeps the card out of what reads without styles.
fn place(id: &str, word: &str, definition: &str) -> String {
    let link = opening_tag_with(&Target::Term(id), &format!(" class=\"term\" aria-describedby=\"term-{id}\""));
    let definition = escape(definition);
    format!(
        "<span class=\"term-place\">{link}{word}</a><span class=\"term-card\" role=\"tooltip\" id=\"term-{id}\" hidden>{definition}</span></span>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Term;
    use proptest::prelude::*;

    fn glossary() -> (Glossary, Vec<Spelling>) {
        let term = |id: &str, term: &str| Term {
            id: id.to_owned(),
            term: term.to_owned(),
            definition: format!("What {term} is."),
            pillar: "memory".to_owned(),
            see: Vec::new(),
        };
        let spelling = |id: &str, text: &str| Spelling { id: id.to_owned(), text: text.to_owned() };
        let terms =
            vec![term("arena", "arena"), term("bump-allocation", "bump allocation"), term("rc", "Rc"), term("rc-t", "Rc<T>")];
        let spellings = vec![
            spelling("arena", "arena"),
            spelling("arena", "arenas"),
            spelling("bump-allocation", "bump allocation"),
            spelling("rc", "Rc"),
            spelling("rc-t", "Rc<T>"),
        ];
        (Glossary { terms }, spellings)
    }

    /// What is marked in `html`, in order.
    fn marks(html: &str) -> Vec<String> {
        let (glossary, spellings) = glossary();
        let marked = Marker::new(&glossary, &spellings).marked(html);
        marked
            .split("class=\"term\" aria-describedby=\"term-")
            .skip(1)
            .map(|rest| rest.split("</a>").next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn the_first_place_of_a_term_is_marked_with_its_definition() {
        let (glossary, spellings) = glossary();
        let marked = Marker::new(&glossary, &spellings).marked("<p>An arena is an arena.</p>");
        assert_eq!(
            marked,
            "<p>An <span class=\"term-place\"><a href=\"#\" data-route=\"term:arena\" class=\"term\" aria-describedby=\"term-arena\">arena</a>\
             <span class=\"term-card\" role=\"tooltip\" id=\"term-arena\" hidden>What arena is.</span></span> is an arena.</p>"
        );
    }

    #[test]
    fn whole_words_alone_are_marked_and_the_longest_first() {
        assert_eq!(marks("<p>Arenas and a non-arena, an arena_x, arenal</p>"), ["arena\">Arenas"]);
        assert_eq!(
            marks("<p>bump allocation</p><p>the Rc&lt;T&gt; or the Rc</p>"),
            ["bump-allocation\">bump allocation", "rc-t\">Rc&lt;T&gt;", "rc\">Rc"]
        );
        assert_eq!(marks("<p>an rc file, the ARENA</p>"), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_marked_where_a_mark_would_be_in_the_way() {
        for closed in CLOSED {
            assert_eq!(marks(&format!("<{closed}>arena <em>arena</em></{closed}>")), Vec::<String>::new(), "{closed}");
            assert_eq!(marks(&format!("<{closed} x=\"y\">Rc</{closed}> arena")), ["arena\">arena"], "{closed}");
        }
    }

    proptest! {
        #[test]
        fn marking_takes_nothing_from_a_text_and_panics_at_none(html in "(<p>|</p>|<code>|</code>|arenas?|Rc|&lt;|é| |bump allocation|<){0,20}") {
            let (glossary, spellings) = glossary();
            let marked = Marker::new(&glossary, &spellings).marked(&html);
            let mut bare = marked;
            for (id, definition) in [("arena", "What arena is."), ("bump-allocation", "What bump allocation is."), ("rc", "What Rc is.")] {
                let opening = opening_tag_with(&Target::Term(id), &format!(" class=\"term\" aria-describedby=\"term-{id}\""));
                let closing = format!("</a><span class=\"term-card\" role=\"tooltip\" id=\"term-{id}\" hidden>{definition}</span></span>");
                bare = bare.replace(&format!("<span class=\"term-place\">{opening}"), "").replace(&closing, "");
            }
            prop_assert_eq!(bare, html);
        }
    }
}
