//! A slab: blocks of a few sizes, each size with a list of its own. It must never search.

use super::{At, Heap, Region};

const NONE: At = At::MAX;

/// The sizes are 16, 32 … 4,096.
const CLASSES: usize = 9;
const SMALLEST: u32 = 16;
/// A size gets its memory by the page, and a page serves one size for ever.
const PAGE: u32 = 4_096;

// anchor: slab
/// Every block of a size is as good as any other, so the first free one will do.
#[derive(Debug)]
pub struct Slab {
    region: Region,
    /// The first free block of each size; in it stands the next.
    free: [At; CLASSES],
    /// Pages before this belong to a size.
    next_page: At,
}

impl Heap for Slab {
    fn new(region: Region) -> Self {
        Self { region, free: [NONE; CLASSES], next_page: 0 }
    }

    fn allocate(&mut self, size: u32, align: u32) -> Option<At> {
        let class = class(size, align)?;
        if self.free[class] == NONE {
            self.cut_page(class)?;
        }
        let at = self.free[class];
        self.free[class] = self.region.read(at);
        Some(at)
    }

    fn free(&mut self, at: At, size: u32, align: u32) {
        let Some(class) = class(size, align) else { return };
        self.region.write(at, self.free[class]);
        self.free[class] = at;
    }

    fn taken(&self, size: u32, align: u32) -> u32 {
        class(size, align).map_or(size, |class| SMALLEST << class)
    }

    fn region(&self) -> &Region {
        &self.region
    }
}
// end: slab

/// The smallest size that holds the request; a block of 2ⁿ bytes is aligned to 2ⁿ, so alignment is a question of size. None beyond the largest.
fn class(size: u32, align: u32) -> Option<usize> {
    let need = size.max(align).max(SMALLEST).checked_next_power_of_two()?;
    let class = (need / SMALLEST).trailing_zeros() as usize;
    (class < CLASSES).then_some(class)
}

impl Slab {
    /// Makes a fresh page into free blocks of a size, the first of them first.
    fn cut_page(&mut self, class: usize) -> Option<()> {
        let page = self.next_page;
        if page.checked_add(PAGE)? > self.region.bytes() {
            return None;
        }
        self.next_page = page + PAGE;
        let size = SMALLEST << class;
        let mut first = self.free[class];
        for at in (page..page + PAGE).step_by(size as usize).rev() {
            self.region.write(at, first);
            first = at;
        }
        self.free[class] = first;
        Some(())
    }
}

#[cfg(test)]
impl Slab {
    /// How many bytes belong to a size.
    pub(super) const fn pages(&self) -> At {
        self.next_page
    }
}
