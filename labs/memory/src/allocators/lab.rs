//! The lab's contenders: the same calls, served by each allocator through `GlobalAlloc`. Nothing here may read a clock.

use super::{BestFit, Bump, FirstFit, Heap, Operation, Region, Shared, Slab, operations, reach};
use measure::Experiment;
use protocol::{AllocatorsInput, Contender, Fact, FactKind, LabId, Seed};
use std::alloc::{GlobalAlloc, Layout, System};
use std::rc::Rc;
use talc::cell::TalcCell;
use talc::source::Manual;
use talc::wasm::WasmBinning;

/// What each of our allocators, and talc, may hand out: enough for all calls of the largest workload, none given back.
pub(super) const REGION: u32 = 4 << 20;

/// The lab on `input`'s calls, drawn from `seed`.
pub(crate) fn prepare(input: AllocatorsInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    let calls: Rc<[Call]> = passed(&operations(input, seed)).into();
    let contenders = LabId::Allocators.contenders();
    Experiment {
        contenders: contenders.iter().map(|&id| contender(id, Rc::clone(&calls))).collect(),
        facts: contenders.iter().flat_map(|&id| facts(id, input, seed)).collect(),
        afterwards: None,
    }
}

/// A call as the allocator gets it.
#[derive(Clone, Copy)]
pub(super) enum Call {
    Alloc(Layout),
    Free(usize),
}

impl Call {
    fn of(operation: Operation) -> Self {
        match operation {
            Operation::Alloc { size, align } => {
                // Workloads draw sizes up to 1,024 and alignments that are powers of two.
                Self::Alloc(Layout::from_size_align(size as usize, align as usize).unwrap_or(Layout::new::<u64>()))
            }
            Operation::Free { block } => Self::Free(block as usize),
        }
    }
}

fn contender(id: Contender, calls: Rc<[Call]>) -> measure::Contender<Contender> {
    match id {
        Contender::AllocBump => driven(id, Shared::new(Bump::new(Region::new(REGION))), calls),
        Contender::AllocFirstFit => driven(id, Shared::new(FirstFit::new(Region::new(REGION))), calls),
        Contender::AllocBestFit => driven(id, Shared::new(BestFit::new(Region::new(REGION))), calls),
        Contender::AllocSlab => driven(id, Shared::new(Slab::new(Region::new(REGION))), calls),
        Contender::AllocTalc => {
            let (talc, region) = talc();
            // The region must outlive whoever hands it out.
            driven(id, Held { heap: talc, _region: region }, calls)
        }
        _ => driven(id, System, calls),
    }
}

/// talc on a region of its own, with the bins that its authors chose for Wasm.
pub(super) fn talc() -> (TalcCell<Manual, WasmBinning>, Region) {
    let region = Region::new(REGION);
    let talc = TalcCell::new(Manual);
    // SAFETY: the region's memory is nobody else's, and it lives beside the allocator.
    let _ = unsafe { talc.claim(region.address(0), region.bytes() as usize) };
    (talc, region)
}

/// An allocator with the memory that it hands out.
struct Held<A> {
    heap: A,
    _region: Region,
}

// SAFETY: every call goes to the allocator unchanged, whose contract is the same.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Held<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise, passed on.
        unsafe { self.heap.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise, passed on.
        unsafe { self.heap.dealloc(block, layout) }
    }
}

/// One operation is the whole workload.
fn driven(id: Contender, heap: impl GlobalAlloc + 'static, calls: Rc<[Call]>) -> measure::Contender<Contender> {
    let mut blocks = Vec::with_capacity(calls.len() / 2 + 1);
    measure::Contender::new(id, move || drive(&heap, &calls, &mut blocks))
}

// anchor: drive
/// Makes every call. Each block is written to and read again: memory that nobody uses need not be there. The sum of what was read.
#[allow(clippy::cast_possible_truncation, reason = "any byte will do")]
fn drive(heap: &impl GlobalAlloc, calls: &[Call], blocks: &mut Vec<(*mut u8, Layout)>) -> u64 {
    blocks.clear();
    let mut sum = 0_u64;
    for call in calls {
        match *call {
            Call::Alloc(layout) => {
                // SAFETY: no layout is empty. A block has room for its first byte.
                unsafe {
                    let block = heap.alloc(layout);
                    if !block.is_null() {
                        block.write(layout.size() as u8);
                    }
                    blocks.push((block, layout));
                }
            }
            Call::Free(number) => {
                let (block, layout) = blocks[number];
                if !block.is_null() {
                    // SAFETY: it was handed out for this layout, written to above, and comes back once.
                    unsafe {
                        sum = sum.wrapping_add(u64::from(block.read()));
                        heap.dealloc(block, layout);
                    }
                }
            }
        }
    }
    sum
}
// end: drive

/// The most bytes that were asked for at once, and how many of its region the allocator needed to serve them.
fn facts(id: Contender, input: AllocatorsInput, seed: Seed) -> Vec<Fact> {
    let calls = operations(input, seed);
    let (mut sizes, mut asked, mut peak) = (Vec::new(), 0_u64, 0);
    for call in &calls {
        match *call {
            Operation::Alloc { size, .. } => {
                sizes.push(u64::from(size));
                asked += u64::from(size);
            }
            Operation::Free { block } => asked -= sizes[block as usize],
        }
        peak = peak.max(asked);
    }
    let span = match id {
        Contender::AllocBump => Some(span(&mut Bump::new(Region::new(REGION)), &calls)),
        Contender::AllocFirstFit => Some(span(&mut FirstFit::new(Region::new(REGION)), &calls)),
        Contender::AllocBestFit => Some(span(&mut BestFit::new(Region::new(REGION)), &calls)),
        Contender::AllocSlab => Some(span(&mut Slab::new(Region::new(REGION)), &calls)),
        Contender::AllocTalc => reach::of_talc(&passed(&calls)),
        Contender::AllocDefault => reach::of_dlmalloc(&passed(&calls)),
        // Another lab's.
        _ => None,
    };
    let fact = |kind, value| Fact { contender: id, kind, value };
    let span = span.map(|span| fact(FactKind::SpanBytes, span));
    std::iter::once(fact(FactKind::PeakBytes, peak)).chain(span).collect()
}

/// How many bytes of its region one of ours ever uses.
fn span(heap: &mut dyn Heap, calls: &[Operation]) -> u64 {
    u64::from(super::watched::span(heap, calls))
}

/// The calls as allocators get them.
fn passed(calls: &[Operation]) -> Vec<Call> {
    calls.iter().copied().map(Call::of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use measure::Clock;
    use protocol::Workload;
    use units::Nanos;

    struct Stopped;

    impl Clock for Stopped {
        fn now(&self) -> Nanos {
            Nanos(0.0)
        }
    }

    #[test]
    fn every_contender_serves_every_call_of_every_workload_again_and_again() {
        for workload in Workload::ALL {
            let input = AllocatorsInput { workload, operations: AllocatorsInput::MAX_OPERATIONS };
            let mut experiment = prepare(input, Seed(1));
            let sums: Vec<u64> = experiment.contenders.iter_mut().map(|one| one.time(2, &Stopped).1).collect();
            // A block that was not handed out would be missing from the sum.
            assert!(sums.iter().all(|sum| *sum == sums[0] && *sum != 0), "{workload:?}: {sums:?}");
        }
    }

    #[test]
    fn what_is_taken_is_never_less_than_what_was_asked_for_and_every_contender_says_it() {
        for workload in Workload::ALL {
            let facts = prepare(AllocatorsInput { workload, operations: 2_000 }, Seed(1)).facts;
            let value = |id, kind| facts.iter().find(|fact| fact.contender == id && fact.kind == kind).map(|fact| fact.value);
            for &id in LabId::Allocators.contenders() {
                let (asked, span) = (value(id, FactKind::PeakBytes).unwrap(), value(id, FactKind::SpanBytes).unwrap());
                assert!(span >= asked, "{workload:?}, {id:?}: {span} for {asked}");
                // Whoever uses places again needs no more than the one who never does, but for a page or what it notes at its beginning.
                let most = value(Contender::AllocBump, FactKind::SpanBytes).unwrap().max(2 * asked) + (64 << 10);
                assert!(span <= most, "{workload:?}, {id:?}: {span}, and {most} would do");
            }
        }
    }
}
