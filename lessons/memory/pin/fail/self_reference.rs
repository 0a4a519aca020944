//! Must not compile: a struct cannot borrow from its own field and be handed out.

// anchor: self_reference
struct Line<'a> {
    text: String,
    first_word: &'a str,
}

fn line<'a>(text: String) -> Line<'a> {
    let first_word = text.split(' ').next().unwrap_or_default();
    Line { text, first_word }
}
// end: self_reference

fn main() {}
