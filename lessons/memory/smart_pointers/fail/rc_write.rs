//! Must not compile: what has several owners is shared, and what is shared is not written.

use std::rc::Rc;

// anchor: rc_write
fn main() {
    let list = Rc::new(vec![1, 2]);
    list.push(3);
    println!("{list:?}");
}
// end: rc_write
