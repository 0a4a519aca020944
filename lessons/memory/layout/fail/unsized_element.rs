//! Must not compile: an array's elements must have a size that is known.

// anchor: unsized_element
struct Row {
    cells: [str; 4],
}
// end: unsized_element

fn main() {}
