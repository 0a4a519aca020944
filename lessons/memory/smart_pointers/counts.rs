//! An `Rc` and its two counts, step by step.

use std::rc::{Rc, Weak};

// anchor: counts
struct Note(&'static str);

impl Drop for Note {
    fn drop(&mut self) {
        println!("               dropped: {}", self.0);
    }
}

fn state(step: &str, note: &Weak<Note>) {
    println!("{step:<14} {} strong, {} weak", note.strong_count(), note.weak_count());
}

fn main() {
    let first = Rc::new(Note("a note"));
    let watcher = Rc::downgrade(&first);
    state("made", &watcher);
    let second = Rc::clone(&first);
    state("cloned", &watcher);
    drop(first);
    state("one dropped", &watcher);
    println!("still there?   {}", watcher.upgrade().is_some());
    drop(second);
    state("both dropped", &watcher);
    println!("still there?   {}", watcher.upgrade().is_some());
}
// end: counts
