//! Must not compile: an `Rc` counts without care for other threads, and its type says so.

use std::rc::Rc;

// anchor: rc_thread
fn main() {
    let text: Rc<str> = Rc::from("shared");
    let theirs = Rc::clone(&text);
    let thread = std::thread::spawn(move || theirs.len());
    println!("{:?} {text}", thread.join());
}
// end: rc_thread
