//! Must not compile: what borrows a line cannot outlive the reading of the next.

// anchor: borrowed_too_long
fn main() {
    let mut line = String::new();
    let mut words: Vec<&str> = Vec::new();
    for number in 0..3 {
        line.clear();
        line.push_str(&number.to_string());
        words.push(line.trim());
    }
    println!("{words:?}");
}
// end: borrowed_too_long
