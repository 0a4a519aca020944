//! Must not compile: a node borrows its arena, so the arena cannot be dropped while the node is still read.

use bumpalo::Bump;

struct Node<'arena> {
    id: u32,
    next: Option<&'arena Node<'arena>>,
}

// anchor: escape
fn main() {
    let arena = Bump::new();
    let last = arena.alloc(Node { id: 2, next: None });
    let first = arena.alloc(Node { id: 1, next: Some(last) });
    drop(arena);
    println!("{} then {:?}", first.id, first.next.map(|node| node.id));
}
// end: escape
