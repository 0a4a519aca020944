//! The allocator lab: four allocators small enough to be read, beside the two that one would use, under one contract and one workload.
//!
//! Each serves a [`Region`] of its own. [`Shared`] puts it behind `GlobalAlloc`'s contract, and through that alone it is timed. Nothing here may
//! read a clock, and no contender may be slowed.

mod bump;
mod exercise;
mod free_list;
mod lab;
mod reach;
mod region;
mod riddle;
mod slab;
#[cfg(test)]
mod tests;
mod watched;
mod workload;

pub use bump::Bump;
pub(crate) use exercise::judge;
pub use free_list::{BestFit, FirstFit, FreeList};
pub(crate) use lab::prepare;
pub use region::{At, Region};
pub(crate) use riddle::riddle;
pub use slab::Slab;
pub(crate) use watched::{clicks, watch};
pub use workload::{Operation, operations};

use std::alloc::{GlobalAlloc, Layout};
use std::sync::{Mutex, MutexGuard, PoisonError};

// anchor: heap
/// What an allocator of this lab is. Sizes and alignments are those of the request; an alignment is a power of two.
pub trait Heap {
    /// An allocator that may hand out all of `region`.
    fn new(region: Region) -> Self
    where
        Self: Sized;

    /// A block of `size` bytes at a multiple of `align`; none if there is no room.
    fn allocate(&mut self, size: u32, align: u32) -> Option<At>;

    /// Takes a block back. `at` is what [`Heap::allocate`] gave for the same size and alignment, and it comes back once.
    fn free(&mut self, at: At, size: u32, align: u32);

    /// How many bytes a block really takes.
    fn taken(&self, size: u32, align: u32) -> u32;

    /// What it hands out.
    fn region(&self) -> &Region;
}
// end: heap

// anchor: global-alloc
/// A [`Heap`] behind the standard library's contract. As it stands it cannot be the global allocator: that is a `static`, and neither
/// [`Region::new`] nor [`Heap::new`] is `const`.
#[derive(Debug)]
pub struct Shared<H>(Mutex<H>);

// SAFETY: a block lies in the heap's own region, overlaps no other that is out, and is as aligned as was asked (the tests of this module ask
// for all three, with drawn requests); `Heap` never unwinds but where a place is not in its region, which none of it hands out.
unsafe impl<H: Heap> GlobalAlloc for Shared<H> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some((size, align)) = request(layout) else { return std::ptr::null_mut() };
        let mut heap = self.lock();
        heap.allocate(size, align).map_or(std::ptr::null_mut(), |at| heap.region().address(at))
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some((size, align)) = request(layout) else { return };
        let mut heap = self.lock();
        let at = heap.region().place(block);
        heap.free(at, size, align);
    }
}
// end: global-alloc

impl<H: Heap> Shared<H> {
    /// Shares an allocator.
    pub const fn new(heap: H) -> Self {
        Self(Mutex::new(heap))
    }

    fn lock(&self) -> MutexGuard<'_, H> {
        // Nothing in a heap panics half way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request in the numbers of this lab; none if it is beyond any region, whose beginning is aligned to [`Region::ALIGN`].
fn request(layout: Layout) -> Option<(u32, u32)> {
    let align = u32::try_from(layout.align()).ok().filter(|align| *align <= Region::ALIGN)?;
    Some((u32::try_from(layout.size()).ok()?, align))
}
