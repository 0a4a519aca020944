//! Signatures whose lifetimes the compiler takes, written out and left out.
//!
//! Shown by the lesson `memory/lifetimes`. What it refuses lies in `fail/`.
#![allow(clippy::needless_lifetimes, clippy::elidable_lifetime_names, reason = "the lesson writes out what is usually left out")]

// anchor: one_input
fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or(text)
}
// end: one_input

// anchor: longest
fn longest<'a>(a: &'a str, b: &'a str) -> &'a str {
    if a.len() >= b.len() { a } else { b }
}
// end: longest

// anchor: before
fn before<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split(mark).next().unwrap_or(text)
}

fn host(address: &str) -> &str {
    let mark = String::from("/");
    before(address, &mark)
}
// end: before

// anchor: method
struct Config {
    name: String,
}

impl Config {
    fn name_logged(&self, log: &mut Vec<String>, why: &str) -> &str {
        log.push(why.to_owned());
        &self.name
    }
}
// end: method

// anchor: words
struct Words<'text> {
    rest: &'text str,
}

impl<'text> Words<'text> {
    fn next_word(&mut self) -> Option<&'text str> {
        let (word, rest) = self.rest.split_once(' ')?;
        self.rest = rest;
        Some(word)
    }
}

fn both(mut words: Words<'_>) -> bool {
    let one = words.next_word();
    let other = words.next_word();
    one == other
}
// end: words

// anchor: last_use
fn grow() -> Vec<u32> {
    let mut numbers = vec![1, 2, 3];
    let first = &numbers[0];
    let copy = *first;
    numbers.push(copy);
    numbers
}
// end: last_use

// anchor: static_owned
fn keep<T: 'static>(value: T) -> T {
    value
}

fn kept() -> String {
    let local = String::from("made at run time");
    keep(local)
}
// end: static_owned

// anchor: scoped
fn count(names: &[&str]) -> usize {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| names.len());
        thread.join().unwrap_or(0)
    })
}
// end: scoped

// anchor: two_lifetimes
fn swap_names<'a, 'b>(pair: (&'a str, &'b str)) -> (&'b str, &'a str) {
    (pair.1, pair.0)
}
// end: two_lifetimes

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_returns_what_its_signature_says() {
        assert_eq!(first_word("one two"), "one");
        assert_eq!(longest("ab", "abc"), "abc");
        assert_eq!(host("example.com/path"), "example.com");
        assert_eq!(swap_names(("a", "b")), ("b", "a"));
        assert_eq!(kept(), "made at run time");
        assert_eq!(grow(), [1, 2, 3, 1]);
        assert_eq!(count(&["Ada", "Grace"]), 2);
    }

    // anchor: method_used
    #[test]
    fn only_self_stays_borrowed() {
        let config = Config { name: "site".to_owned() };
        let mut log = Vec::new();
        let name = config.name_logged(&mut log, &String::from("a reason that is gone at once"));
        log.clear();
        assert_eq!(name, "site");
    }
    // end: method_used

    #[test]
    fn words_outlive_their_parser() {
        assert!(both(Words { rest: "a a b" }));
        let text = String::from("one two ");
        let first = {
            let mut words = Words { rest: &text };
            words.next_word()
        };
        assert_eq!(first, Some("one"));
    }
}
