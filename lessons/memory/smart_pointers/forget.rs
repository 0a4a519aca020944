//! Leaking on purpose, without `unsafe`: the destructor is a promise that nobody has to keep.

use std::mem::forget;

// anchor: forget
struct Lock(&'static str);

impl Drop for Lock {
    fn drop(&mut self) {
        println!("released: {}", self.0);
    }
}

fn main() {
    let _first = Lock("the first");
    forget(Lock("the second"));
    let third: &'static Lock = Box::leak(Box::new(Lock("the third")));
    println!("kept for ever: {}", third.0);
}
// end: forget
