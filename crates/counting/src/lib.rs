//! A global allocator that counts what passes through it.
//!
//! It must never change what is allocated: every call goes to the allocator inside it. Counting costs a few additions a call. A program that
//! always counts ([`Counting::new`]) has them in every timing: alike for all contenders, so one that calls the allocator more often pays more
//! of them. One that counts on demand ([`Counting::on_demand`]) pays a look at a flag while nobody counts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

/// Counts the calls and bytes of the allocator inside it, for each thread apart. A program opts in:
/// `#[global_allocator] static ALLOCATOR: Counting = Counting::new(System);`
#[derive(Clone, Copy, Debug, Default)]
pub struct Counting<A = System> {
    inner: A,
    when: When,
}

/// When an allocator counts.
#[derive(Clone, Copy, Debug, Default)]
enum When {
    #[default]
    Always,
    /// Within [`usage`] alone.
    OnDemand,
}

impl<A> Counting<A> {
    /// Counts what passes on its way to `inner`.
    pub const fn new(inner: A) -> Self {
        Self { inner, when: When::Always }
    }

    /// Counts what passes on its way to `inner`, but only within [`usage`].
    pub const fn on_demand(inner: A) -> Self {
        Self { inner, when: When::OnDemand }
    }

    fn counts_now(&self) -> bool {
        match self.when {
            When::Always => true,
            When::OnDemand => IS_ASKED.get(),
        }
    }
}

/// What a thread has asked of the allocator so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls that returned memory. Growing a block in place or by moving it is one call more.
    pub allocations: u64,
    /// Bytes asked for and not yet given back; the allocator's own bookkeeping is not among them.
    /// Negative on a thread that frees what another one allocated.
    pub live: i64,
    /// The highest `live` since [`restart_peak`].
    pub peak: i64,
}

thread_local! {
    // A constant without a destructor: reading it never allocates, which an allocator could not survive. Without threads, as in
    // a Wasm worker, this is a plain static; natively it keeps parallel tests out of each other's counts.
    static COUNTS: Cell<Counts> = const { Cell::new(Counts { allocations: 0, live: 0, peak: 0 }) };
    static IS_ASKED: Cell<bool> = const { Cell::new(false) };
}

/// This thread's counts; all zero for ever if [`Counting`] is not the global allocator.
#[must_use]
pub fn counts() -> Counts {
    COUNTS.get()
}

/// Lets the peak start again from what is alive now.
pub fn restart_peak() {
    let counts = COUNTS.get();
    COUNTS.set(Counts { peak: counts.live, ..counts });
}

/// What one piece of work asked of the allocator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Calls that returned memory.
    pub allocations: u64,
    /// The most bytes alive at once, beyond those alive before.
    pub peak: u64,
}

/// Does `work` and says what it asked of the allocator; none if [`Counting`] is not the global one.
pub fn usage(work: impl FnOnce()) -> Option<Usage> {
    let was_asked = IS_ASKED.replace(true);
    let usage = is_installed().then(|| {
        restart_peak();
        let before = counts();
        work();
        let after = counts();
        Usage { allocations: after.allocations - before.allocations, peak: (after.peak - before.live).max(0).cast_unsigned() }
    });
    IS_ASKED.set(was_asked);
    usage
}

/// Whether [`Counting`] is the global allocator, and counts: seen by allocating.
#[must_use]
pub fn is_installed() -> bool {
    let before = counts();
    drop(black_box(Box::new(0_u8)));
    counts() != before
}

/// Records one call of the allocator that changed the bytes alive from `old` to `new`.
fn count(allocations: u64, old: usize, new: usize) {
    let mut counts = COUNTS.get();
    counts.allocations += allocations;
    // No block exceeds isize::MAX bytes, so neither cast changes the value.
    counts.live += new.cast_signed() as i64 - old.cast_signed() as i64;
    counts.peak = counts.peak.max(counts.live);
    COUNTS.set(counts);
}

// SAFETY: every method hands its arguments unchanged to the inner allocator, which upholds the contract, and returns what that
// returned. Counting touches only a thread-local cell: it neither allocates nor unwinds.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Counting<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps `alloc`'s contract.
        let block = unsafe { self.inner.alloc(layout) };
        if !block.is_null() && self.counts_now() {
            count(1, 0, layout.size());
        }
        block
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps `alloc_zeroed`'s contract.
        let block = unsafe { self.inner.alloc_zeroed(layout) };
        if !block.is_null() && self.counts_now() {
            count(1, 0, layout.size());
        }
        block
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller keeps `realloc`'s contract.
        let moved = unsafe { self.inner.realloc(block, layout, new_size) };
        // A failed `realloc` leaves the old block alive, so nothing changed.
        if !moved.is_null() && self.counts_now() {
            count(1, layout.size(), new_size);
        }
        moved
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps `dealloc`'s contract.
        unsafe { self.inner.dealloc(block, layout) };
        if self.counts_now() {
            count(0, layout.size(), 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_counted_and_a_balance_is_kept() {
        let allocator = Counting::new(System);
        let layout = Layout::from_size_align(100, 8).unwrap();
        restart_peak();
        let before = counts();
        // SAFETY: each block is used with its own layout and given back once.
        unsafe {
            let block = allocator.alloc(layout);
            let block = allocator.realloc(block, layout, 300);
            assert_eq!(counts().live - before.live, 300);
            allocator.dealloc(block, Layout::from_size_align(300, 8).unwrap());
            allocator.dealloc(allocator.alloc_zeroed(layout), layout);
        }
        let after = counts();
        assert_eq!((after.allocations - before.allocations, after.live, after.peak), (3, before.live, before.live + 300));
    }

    #[test]
    fn on_demand_means_only_when_asked() {
        let allocator = Counting::on_demand(System);
        let layout = Layout::from_size_align(64, 8).unwrap();
        let before = counts();
        // SAFETY: each block is used with its own layout and given back once.
        let pass = || unsafe { allocator.dealloc(allocator.alloc(layout), layout) };
        pass();
        assert_eq!(counts(), before);
        IS_ASKED.set(true);
        pass();
        IS_ASKED.set(false);
        assert_eq!(counts().allocations, before.allocations + 1);
    }

    #[test]
    fn this_test_binary_has_another_allocator_and_that_is_noticed() {
        assert!(!is_installed());
        assert_eq!(usage(|| ()), None);
    }
}
