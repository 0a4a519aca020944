//! Must not compile: without a cell, nothing is written through a shared reference.

// anchor: through_shared
struct Page {
    views: u32,
}

fn read(page: &Page) {
    page.views += 1;
}
// end: through_shared

fn main() {}
