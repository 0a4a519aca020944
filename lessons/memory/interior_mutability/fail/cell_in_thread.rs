//! Must not compile: a `Cell` has no protection against a second thread, and its type says so.

use std::cell::Cell;

// anchor: cell_in_thread
fn main() {
    let hits = Cell::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| hits.set(hits.get() + 1));
    });
    println!("{}", hits.get());
}
// end: cell_in_thread
