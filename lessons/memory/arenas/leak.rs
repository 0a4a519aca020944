//! What an arena does not do when it is dropped: run the destructors of what lies in it.
//!
//! Shown by the lesson `memory/arenas`. It must never hide the leak: each test counts.

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;
use std::cell::RefCell;

// anchor: nodes
/// A node in an arena, its edges in a vector on the heap: dropping the arena forgets the vector.
pub struct Leaky<'arena> {
    /// The node's name.
    pub id: u32,
    /// Where it leads.
    pub edges: RefCell<Vec<&'arena Self>>,
}

/// A node in an arena, its edges in the same arena: nothing is left outside.
pub struct Contained<'arena> {
    /// The node's name.
    pub id: u32,
    /// Where it leads.
    pub edges: RefCell<ArenaVec<'arena, &'arena Self>>,
}
// end: nodes

// anchor: cycle
/// Two nodes that point at each other, which takes no counts and no `Rc`: both live exactly as long as the arena.
pub fn pair(arena: &Bump) -> &Contained<'_> {
    let node = |id| -> &Contained<'_> { arena.alloc(Contained { id, edges: RefCell::new(ArenaVec::new_in(arena)) }) };
    let (first, second) = (node(1), node(2));
    first.edges.borrow_mut().push(second);
    second.edges.borrow_mut().push(first);
    first
}
// end: cycle

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn a_cycle_leads_back() {
        let arena = Bump::new();
        let first = pair(&arena);
        let second = first.edges.borrow()[0];
        assert_eq!(second.edges.borrow()[0].id, first.id);
    }

    // anchor: forgotten
    #[test]
    fn a_vector_in_an_arena_is_forgotten() {
        let witness = Rc::new(());
        let arena = Bump::new();
        arena.alloc(vec![Rc::clone(&witness)]);
        drop(arena);
        // Had the vector been dropped, its clone would be gone and the count 1.
        assert_eq!(Rc::strong_count(&witness), 2);
    }

    #[test]
    fn an_arena_vector_has_nothing_outside() {
        let arena = Bump::new();
        let before = arena.allocated_bytes();
        let edges = arena.alloc(ArenaVec::new_in(&arena));
        edges.extend(0..1_000_u32);
        assert!(arena.allocated_bytes() - before >= 4_000);
    }
    // end: forgotten

    #[test]
    fn an_arena_vector_of_owners_still_leaks() {
        let witness = Rc::new(());
        let arena = Bump::new();
        arena.alloc(ArenaVec::new_in(&arena)).push(Rc::clone(&witness));
        drop(arena);
        assert_eq!(Rc::strong_count(&witness), 2);
    }

    // anchor: needs_drop
    #[test]
    fn ask_the_compiler_what_would_be_forgotten() {
        assert!(std::mem::needs_drop::<Leaky<'_>>());
        // An arena's vector has a destructor too. Skipping it is harmless as long as its elements have none.
        assert!(std::mem::needs_drop::<Contained<'_>>());
        assert!(!std::mem::needs_drop::<(u32, &[&Leaky<'_>])>());
    }
    // end: needs_drop
}
