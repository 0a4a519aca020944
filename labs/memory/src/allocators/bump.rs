//! The simplest allocator: a place that moves on. It must never look back.

use super::{At, Heap, Region};

// anchor: bump
/// Hands out one block behind another. It cannot give a place out again before all blocks are back.
#[derive(Debug)]
pub struct Bump {
    region: Region,
    /// Everything before this is handed out.
    next: At,
    /// How many blocks are out.
    live: u32,
}

impl Heap for Bump {
    fn new(region: Region) -> Self {
        Self { region, next: 0, live: 0 }
    }

    fn allocate(&mut self, size: u32, align: u32) -> Option<At> {
        let at = self.next.checked_next_multiple_of(align)?;
        let end = at.checked_add(size)?;
        if end > self.region.bytes() {
            return None;
        }
        self.next = end;
        self.live += 1;
        Some(at)
    }

    fn free(&mut self, _at: At, _size: u32, _align: u32) {
        self.live -= 1;
        // The last block takes all places back with it.
        if self.live == 0 {
            self.next = 0;
        }
    }

    fn taken(&self, size: u32, _align: u32) -> u32 {
        size
    }

    fn region(&self) -> &Region {
        &self.region
    }
}
// end: bump
