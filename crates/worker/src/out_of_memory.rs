//! An allocator that says so before a failed allocation ends the lab.
//!
//! A panic and an out-of-memory both reach the page as `RuntimeError: unreachable`, and stable Rust has no hook for the
//! second, so the bundle's global allocator reports it. It must not allocate while it does.

use std::alloc::{GlobalAlloc, Layout};

/// Wraps a bundle's allocator; posts the size of the first allocation that fails.
pub struct Reporting<A>(pub A);

// SAFETY: every call goes to the wrapped allocator unchanged, whose contract is the same.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Reporting<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise, passed on.
        report_if_null(unsafe { self.0.alloc(layout) }, layout.size())
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise, passed on.
        unsafe { self.0.dealloc(pointer, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise, passed on.
        report_if_null(unsafe { self.0.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller's promise, passed on.
        report_if_null(unsafe { self.0.realloc(pointer, layout, new_size) }, new_size)
    }
}

#[inline]
fn report_if_null(pointer: *mut u8, size: usize) -> *mut u8 {
    if pointer.is_null() {
        report(size);
    }
    pointer
}

#[cold]
fn report(size: usize) {
    #[cfg(target_arch = "wasm32")]
    crate::browser::post_out_of_memory(size);
    // Natively the standard library's own message says it.
    #[cfg(not(target_arch = "wasm32"))]
    let _ = size;
}
