//! Must not compile: the elided output borrows the parser, so no second word can be asked for while the first is used.

struct Words<'text> {
    rest: &'text str,
}

// anchor: elided_words
impl<'text> Words<'text> {
    fn next_word(&mut self) -> Option<&str> {
        let (word, rest) = self.rest.split_once(' ')?;
        self.rest = rest;
        Some(word)
    }
}

fn both<'text>(mut words: Words<'text>) -> bool {
    let one = words.next_word();
    let other = words.next_word();
    one == other
}
// end: elided_words

fn main() {}
