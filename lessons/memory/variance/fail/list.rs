//! Must not compile: a `&mut Vec` of eternal texts takes no other.

// anchor: list
fn add(list: &mut Vec<&'static str>, text: &str) {
    list.push(text);
}
// end: list

fn main() {}
