//! Must not compile: a struct that borrows may not outlive what it borrows.

struct Words<'text> {
    rest: &'text str,
}

// anchor: struct_outlives
fn words_of(line: String) -> Words<'static> {
    Words { rest: &line }
}
// end: struct_outlives

fn main() {}
