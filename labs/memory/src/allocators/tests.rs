//! What every allocator promises, under drawn requests: blocks do not overlap, alignments are kept, all memory comes back.

use super::*;
use proptest::prelude::*;
use protocol::allocators::{AllocatorKind, Click};
use protocol::memory::{MemoryEvent, refused_calls};

const BYTES: u32 = 64 << 10;

/// A request, or which of those that are out comes back.
#[derive(Clone, Debug)]
enum Step {
    Ask(u32, u32),
    GiveBack(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let ask = (1..=4_096_u32, 0..=8_u32).prop_map(|(size, align)| Step::Ask(size >> (size % 8), 1 << align));
    proptest::collection::vec(prop_oneof![3 => ask, 2 => any::<usize>().prop_map(Step::GiveBack)], 0..200)
}

type Block = (At, u32, u32);

/// Follows the steps; fails where a promise is broken. What is out at the end is given back, in the order in which it was asked for.
fn follow(heap: &mut dyn Heap, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut out: Vec<Block> = Vec::new();
    for step in steps {
        match *step {
            Step::Ask(size, align) => {
                let Some(at) = heap.allocate(size, align) else { continue };
                let end = at + heap.taken(size, align);
                prop_assert!(at.is_multiple_of(align), "{at} for {align}");
                prop_assert!(end <= heap.region().bytes() && heap.taken(size, align) >= size);
                for other in &out {
                    let other_end = other.0 + heap.taken(other.1, other.2);
                    prop_assert!(end <= other.0 || other_end <= at, "{at}..{end} overlaps {other:?}");
                }
                // Whoever is handed a block writes all over it: nothing of the allocator's may stand there.
                for byte in at..at + size {
                    // SAFETY: the block is out, and this is its owner.
                    unsafe { heap.region().address(byte).write(0xA5) };
                }
                out.push((at, size, align));
            }
            Step::GiveBack(which) if !out.is_empty() => {
                let (at, size, align) = out.remove(which % out.len());
                heap.free(at, size, align);
            }
            Step::GiveBack(_) => {}
        }
    }
    for (at, size, align) in out {
        heap.free(at, size, align);
    }
    Ok(())
}

proptest! {
    #[test]
    fn bump_keeps_its_promises(steps in steps()) {
        let mut heap = Bump::new(Region::new(BYTES));
        follow(&mut heap, &steps)?;
        prop_assert_eq!(heap.allocate(BYTES, 8), Some(0));
    }

    #[test]
    fn first_fit_keeps_its_promises_and_is_one_free_block_at_the_end(steps in steps()) {
        let mut heap = FirstFit::new(Region::new(BYTES));
        follow(&mut heap, &steps)?;
        prop_assert_eq!(heap.holes(), [(0, BYTES)]);
    }

    #[test]
    fn best_fit_keeps_its_promises_and_is_one_free_block_at_the_end(steps in steps()) {
        let mut heap = BestFit::new(Region::new(BYTES));
        follow(&mut heap, &steps)?;
        prop_assert_eq!(heap.holes(), [(0, BYTES)]);
    }

    #[test]
    fn slab_keeps_its_promises_and_serves_as_much_again(steps in steps()) {
        let mut heap = Slab::new(Region::new(BYTES));
        follow(&mut heap, &steps)?;
        // Its pages stay with their sizes, and every block of them can be handed out again.
        let pages = heap.pages();
        follow(&mut heap, &steps)?;
        prop_assert_eq!(heap.pages(), pages);
    }

    #[test]
    fn behind_the_standard_contract_memory_is_as_good_as_the_system_s(sizes in proptest::collection::vec(1..2_000_usize, 1..20)) {
        let heap = Shared::new(BestFit::new(Region::new(BYTES)));
        let mut blocks = Vec::new();
        for size in sizes {
            let layout = Layout::from_size_align(size, 16).unwrap();
            // SAFETY: each block is used within its own layout and given back once.
            unsafe {
                let block = heap.alloc_zeroed(layout);
                prop_assert!(!block.is_null() && (block as usize).is_multiple_of(16));
                prop_assert!((0..size).all(|at| block.add(at).read() == 0));
                block.write_bytes(0xFF, size);
                let grown = heap.realloc(block, layout, size + 40);
                prop_assert!((0..size).all(|at| grown.add(at).read() == 0xFF));
                blocks.push((grown, Layout::from_size_align(size + 40, 16).unwrap()));
            }
        }
        for (block, layout) in blocks {
            // SAFETY: as above.
            unsafe { heap.dealloc(block, layout) };
        }
        prop_assert_eq!(heap.lock().holes(), [(0, BYTES)]);
    }

    #[test]
    fn every_block_of_a_workload_comes_back_once(operations in 0..1_001_u32, seed: u64) {
        for workload in protocol::Workload::ALL {
            let input = protocol::AllocatorsInput { workload, operations };
            let calls = super::operations(input, protocol::Seed(seed));
            prop_assert_eq!(calls.len(), (operations.max(2) / 2 * 2) as usize, "{:?}", workload);
            let mut out = Vec::new();
            for call in calls {
                match call {
                    Operation::Alloc { size, align } => {
                        prop_assert!(size > 0 && align.is_power_of_two());
                        out.push(true);
                    }
                    Operation::Free { block } => prop_assert!(std::mem::replace(&mut out[block as usize], false)),
                }
            }
            prop_assert!(out.into_iter().all(|is_out| !is_out));
        }
    }
}

#[test]
fn a_workload_is_the_same_on_every_machine() {
    let input = protocol::AllocatorsInput { workload: protocol::Workload::Random, operations: 200 };
    let calls = operations(input, protocol::Seed(1));
    let last = calls.iter().rev().take(5).map(|call| match call {
        Operation::Free { block } => Some(*block),
        Operation::Alloc { .. } => None,
    });
    assert_eq!(last.collect::<Vec<_>>(), [77, 95, 92, 98, 86].map(Some));
}

#[test]
fn a_request_beyond_the_region_is_refused_and_nothing_is_lost() {
    for size in [BYTES + 1, u32::MAX - 7, u32::MAX] {
        assert_eq!(Bump::new(Region::new(BYTES)).allocate(size, 8), None);
        assert_eq!(FirstFit::new(Region::new(BYTES)).allocate(size, 8), None);
        assert_eq!(BestFit::new(Region::new(BYTES)).allocate(size, 4_096), None);
        assert_eq!(Slab::new(Region::new(BYTES)).allocate(size, 8), None);
    }
    // SAFETY: a refusal is asked for, not memory.
    let refused = unsafe { Shared::new(FirstFit::new(Region::new(BYTES))).alloc(Layout::from_size_align(8, 8_192).unwrap()) };
    assert!(refused.is_null());
}

#[test]
fn best_fit_takes_the_smallest_and_first_fit_the_first() {
    fn holes<const BEST: bool>() -> FreeList<BEST> {
        let mut heap = FreeList::new(Region::new(BYTES));
        let blocks = [64, 8, 24, 8].map(|size| (heap.allocate(size, 8).unwrap(), size));
        heap.free(blocks[0].0, 64, 8);
        heap.free(blocks[2].0, 24, 8);
        heap
    }
    assert_eq!(holes::<false>().allocate(24, 8), Some(0));
    assert_eq!(holes::<true>().allocate(24, 8), Some(72));
}

/// A reader's calls, of a few sizes that soon fill the region; some give back what was refused, was given back before, or never asked for.
fn clicks() -> impl Strategy<Value = Vec<Click>> {
    let size = prop_oneof![Just(8_u32), Just(100), Just(120), Just(400), Just(1_000), Just(2_000), Just(4_096)];
    proptest::collection::vec(prop_oneof![3 => size.prop_map(Click::Alloc), 2 => (0..40_u32).prop_map(Click::Free)], 0..40)
}

proptest! {
    #[test]
    fn the_events_of_a_readers_calls_tell_which_were_refused(clicks in clicks()) {
        for kind in AllocatorKind::ALL {
            let events = MemoryEvent::unpack(&super::clicks(kind, &clicks).events).unwrap();
            prop_assert_eq!(refused_calls(&clicks, &events), watched::refused(kind, &clicks), "{:?}", kind);
        }
    }
}

#[test]
fn of_five_times_a_thousand_bytes_the_fifth_is_refused() {
    let clicks = [Click::Alloc(1_000); 5];
    for kind in [AllocatorKind::Bump, AllocatorKind::FirstFit, AllocatorKind::BestFit] {
        assert_eq!(watched::refused(kind, &clicks), [4], "{kind:?}");
    }
    // A slab has four pages, and each holds four of them.
    assert_eq!(watched::refused(AllocatorKind::Slab, &clicks), []);
}
