//! Must not compile: with `&self`, an elided output borrows from self, and the body returns something else.

struct Config {
    name: String,
}

// anchor: not_self
impl Config {
    fn name_or(&self, fallback: &str) -> &str {
        if self.name.is_empty() { fallback } else { &self.name }
    }
}
// end: not_self

fn main() {}
