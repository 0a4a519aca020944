//! A pipeline over lines of text, written five ways, under an allocator that counts.
//!
//! Counts are exact and the same in each run; there is no clock here.

#![allow(clippy::needless_pass_by_value, reason = "the first pipeline asks for more than it needs, which is what is counted")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

// anchor: allocator
/// The system's allocator, and a count of what is asked of it.
struct Counting;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed on unchanged to the system's allocator, which keeps the contract.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Relaxed);
        BYTES.fetch_add(layout.size(), Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`, which is that of the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: `place` came from `alloc` above, and so from the system's allocator, with this layout.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What `work` asked of the allocator, as a line of the table.
fn count<T>(name: &str, work: impl FnOnce() -> T) {
    let before = (CALLS.load(Relaxed), BYTES.load(Relaxed));
    let made = work();
    let (calls, bytes) = (CALLS.load(Relaxed) - before.0, BYTES.load(Relaxed) - before.1);
    drop(made);
    println!("{name:24} {calls:6} allocations {bytes:8} bytes");
}
// end: allocator

// anchor: owned
/// Each stage takes a text and gives a new one.
fn clean_owned(line: String) -> String {
    let trimmed = line.trim().to_owned();
    let without_comment = trimmed.split('#').next().unwrap_or_default().to_owned();
    without_comment.replace('\t', "    ")
}
// end: owned

// anchor: borrowed
/// The stages that only look at less of the text give a part of it.
fn clean_borrowed(line: &str) -> String {
    line.trim().split('#').next().unwrap_or_default().replace('\t', "    ")
}
// end: borrowed

// anchor: cow
/// And the last stage copies only what it must change.
fn clean_cow(line: &str) -> Cow<'_, str> {
    let part = line.trim().split('#').next().unwrap_or_default();
    if part.contains('\t') { Cow::Owned(part.replace('\t', "    ")) } else { Cow::Borrowed(part) }
}
// end: cow

// anchor: share
/// One text for each of `owners`.
fn share<T: Clone>(text: &T, owners: usize) -> Vec<T> {
    vec![text.clone(); owners]
}
// end: share

// anchor: main
fn main() {
    // One line in ten has a tab.
    let lines: Vec<String> = (0..1_000)
        .map(|number| format!("  line {number:04}{}of a log  # a comment\n", if number % 10 == 0 { '\t' } else { ' ' }))
        .collect();

    println!("1,000 lines cleaned:");
    count("String at each stage", || lines.iter().map(|line| clean_owned(line.clone())).collect::<Vec<_>>());
    count("&str, then String", || lines.iter().map(|line| clean_borrowed(line)).collect::<Vec<_>>());
    count("Cow", || lines.iter().map(|line| clean_cow(line)).collect::<Vec<_>>());

    let text = "x".repeat(10_000);
    let (rc, arc): (Rc<str>, Arc<str>) = (Rc::from(text.as_str()), Arc::from(text.as_str()));
    println!("A text of 10,000 bytes for 100 owners:");
    count("String", || share(&text, 100));
    count("&str", || share(&text.as_str(), 100));
    count("Rc<str>", || share(&rc, 100));
    count("Arc<str>", || share(&arc, 100));
    println!("One String made into one that can be shared:");
    count("Rc<str>", move || Rc::<str>::from(text));
}
// end: main
