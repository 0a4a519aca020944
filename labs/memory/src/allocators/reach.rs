//! How much memory the two allocators need that are not ours: each serves the calls once, untimed, from a region of its own, and what counts is how
//! far from the region's beginning a block of theirs ever ends. It must never be timed: the standard library's own allocator is, and this
//! is an instance of the crate that it comes from, whose version need not be the one that Rust brings.

use super::lab::{Call, REGION, talc};
use super::region::Region;
use std::alloc::{GlobalAlloc, Layout};
use std::cell::{Cell, RefCell};
use std::ptr::null_mut;

/// What memory is given to dlmalloc by, in bytes: as a Wasm memory grows.
const PAGE: u32 = 64 << 10;

/// Bytes of its region that talc needs for these calls; none if it refused one.
pub(super) fn of_talc(calls: &[Call]) -> Option<u64> {
    let (talc, region) = talc();
    reach(&talc, region.address(0).addr(), calls)
}

/// Bytes of its region that dlmalloc needs for these calls; none if it refused one.
pub(super) fn of_dlmalloc(calls: &[Call]) -> Option<u64> {
    let pages = Pages { region: Region::new(REGION), given: Cell::new(0) };
    let begin = pages.region.address(0).addr();
    reach(&Alone(RefCell::new(dlmalloc::Dlmalloc::new_with_allocator(pages))), begin, calls)
}

/// How far behind `begin` a block of `heap` ever ends, under these calls.
fn reach(heap: &impl GlobalAlloc, begin: usize, calls: &[Call]) -> Option<u64> {
    let mut blocks: Vec<(*mut u8, Layout)> = Vec::with_capacity(calls.len());
    let mut end = begin;
    for call in calls {
        match *call {
            Call::Alloc(layout) => {
                // SAFETY: no layout is empty.
                let block = unsafe { heap.alloc(layout) };
                if block.is_null() {
                    return None;
                }
                end = end.max(block.addr() + layout.size());
                blocks.push((block, layout));
            }
            Call::Free(number) => {
                let (block, layout) = blocks[number];
                // SAFETY: it was handed out for this layout, and comes back once.
                unsafe { heap.dealloc(block, layout) };
            }
        }
    }
    Some((end - begin) as u64)
}

/// An instance of dlmalloc with a region of its own.
struct Alone(RefCell<dlmalloc::Dlmalloc<Pages>>);

// SAFETY: every call goes to dlmalloc unchanged, whose contract is the same; it calls nobody that could come back here.
unsafe impl GlobalAlloc for Alone {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise, passed on.
        unsafe { self.0.borrow_mut().malloc(layout.size(), layout.align()) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise, passed on.
        unsafe { self.0.borrow_mut().free(block, layout.size(), layout.align()) }
    }
}

/// The pages of a region, one behind another; none comes back, as in Wasm.
struct Pages {
    region: Region,
    given: Cell<u32>,
}

// SAFETY: what is handed out lies in the region, whose memory is nobody else's, is never handed out twice, and was written with zeros.
unsafe impl dlmalloc::Allocator for Pages {
    fn alloc(&self, size: usize) -> (*mut u8, usize, u32) {
        let begin = self.given.get();
        let rounded = u32::try_from(size).ok().and_then(|size| size.checked_next_multiple_of(PAGE));
        match rounded.filter(|size| *size > 0 && *size <= self.region.bytes() - begin) {
            Some(size) => {
                self.given.set(begin + size);
                (self.region.address(begin), size as usize, 0)
            }
            None => (null_mut(), 0, 0),
        }
    }

    fn remap(&self, _: *mut u8, _: usize, _: usize, _: bool) -> *mut u8 {
        null_mut()
    }

    fn free_part(&self, _: *mut u8, _: usize, _: usize) -> bool {
        false
    }

    fn free(&self, _: *mut u8, _: usize) -> bool {
        false
    }

    fn can_release_part(&self, _: u32) -> bool {
        false
    }

    fn allocates_zeros(&self) -> bool {
        true
    }

    fn page_size(&self) -> usize {
        PAGE as usize
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, process::Command};

    /// Rust's version of dlmalloc and this lab's that were read side by side: what the newer one lets its users set has for its default what was fixed
    /// in the older one, and blocks are handed out and taken back by the same lines. Whoever finds another pair here reads again.
    const ALIKE: [(&str, &str); 1] = [("0.2.11", "0.2.14")];

    /// The version that Rust's standard library brings in Wasm, from the paths that its code names.
    fn of_rust() -> String {
        let asked = ["--print=target-libdir", "--target=wasm32-unknown-unknown"];
        let folder = String::from_utf8(Command::new("rustc").args(asked).output().unwrap().stdout).unwrap();
        let files = fs::read_dir(folder.trim()).unwrap().map(|entry| entry.unwrap().path());
        let library = files.filter(|path| path.extension().is_some_and(|end| end == "rlib"));
        let found = library.filter_map(|path| path.to_str().filter(|path| path.contains("libdlmalloc-")).map(fs::read));
        let text = found.map(|bytes| String::from_utf8_lossy(&bytes.unwrap()).into_owned()).collect::<String>();
        let versions = text.split("/dlmalloc-").skip(1).filter_map(|rest| rest.split_once("/src/"));
        versions.map(|(version, _)| version.to_owned()).next().unwrap()
    }

    #[test]
    fn a_report_names_the_dlmalloc_that_is_counted_and_it_serves_as_rust_s_own() {
        let ours = crate::CRATES.iter().find_map(|name| name.strip_prefix("dlmalloc ")).unwrap();
        let rust = of_rust();
        assert!(ALIKE.contains(&(&rust, ours)), "Rust brings {rust}, and {ours} is counted");
    }
}
