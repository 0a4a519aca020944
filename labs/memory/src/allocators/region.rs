//! The bytes that an allocator hands out, and where it notes what is free: in the free bytes themselves. It must never hand out a byte itself.

use std::alloc::{GlobalAlloc, Layout, System, handle_alloc_error};
use std::ptr::NonNull;

/// A place in a region, in bytes from its beginning.
pub type At = u32;

/// A piece of memory of its own. Allocators name places in it; what stands there belongs to whoever was handed it.
#[derive(Debug)]
pub struct Region {
    base: NonNull<u8>,
    layout: Layout,
}

// SAFETY: a region is the only owner of its memory.
unsafe impl Send for Region {}

impl Region {
    /// The largest alignment of a region's beginning: places are as aligned as addresses up to this.
    pub const ALIGN: u32 = 4_096;

    /// A region of `bytes`, rounded up to whole pages of 4 KiB. All of it is 0.
    #[must_use]
    pub fn new(bytes: u32) -> Self {
        let pages = bytes.clamp(Self::ALIGN, 1 << 30).next_multiple_of(Self::ALIGN);
        let layout = Layout::from_size_align(pages as usize, Self::ALIGN as usize).unwrap_or(Layout::new::<u64>());
        // SAFETY: the layout is never empty.
        let base = unsafe { System.alloc_zeroed(layout) };
        Self { base: NonNull::new(base).unwrap_or_else(|| handle_alloc_error(layout)), layout }
    }

    /// How many bytes it has.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a region was made of at most 1 GiB")]
    pub const fn bytes(&self) -> u32 {
        self.layout.size() as u32
    }

    /// The address of a place.
    ///
    /// # Panics
    /// The place is not in the region.
    #[must_use]
    pub fn address(&self, at: At) -> *mut u8 {
        assert!(at < self.bytes(), "a place outside the region");
        // SAFETY: the place was found to lie within the region.
        unsafe { self.base.as_ptr().add(at as usize) }
    }

    /// The place of an address.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "the distance within a region of at most 1 GiB")]
    pub fn place(&self, address: *mut u8) -> At {
        (address as usize).wrapping_sub(self.base.as_ptr() as usize) as u32
    }

    /// A number that was noted at a place.
    ///
    /// # Panics
    /// The place is not in the region, or not a multiple of 4.
    #[must_use]
    pub fn read(&self, at: At) -> u32 {
        // SAFETY: the place is in the region and aligned; all of the region was written, by `new` if by nobody else.
        unsafe { self.word(at).read() }
    }

    /// Notes a number. The place must be free: what somebody was handed there would be overwritten.
    ///
    /// # Panics
    /// As [`Region::read`].
    pub fn write(&mut self, at: At, value: u32) {
        // SAFETY: as in `read`; and nobody else owns this word, since the place is free.
        unsafe { self.word(at).write(value) }
    }

    #[allow(clippy::cast_ptr_alignment, reason = "the region begins at a page, and the place is a multiple of 4")]
    fn word(&self, at: At) -> *mut u32 {
        assert!(at.is_multiple_of(4), "a note must be aligned");
        self.address(at).cast::<u32>()
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        // SAFETY: it was allocated by the same allocator with the same layout.
        unsafe { System.dealloc(self.base.as_ptr(), self.layout) }
    }
}
