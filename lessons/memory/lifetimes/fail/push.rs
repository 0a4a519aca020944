//! Must not compile: the vector may move its buffer while a reference into it is still used.

// anchor: push
fn main() {
    let mut numbers = vec![1, 2, 3];
    let first = &numbers[0];
    numbers.push(4);
    println!("{first}");
}
// end: push
