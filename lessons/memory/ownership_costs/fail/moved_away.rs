//! Must not compile: the text was given away, and the caller still wants it.

// anchor: moved_away
fn count_owned(text: String, letter: char) -> usize {
    text.chars().filter(|other| *other == letter).count()
}

fn main() {
    let text = String::from("banana");
    println!("{} {}", count_owned(text, 'a'), text);
}
// end: moved_away
