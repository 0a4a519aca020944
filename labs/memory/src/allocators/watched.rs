//! The allocators while somebody watches: every block that goes out or comes back is an event. Nothing here is timed.

use super::{At, BestFit, Bump, FirstFit, Heap, Operation, Region, Slab, operations};
use crate::tracing::Tracer;
use protocol::allocators::{AllocatorKind, Click};
use protocol::memory::{EventKind, MemoryEvent, Owner, Trace};
use protocol::{AllocatorsInput, Seed};

/// The region of a workload that is watched.
const REGION: u32 = 4 << 20;

/// What `kind` does under a workload, from the region's beginning to the last byte that it ever used.
pub(crate) fn watch(kind: AllocatorKind, input: AllocatorsInput, seed: Seed) -> Trace {
    let calls = operations(input, seed);
    let (events, span) = with_heap(kind, REGION, |heap| drive(heap, &calls));
    trace(&events, (0, span.next_multiple_of(64)))
}

/// What `kind` does under the reader's own calls, on a small region; at most [`Click::MOST`] are made, and those that give back what is not
/// out are passed over.
pub(crate) fn clicks(kind: AllocatorKind, clicks: &[Click]) -> Trace {
    let (mut calls, mut numbers) = (Vec::new(), vec![None; clicks.len()]);
    let mut blocks = 0;
    for (place, click) in clicks.iter().take(Click::MOST).enumerate() {
        match *click {
            Click::Alloc(size) => {
                calls.push(Operation::Alloc { size: size.max(1), align: 8 });
                numbers[place] = Some(blocks);
                blocks += 1;
            }
            Click::Free(of) => {
                if let Some(block) = numbers.get_mut(of as usize).and_then(Option::take) {
                    calls.push(Operation::Free { block });
                }
            }
        }
    }
    // A slab gives each size a page of its own.
    let region = if kind == AllocatorKind::Slab { 4 * Click::REGION } else { Click::REGION };
    let (events, _) = with_heap(kind, region, |heap| drive(heap, &calls));
    trace(&events, (0, region))
}

/// How many bytes from its beginning `heap` ever uses under these calls.
pub(super) fn span(heap: &mut dyn Heap, calls: &[Operation]) -> u32 {
    drive(heap, calls).1
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

/// Makes the calls; what became of them, and the end of the last byte that was used.
fn drive(heap: &mut dyn Heap, calls: &[Operation]) -> (Vec<MemoryEvent>, u32) {
    let (mut events, mut span) = (Vec::with_capacity(calls.len()), 0);
    let mut blocks: Vec<Option<(At, u32, u32)>> = Vec::new();
    for call in calls {
        match *call {
            Operation::Alloc { size, align } => {
                let at = heap.allocate(size, align);
                blocks.push(at.map(|at| (at, size, align)));
                if let Some(at) = at {
                    events.push(event(EventKind::Alloc, heap, at, size, align));
                    span = span.max(at + heap.taken(size, align));
                }
            }
            Operation::Free { block } => {
                if let Some((at, size, align)) = blocks.get_mut(block as usize).and_then(Option::take) {
                    heap.free(at, size, align);
                    events.push(event(EventKind::Free, heap, at, size, align));
                }
            }
        }
    }
    (events, span)
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
