//! A global allocator that notes every call: where, how much, for whom. What it notes is drawn, never timed.
//!
//! It must never allocate while it notes, since it would note itself without end: events go into room that was made before.

use protocol::memory::{EventKind, MemoryEvent, Owner, Trace};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, RefCell};

/// Notes what passes on its way to the allocator inside it, while [`record`] runs, for each thread apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tracing<A = System>(A);

impl<A> Tracing<A> {
    /// Notes what passes on its way to `inner`.
    pub const fn new(inner: A) -> Self {
        Self(inner)
    }
}

/// The notes: a buffer that never grows.
#[derive(Clone, Debug, Default)]
pub struct Tracer {
    events: Vec<MemoryEvent>,
    lost: u32,
}

impl Tracer {
    /// With room for so many events.
    #[must_use]
    pub fn with_capacity(events: usize) -> Self {
        Self { events: Vec::with_capacity(events), lost: 0 }
    }

    /// Notes an event, or that there was no room for it.
    pub fn note(&mut self, event: MemoryEvent) {
        if self.events.len() < self.events.capacity() {
            self.events.push(event);
        } else {
            self.lost = self.lost.saturating_add(1);
        }
    }

    /// What was noted, in order.
    #[must_use]
    pub fn events(&self) -> &[MemoryEvent] {
        &self.events
    }

    /// The notes as they cross. Without a range of its own, it is that of all blocks, to whole cache lines.
    #[must_use]
    pub fn into_trace(self, range: Option<(u32, u32)>) -> Trace {
        let blocks = self.events.iter().filter(|event| event.kind.is_birth());
        let spans = blocks.map(|event| (event.address, event.address.saturating_add(event.taken)));
        let (start, end) = range.unwrap_or_else(|| {
            let (low, high) = spans.fold((u32::MAX, 0), |(low, high), (from, to)| (low.min(from), high.max(to)));
            (low.min(high) & !63, high.checked_next_multiple_of(64).unwrap_or(u32::MAX))
        });
        Trace { start, end, events: MemoryEvent::pack(&self.events), lost: self.lost }
    }
}

/// Where events are noted while a program runs. In Wasm it lies below the heap, so that the drawn heap is the program's alone; natively, where each
/// thread would have one, it is made on need.
#[cfg(target_arch = "wasm32")]
type Room = [MemoryEvent; MOST];
#[cfg(not(target_arch = "wasm32"))]
type Room = Vec<MemoryEvent>;

/// The most events that are noted of one program: more than any offered one makes on the largest graph (`tests/traces.rs`). 16 MiB, of the bundle's 1 GiB.
pub const MOST: usize = 1 << 20;

/// What stands where nothing was noted yet: all zeros, so that it takes no byte of the bundle.
const BLANK: MemoryEvent = MemoryEvent { kind: EventKind::Alloc, owner: Owner::Other, align: 0, address: 0, size: 0, taken: 0 };

/// The notes of the program that runs.
struct Notes {
    room: Room,
    /// How many events there may be; 0 while no program runs.
    most: usize,
    noted: usize,
    lost: u32,
    /// Whether what came before was forgotten.
    has_begun: bool,
}

impl Notes {
    #[cfg(target_arch = "wasm32")]
    #[allow(clippy::large_stack_arrays, reason = "the value of a static: it never lies on a stack")]
    const NONE: Self = Self { room: [BLANK; MOST], most: 0, noted: 0, lost: 0, has_begun: false };
    #[cfg(not(target_arch = "wasm32"))]
    const NONE: Self = Self { room: Vec::new(), most: 0, noted: 0, lost: 0, has_begun: false };

    fn note(&mut self, event: MemoryEvent) {
        if self.most == 0 {
            return;
        }
        match self.room.get_mut(..self.most).and_then(|room| room.get_mut(self.noted)) {
            Some(place) => {
                *place = event;
                self.noted += 1;
            }
            None => self.lost = self.lost.saturating_add(1),
        }
    }
}

thread_local! {
    static NOTES: RefCell<Notes> = const { RefCell::new(Notes::NONE) };
    static OWNER: Cell<Owner> = const { Cell::new(Owner::Other) };
}

/// Runs `program` and notes up to `events` of what it does to memory, at most [`MOST`], if [`Tracing`] is the global allocator.
pub fn record(events: usize, program: impl FnOnce()) -> Tracer {
    let most = events.clamp(1, MOST);
    // While the notes are borrowed, nothing is noted: their own buffer, natively, is made and copied unseen.
    NOTES.with_borrow_mut(|notes| {
        #[cfg(not(target_arch = "wasm32"))]
        notes.room.resize(most, BLANK);
        (notes.most, notes.noted, notes.lost, notes.has_begun) = (most, 0, 0, false);
    });
    program();
    NOTES.with_borrow_mut(|notes| {
        notes.most = 0;
        Tracer { events: notes.room[..notes.noted].to_vec(), lost: notes.lost }
    })
}

/// Forgets what was noted so far, once while a program runs: what it got ready is not what is looked at. Whether this was that once.
#[must_use]
pub fn restart() -> bool {
    NOTES.with_borrow_mut(|notes| {
        let may = notes.most > 0 && !notes.has_begun;
        if may {
            (notes.noted, notes.lost, notes.has_begun) = (0, 0, true);
        }
        may
    })
}

/// From now on nothing more of the program that runs is noted.
pub fn stop() {
    NOTES.with_borrow_mut(|notes| notes.most = 0);
}

/// What `make` allocates is for `owner`; within it somebody else may be named.
pub fn owned_by<T>(owner: Owner, make: impl FnOnce() -> T) -> T {
    /// Gives the word back, whatever happens.
    struct Before(Owner);
    impl Drop for Before {
        fn drop(&mut self) {
            OWNER.set(self.0);
        }
    }
    let _before = Before(OWNER.replace(owner));
    make()
}

/// Says that the walk reads this value.
pub fn touch<T: ?Sized>(value: &T) {
    let address = std::ptr::from_ref(value).cast::<u8>();
    note(EventKind::Touch, address as usize, size_of_val(value), 0);
}

/// Says that the walk reads this node, and thereby that it visits the next one: what it reads from here on belongs to that visit.
pub fn visit<T>(node: &T) {
    owned_by(Owner::Node, || touch(node));
}

/// Says that a part of the program begins.
pub fn mark(part: u32) {
    note(EventKind::Mark, 0, part as usize, 0);
}

/// Says that so many values were put into a chunk, from `at` on; for whom, [`owned_by`] says.
pub fn carve<T>(at: *const T, many: usize) {
    piece(EventKind::Carve, at, many);
}

/// Says that what was carved there is of use to nobody any more.
pub fn lose<T>(at: *const T, many: usize) {
    piece(EventKind::Lose, at, many);
}

fn piece<T>(kind: EventKind, at: *const T, many: usize) {
    let size = many * size_of::<T>();
    if size > 0 {
        note(kind, at as usize, size, align_of::<T>().trailing_zeros());
    }
}

/// Notes an event of the running program. Whoever asks while the notes are in use is the notes' own buffer.
fn note(kind: EventKind, address: usize, size: usize, align: u32) {
    // A thread that ends has no notes any more.
    let _ = NOTES.try_with(|notes| {
        if let Ok(mut notes) = notes.try_borrow_mut() {
            notes.note(event(kind, OWNER.get(), address, size, align));
        }
    });
}

/// An event as it is packed. Natively an address loses its upper half, which is alike for all of a small heap.
#[allow(clippy::cast_possible_truncation, reason = "in 32-bit Wasm nothing is lost")]
const fn event(kind: EventKind, owner: Owner, address: usize, size: usize, align: u32) -> MemoryEvent {
    let is_block = kind.is_birth() || kind.is_death();
    let taken = if is_block && cfg!(target_arch = "wasm32") { dlmalloc_takes(size) } else { size };
    MemoryEvent { kind, owner, align: align as u8, address: address as u32, size: size as u32, taken: taken as u32 }
}

/// What Wasm's default allocator, dlmalloc, takes for a block at least, by its rule: four bytes of notes before it, multiples of 8, never less than
/// 16. So it is for every alignment: what is cut off before and behind a block that is aligned to more than 8 is free again. Where less than
/// 16 bytes would be left over, the block keeps them: it may have up to 8 more, and with an alignment above 8 up to 16. The rule is typed in here, so what is computed by
/// it is modelled; that no two blocks lie closer is seen in the browser (`tests/e2e/tests/site/memory.rs`). Natively nothing is known, and `size` is said.
const fn dlmalloc_takes(size: usize) -> usize {
    let padded = (size + 4).next_multiple_of(8);
    if padded < 16 { 16 } else { padded }
}

// SAFETY: every method hands its arguments unchanged to the inner allocator, which upholds the contract, and returns what that
// returned. Noting neither allocates nor unwinds: the buffer has its room, and a borrow that fails is let go.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Tracing<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps `alloc`'s contract.
        let block = unsafe { self.0.alloc(layout) };
        note_block(EventKind::Alloc, block, layout);
        block
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps `alloc_zeroed`'s contract.
        let block = unsafe { self.0.alloc_zeroed(layout) };
        note_block(EventKind::Alloc, block, layout);
        block
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller keeps `realloc`'s contract.
        let moved = unsafe { self.0.realloc(block, layout, new_size) };
        // A failed `realloc` leaves the old block alive, so nothing happened.
        if !moved.is_null() {
            note_block(EventKind::Leave, block, layout);
            note(EventKind::Arrive, moved as usize, new_size, layout.align().trailing_zeros());
        }
        moved
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        note_block(EventKind::Free, block, layout);
        // SAFETY: the caller keeps `dealloc`'s contract.
        unsafe { self.0.dealloc(block, layout) };
    }
}

/// Notes what happened to a block, if there is one.
fn note_block(kind: EventKind, block: *mut u8, layout: Layout) {
    if !block.is_null() {
        note(kind, block as usize, layout.size(), layout.align().trailing_zeros());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The calls of a small program, through an allocator that is not this test's global one.
    fn traced(capacity: usize) -> Tracer {
        let allocator = Tracing::new(System);
        record(capacity, || {
            let layout = Layout::from_size_align(100, 8).unwrap();
            // SAFETY: each block is used with its own layout and given back once.
            unsafe {
                mark(0);
                let block = owned_by(Owner::Node, || allocator.alloc(layout));
                let block = owned_by(Owner::Node, || allocator.realloc(block, layout, 300));
                touch(&*block);
                allocator.dealloc(block, Layout::from_size_align(300, 8).unwrap());
                allocator.dealloc(allocator.alloc_zeroed(layout), layout);
            }
        })
    }

    #[test]
    fn every_call_is_noted_in_order_with_its_owner() {
        use EventKind::{Alloc, Arrive, Free, Leave, Mark, Touch};
        let tracer = traced(64);
        let kinds: Vec<EventKind> = tracer.events().iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [Mark, Alloc, Leave, Arrive, Touch, Free, Alloc, Free]);
        let [_, first, left, moved, read, freed, ..] = tracer.events() else { panic!("{tracer:?}") };
        assert_eq!((first.owner, first.size, first.align), (Owner::Node, 100, 3));
        assert_eq!((left.address, left.size), (first.address, 100));
        assert_eq!((moved.owner, moved.size, read.address), (Owner::Node, 300, moved.address));
        assert_eq!((freed.owner, freed.address), (Owner::Other, moved.address));
    }

    #[test]
    fn a_full_buffer_says_what_it_lost_and_nothing_is_noted_outside() {
        let tracer = traced(3);
        assert_eq!((tracer.events().len(), tracer.lost), (3, 5));
        touch(&1);
        assert_eq!(record(8, || ()).events(), []);
    }

    #[test]
    fn the_rule_of_the_default_allocator() {
        // Asked for, and taken: dlmalloc's smallest chunk is 16 bytes, 4 of which are its note; then it goes by eights.
        let rule = [(1, 16), (4, 16), (12, 16), (13, 24), (20, 24), (21, 32), (28, 32), (60, 64), (64, 72), (4_096, 4_104)];
        for (size, taken) in rule {
            assert_eq!(dlmalloc_takes(size), taken, "{size}");
        }
    }

    #[test]
    fn what_was_got_ready_and_what_comes_after_the_end_are_not_noted() {
        use EventKind::{Carve, Lose, Mark};
        let tracer = record(8, || {
            mark(7);
            assert!(restart());
            mark(0);
            assert!(!restart());
            owned_by(Owner::Node, || carve([1_u64, 2].as_ptr(), 2));
            lose(&1_u32, 1);
            stop();
            mark(3);
        });
        let kinds: Vec<(EventKind, u32)> = tracer.events().iter().map(|event| (event.kind, event.size)).collect();
        assert_eq!(kinds, [(Mark, 0), (Carve, 16), (Lose, 4)]);
        assert_eq!(tracer.events()[1].owner, Owner::Node);
    }

    #[test]
    fn a_trace_is_drawn_from_its_first_block_to_its_last() {
        let trace = traced(64).into_trace(None);
        let events = MemoryEvent::unpack(&trace.events).unwrap();
        let blocks = || events.iter().filter(|event| event.kind.is_birth());
        assert!(blocks().all(|event| event.address >= trace.start && event.address + event.taken <= trace.end));
        assert_eq!((trace.start % 64, trace.end % 64), (0, 0));
        assert_eq!(Tracer::default().into_trace(None), Trace::default());
        assert_eq!(Tracer::default().into_trace(Some((0, 1024))).end, 1024);
    }
}
