//! Must not compile: a box is the one owner, so to give it away is to have it no more.

// anchor: box_moved
fn main() {
    let text = Box::new(String::from("boxed"));
    let other = text;
    println!("{text} {other}");
}
// end: box_moved
