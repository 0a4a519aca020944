//! Text with the words that were asked for marked.

use crate::markup::escaped;

/// `text` as HTML, with the beginning of each word marked that begins as one of `asked` does; `asked` in lower case, as the index cuts words.
#[must_use]
pub fn marked(text: &str, asked: &[String]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (before, from) = rest.split_at(start);
        out.push_str(&escaped(before));
        let (word, after) = from.split_at(from.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(from.len()));
        let length = asked.iter().filter_map(|asked| beginning(word, asked)).max().unwrap_or(0);
        let (hit, tail) = word.split_at(length);
        if !hit.is_empty() {
            out.push_str("<mark>");
            out.push_str(&escaped(hit));
            out.push_str("</mark>");
        }
        out.push_str(&escaped(tail));
        rest = after;
    }
    out.push_str(&escaped(rest));
    out
}

/// How many bytes of `word` are `asked`, if it begins so, whatever the case.
fn beginning(word: &str, asked: &str) -> Option<usize> {
    let mut wanted = asked;
    for (at, letter) in word.char_indices() {
        if wanted.is_empty() {
            return Some(at);
        }
        // A letter's lower case may be several letters.
        for lower in letter.to_lowercase() {
            wanted = wanted.strip_prefix(lower)?;
        }
    }
    wanted.is_empty().then_some(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asked(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn beginnings_of_words_are_marked_and_nothing_else() {
        assert_eq!(
            marked("A bump Arena & arenas, no marena", &asked(&["aren"])),
            "A bump <mark>Aren</mark>a &amp; <mark>aren</mark>as, no marena"
        );
        assert_eq!(marked("task_starvation", &asked(&["starvation"])), "task_<mark>starvation</mark>");
        assert_eq!(marked("<b>", &asked(&["b"])), "&lt;<mark>b</mark>&gt;");
        assert_eq!(marked("Rc and Arc", &asked(&["rc", "a"])), "<mark>Rc</mark> <mark>a</mark>nd <mark>A</mark>rc");
        assert_eq!(marked("arena", &asked(&["a", "aren"])), "<mark>aren</mark>a", "the longest of several");
    }

    proptest! {
        #[test]
        fn marking_changes_no_letter(text in "\\PC{0,40}", words in proptest::collection::vec("\\PC{0,6}", 0..4)) {
            let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
            let bare = marked(&text, &words).replace("<mark>", "").replace("</mark>", "");
            prop_assert_eq!(bare, escaped(&text).into_owned());
        }
    }
}
