//! The allocators while somebody watches: every block that goes out or comes back is an event. Nothing here is timed.

use super::{At, BestFit, Bump, FirstFit, Heap, Operation, Region, Slab, operations};
use protocol::allocators::{AllocatorKind, Click};
use protocol::memory::{EventKind, MemoryEvent, Owner, Trace};
use protocol::{AllocatorsInput, Seed};
use tracer::Tracer;

/// The region of a workload that is watched.
const REGION: u32 = 4 << 20;

/// What `kind` does under a workload, from the region's beginning to the last byte that it ever used.
pub(crate) fn watch(kind: AllocatorKind, input: AllocatorsInput, seed: Seed) -> Trace {
    let calls = operations(input, seed);
    let driven = with_heap(kind, REGION, |heap| drive(heap, &calls));
    trace(&driven.events, (0, driven.span.next_multiple_of(64)))
}

/// What `kind` does under the reader's own calls, on a small region; at most [`Click::MOST`] are made, and those that give back what is not
/// out are passed over.
pub(crate) fn clicks(kind: AllocatorKind, clicks: &[Click]) -> Trace {
    let (calls, _) = calls_of(clicks);
    let region = region_of(kind);
    let driven = with_heap(kind, region, |heap| drive(heap, &calls));
    trace(&driven.events, (0, region))
}

/// Bytes of the region that serves a reader's calls.
const fn region_of(kind: AllocatorKind) -> u32 {
    match kind {
        // A slab gives each size a page of its own.
        AllocatorKind::Slab => 4 * Click::REGION,
        AllocatorKind::Bump | AllocatorKind::FirstFit | AllocatorKind::BestFit => Click::REGION,
    }
}

/// A reader's calls as an allocator gets them, and for each block that is asked for, which call that was.
fn calls_of(clicks: &[Click]) -> (Vec<Operation>, Vec<u32>) {
    let (mut calls, mut numbers, mut asked) = (Vec::new(), vec![None; clicks.len()], Vec::new());
    for ((place, click), call) in clicks.iter().take(Click::MOST).enumerate().zip(0..) {
        match *click {
            Click::Alloc(size) => {
                calls.push(Operation::Alloc { size: size.max(1), align: 8 });
                numbers[place] = u32::try_from(asked.len()).ok();
                asked.push(call);
            }
            Click::Free(of) => {
                if let Some(block) = numbers.get_mut(of as usize).and_then(Option::take) {
                    calls.push(Operation::Free { block });
                }
            }
        }
    }
    (calls, asked)
}

/// A block that is out.
pub(super) struct Out {
    pub at: At,
    pub taken: u32,
    /// Which of the reader's calls asked for it.
    pub call: u32,
}

/// The blocks that are out behind a reader's calls, in the order of their places.
pub(super) fn after(kind: AllocatorKind, clicks: &[Click]) -> Vec<Out> {
    let (calls, asked) = calls_of(clicks);
    with_heap(kind, region_of(kind), |heap| {
        let blocks = drive(heap, &calls).blocks;
        let out = blocks
            .iter()
            .zip(asked)
            .filter_map(|(block, call)| block.map(|(at, size, align)| Out { at, taken: heap.taken(size, align), call }));
        let mut out: Vec<Out> = out.collect();
        out.sort_by_key(|block| block.at);
        out
    })
}

/// Which of a reader's calls were refused.
pub(super) fn refused(kind: AllocatorKind, clicks: &[Click]) -> Vec<u32> {
    let (calls, asked) = calls_of(clicks);
    let blocks = with_heap(kind, region_of(kind), |heap| drive(heap, &calls).refused);
    blocks.into_iter().filter_map(|block| asked.get(block).copied()).collect()
}

/// How many bytes from its beginning `heap` ever uses under these calls.
pub(super) fn span(heap: &mut dyn Heap, calls: &[Operation]) -> u32 {
    drive(heap, calls).span
}

fn with_heap<T>(kind: AllocatorKind, bytes: u32, run: impl FnOnce(&mut dyn Heap) -> T) -> T {
    let region = Region::new(bytes);
    match kind {
        AllocatorKind::Bump => run(&mut Bump::new(region)),
        AllocatorKind::FirstFit => run(&mut FirstFit::new(region)),
        AllocatorKind::BestFit => run(&mut BestFit::new(region)),
        AllocatorKind::Slab => run(&mut Slab::new(region)),
    }
}

/// What became of some calls.
struct Driven {
    events: Vec<MemoryEvent>,
    /// The end of the last byte that was used.
    span: u32,
    /// Every block that was asked for, while it is out: place, size, alignment.
    blocks: Vec<Option<(At, u32, u32)>>,
    /// The numbers of those that were asked for in vain. In the events they are what is missing: `protocol::memory::refused_calls` reads it there.
    refused: Vec<usize>,
}

/// Makes the calls.
fn drive(heap: &mut dyn Heap, calls: &[Operation]) -> Driven {
    let (mut events, mut span, mut refused) = (Vec::with_capacity(calls.len()), 0, Vec::new());
    let mut blocks: Vec<Option<(At, u32, u32)>> = Vec::new();
    for call in calls {
        match *call {
            Operation::Alloc { size, align } => {
                let at = heap.allocate(size, align);
                if let Some(at) = at {
                    events.push(event(EventKind::Alloc, heap, at, size, align));
                    span = span.max(at + heap.taken(size, align));
                } else {
                    refused.push(blocks.len());
                }
                blocks.push(at.map(|at| (at, size, align)));
            }
            Operation::Free { block } => {
                if let Some((at, size, align)) = blocks.get_mut(block as usize).and_then(Option::take) {
                    heap.free(at, size, align);
                    events.push(event(EventKind::Free, heap, at, size, align));
                }
            }
        }
    }
    Driven { events, span, blocks, refused }
}

fn event(kind: EventKind, heap: &dyn Heap, at: At, size: u32, align: u32) -> MemoryEvent {
    let owner = match size {
        0..=64 => Owner::Small,
        65..=256 => Owner::Middle,
        _ => Owner::Large,
    };
    #[allow(clippy::cast_possible_truncation, reason = "a power of two of 32 bits")]
    let align = align.trailing_zeros() as u8;
    MemoryEvent { kind, owner, align, address: at, size, taken: heap.taken(size, 1 << align) }
}

fn trace(events: &[MemoryEvent], range: (u32, u32)) -> Trace {
    let mut tracer = Tracer::with_capacity(events.len());
    for event in events {
        tracer.note(*event);
    }
    tracer.into_trace(Some(range))
}
