//! Must not compile: the result may be either text, and one of them is gone.

fn longest<'a>(a: &'a str, b: &'a str) -> &'a str {
    if a.len() >= b.len() { a } else { b }
}

// anchor: outlives
fn main() {
    let long = String::from("a long text");
    let winner;
    {
        let short = String::from("short");
        winner = longest(&long, &short);
    }
    println!("{winner}");
}
// end: outlives
