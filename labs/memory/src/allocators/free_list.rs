//! The classic: a list of what is free, kept in the free blocks themselves. It must never note anything in a block that is handed out.

use super::{At, Heap, Region};

/// No block: the end of the list.
const NONE: At = At::MAX;

/// Every block is a multiple of this: a free one must hold its own two notes, its length and where the next one is.
const UNIT: u32 = 8;

/// A list in the order of addresses, with a search that is fixed when it is made.
#[derive(Debug)]
pub struct FreeList<const BEST: bool> {
    region: Region,
    first: At,
}

/// Takes the first free block that is large enough.
pub type FirstFit = FreeList<false>;
/// Looks at all of them and takes the smallest that is large enough.
pub type BestFit = FreeList<true>;

/// A free block that can serve a request.
struct Hole {
    /// The free block before it in the list.
    before: At,
    at: At,
    len: u32,
    /// Where the request would begin: the block's own beginning may not be aligned enough.
    start: At,
}

impl<const BEST: bool> Heap for FreeList<BEST> {
    fn new(region: Region) -> Self {
        let mut list = Self { region, first: NONE };
        list.note(0, list.region.bytes(), NONE);
        list.first = 0;
        list
    }

    // anchor: allocate
    fn allocate(&mut self, size: u32, align: u32) -> Option<At> {
        let size = self.taken(size, align);
        let hole = self.find(size, align)?;
        let (_, mut next) = self.noted(hole.at);
        // What is left behind the block stays free, and so does what its alignment leaves before it.
        let end = hole.start + size;
        let rest = hole.at + hole.len - end;
        if rest > 0 {
            self.note(end, rest, next);
            next = end;
        }
        if hole.start > hole.at {
            self.note(hole.at, hole.start - hole.at, next);
            next = hole.at;
        }
        self.link(hole.before, next);
        Some(hole.start)
    }
    // end: allocate

    // anchor: free
    fn free(&mut self, at: At, size: u32, align: u32) {
        // Whoever gives a block back says how large it was: Rust's contract, so no block carries a header.
        let mut len = self.taken(size, align);
        let (mut before, mut next) = (NONE, self.first);
        while next < at {
            (before, next) = (next, self.noted(next).1);
        }
        // Coalescing: two free blocks side by side are one.
        if at + len == next {
            let behind = self.noted(next);
            (len, next) = (len + behind.0, behind.1);
        }
        if before != NONE && before + self.noted(before).0 == at {
            self.note(before, self.noted(before).0 + len, next);
        } else {
            self.note(at, len, next);
            self.link(before, at);
        }
    }
    // end: free

    fn taken(&self, size: u32, _align: u32) -> u32 {
        size.max(1).checked_next_multiple_of(UNIT).unwrap_or(u32::MAX)
    }

    fn region(&self) -> &Region {
        &self.region
    }
}

impl<const BEST: bool> FreeList<BEST> {
    // anchor: find
    /// The free block that will serve the request.
    fn find(&self, size: u32, align: u32) -> Option<Hole> {
        let mut found: Option<Hole> = None;
        let (mut before, mut at) = (NONE, self.first);
        while at != NONE {
            let (len, next) = self.noted(at);
            let start = at.next_multiple_of(align.max(UNIT));
            let fits = start.checked_add(size).is_some_and(|end| end <= at + len);
            if fits && found.as_ref().is_none_or(|best| len < best.len) {
                found = Some(Hole { before, at, len, start });
                if !BEST {
                    break;
                }
            }
            (before, at) = (at, next);
        }
        found
    }
    // end: find

    /// A free block's length, and the next free block.
    fn noted(&self, at: At) -> (u32, At) {
        (self.region.read(at), self.region.read(at + 4))
    }

    fn note(&mut self, at: At, len: u32, next: At) {
        self.region.write(at, len);
        self.region.write(at + 4, next);
    }

    /// Lets the block before, or the list itself, lead to `to`.
    fn link(&mut self, before: At, to: At) {
        if before == NONE {
            self.first = to;
        } else {
            self.region.write(before + 4, to);
        }
    }

    /// The free blocks with their lengths, in order.
    #[cfg(test)]
    pub(super) fn holes(&self) -> Vec<(At, u32)> {
        let mut holes = Vec::new();
        let mut at = self.first;
        while at != NONE {
            let (len, next) = self.noted(at);
            holes.push((at, len));
            at = next;
        }
        holes
    }
}
