//! The counters are sums over the blocks that are there, at every moment; blocks of a sound trace never overlap.

use super::*;
use proptest::prelude::*;
use protocol::Attachment;
use std::collections::HashMap;

/// A trace of a small allocator: slots of 64 bytes, each free or handed out.
fn traces() -> impl Strategy<Value = (Trace, Vec<MemoryEvent>)> {
    proptest::collection::vec((0..32_u32, 1..=60_u32, 0..9_usize), 0..120).prop_map(|steps| {
        let (mut events, mut out) = (Vec::new(), [None; 32]);
        for (slot, size, owner) in steps {
            let address = 4_096 + slot * 64;
            let event = |kind, size| MemoryEvent { kind, owner: Owner::ALL[owner], align: 3, address, size, taken: size + 4 };
            let place = &mut out[slot as usize];
            let last = place.take();
            *place = if last.is_some() { None } else { Some(size) };
            events.push(last.map_or(event(EventKind::Alloc, size), |size| event(EventKind::Free, size)));
        }
        (Trace { start: 4_096, end: 4_096 + 32 * 64, events: MemoryEvent::pack(&events), lost: 0 }, events)
    })
}

proptest! {
    #[test]
    fn at_every_moment_the_counters_are_those_of_the_blocks((trace, events) in traces()) {
        let history = History::of(&trace).unwrap();
        let mut out: HashMap<u32, MemoryEvent> = HashMap::new();
        let (mut allocated, mut peak) = (0, 0);
        for now in 0..=history.moments() {
            if let Some(event) = history.event(now) {
                prop_assert_eq!(event, &events[now as usize - 1]);
                if event.kind.is_birth() {
                    out.insert(event.address, *event);
                    allocated += u64::from(event.size);
                } else {
                    out.remove(&event.address);
                }
            }
            let live: u64 = out.values().map(|event| u64::from(event.size)).sum();
            peak = peak.max(live);
            let reading = history.reading(now);
            let counters = reading.counters;
            prop_assert_eq!((counters.allocated, counters.live, counters.peak), (allocated, live, peak));
            prop_assert_eq!(counters.blocks as usize, out.len());
            prop_assert_eq!(counters.wasted, 4 * out.len() as u64);
            prop_assert_eq!(counters.free + counters.live + counters.wasted, 32 * 64);
            prop_assert!((0.0..=1.0).contains(&counters.fragmentation));
            let alive = &reading.blocks;
            prop_assert!(alive.windows(2).all(|pair| pair[0].end() <= pair[1].address), "overlap");
            prop_assert_eq!(alive.iter().map(|block| u64::from(block.size)).sum::<u64>(), live);
            prop_assert_eq!(reading.owners.iter().map(|sum| sum.2).sum::<u64>(), live);
        }
    }

    #[test]
    fn a_damaged_trace_is_an_error_or_a_history_but_never_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..160), kinds in proptest::collection::vec(0..8_u8, 0..12), start: u32, end: u32, now: u32,
    ) {
        let mut bytes = bytes;
        // Most noise is no event at all: make some of it look like one.
        for (event, kind) in bytes.chunks_exact_mut(16).zip(kinds) {
            event[12..].copy_from_slice(&[kind, 1, 3, 0]);
            event[3] = 0;
            event[7] = 0;
            event[11] = 1;
        }
        if let Ok(history) = History::of(&Trace { start, end, events: Attachment(bytes), lost: 1 }) {
            let _ = (history.reading(now), history.event(now), history.fullest(), history.owners());
        }
    }
}

#[test]
fn a_block_that_moves_is_two_and_what_was_there_before_is_none() {
    let event = |kind, address, size| MemoryEvent { kind, owner: Owner::Node, align: 2, address, size, taken: size };
    let events = [
        event(EventKind::Free, 8, 8),
        event(EventKind::Alloc, 64, 16),
        event(EventKind::Leave, 64, 16),
        event(EventKind::Arrive, 64, 32),
        event(EventKind::Mark, 0, 2),
    ];
    let history = History::of(&Trace { start: 0, end: 128, events: MemoryEvent::pack(&events), lost: 0 }).unwrap();
    assert_eq!(history.blocks().len(), 2);
    assert_eq!((history.sums(2)[1], history.sums(3)[1], history.sums(4)[1]), (16, 0, 32));
    assert_eq!((history.part(4), history.part(5), history.moment_of_mark(2)), (None, Some(2), Some(5)));
}

/// A history of marks, and of a read behind each.
fn marked(parts: &[u32]) -> History {
    let event = |kind, size| MemoryEvent { kind, owner: Owner::Node, align: 0, address: 64, size, taken: size };
    let events: Vec<MemoryEvent> =
        parts.iter().flat_map(|part| [event(EventKind::Mark, *part), event(EventKind::Touch, 4)]).collect();
    History::of(&Trace { start: 0, end: 128, events: MemoryEvent::pack(&events), lost: 0 }).unwrap()
}

#[test]
fn a_part_ends_where_the_next_begins_and_of_several_times_the_last_counts() {
    let ends = |parts: &[u32]| [BUILDING, WALKING, CHANGING].map(|part| marked(parts).end_of(part));
    // A mark and a read each: the n-th mark is the event before moment 2n - 1.
    assert_eq!(ends(&[0, 1, 2, 3]), [Some(3), Some(5), None]);
    assert_eq!(ends(&[0, 1, 4, 2, 3]), [Some(3), Some(5), Some(7)], "the walk ends before anything changes");
    assert_eq!(ends(&[0, 4, 2, 3]), [Some(3), None, Some(5)]);
    assert_eq!(ends(&[0, 1, 0, 1, 0, 1, 2, 3]), [Some(11), Some(13), None], "built and walked three times");
    assert_eq!(ends(&[0, 1]), [Some(3), None, None], "the notes end while it walks");
    assert_eq!(ends(&[]), [None; 3]);
    assert!(marked(&[0]).has_parts() && !marked(&[]).has_parts());
}

#[test]
fn a_walk_s_last_visit_is_over_where_the_next_graph_is_built() {
    let history = marked(&[0, 1, 0, 1]);
    assert_eq!([4, 5, 8].map(|now| history.lines_of_visit(now)), [vec![1], vec![], vec![1]]);
    assert_eq!(history.part(5), Some(BUILDING));
}

#[test]
fn lines_are_counted_once() {
    let touch = |address, size| MemoryEvent { kind: EventKind::Touch, owner: Owner::Other, align: 0, address, size, taken: size };
    let events = [touch(60, 8), touch(0, 4), touch(64, 64), touch(300, 0)];
    let history = History::of(&Trace { start: 0, end: 512, events: MemoryEvent::pack(&events), lost: 0 }).unwrap();
    assert_eq!(history.lines(0).count(), 0);
    assert_eq!(history.lines(1).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(history.lines(4).collect::<Vec<_>>(), [0, 1]);
    assert_eq!((history.visited(4), history.lines_of_visit(4)), (0, Vec::new()));
}

#[test]
fn a_visit_reads_its_node_and_its_list_until_the_next_begins_or_the_part_ends() {
    let touch = |owner, address, size| MemoryEvent { kind: EventKind::Touch, owner, align: 0, address, size, taken: size };
    let events = [
        touch(Owner::Node, 60, 8),
        touch(Owner::Other, 400, 12),
        touch(Owner::Node, 128, 8),
        touch(Owner::Node, 60, 8),
        MemoryEvent { kind: EventKind::Mark, owner: Owner::Other, align: 0, address: 0, size: 2, taken: 2 },
    ];
    let history = History::of(&Trace { start: 0, end: 512, events: MemoryEvent::pack(&events), lost: 0 }).unwrap();
    assert_eq!([0, 1, 2, 3, 4, 5].map(|now| history.visited(now)), [0, 1, 1, 2, 2, 2]);
    assert_eq!(history.lines_of_visit(1), [0, 1]);
    assert_eq!(history.lines_of_visit(2), [0, 1, 6]);
    assert_eq!(history.lines_of_visit(3), [2]);
    assert!(history.lines_of_visit(5).is_empty());
}

#[test]
fn fragmentation_is_what_of_the_free_bytes_is_not_in_the_largest_piece() {
    let event = |kind, address, size| MemoryEvent { kind, owner: Owner::Small, align: 3, address, size, taken: size };
    // 1,000 bytes: 100 taken, 100 free, 200 taken, 300 free, 100 taken, 200 free.
    let events = [
        event(EventKind::Alloc, 0, 100),
        event(EventKind::Alloc, 100, 100),
        event(EventKind::Alloc, 200, 200),
        event(EventKind::Alloc, 700, 100),
        event(EventKind::Free, 100, 100),
    ];
    let history = History::of(&Trace { start: 0, end: 1_000, events: MemoryEvent::pack(&events), lost: 0 }).unwrap();
    let counters = history.reading(5).counters;
    assert_eq!((counters.blocks, counters.free, counters.live, counters.wasted), (3, 600, 400, 0));
    // Half of the free bytes are in the largest piece, the 300 in the middle.
    assert!((counters.fragmentation - 0.5).abs() < f64::EPSILON);
    // With nothing there all is one piece, and with everything taken nothing is free.
    assert!(history.reading(0).counters.fragmentation.abs() < f64::EPSILON);
}

#[test]
fn what_was_carved_is_in_use_until_it_is_lost_or_its_chunk_goes() {
    let event = |kind, owner, address, size| MemoryEvent { kind, owner, align: 2, address, size, taken: size };
    let events = [
        event(EventKind::Alloc, Owner::Chunk, 1_024, 512),
        event(EventKind::Carve, Owner::Node, 1_024, 32),
        event(EventKind::Carve, Owner::EdgeList, 1_056, 16),
        event(EventKind::Carve, Owner::Node, 1_072, 32),
        event(EventKind::Lose, Owner::Other, 1_056, 16),
        // Emptied: all of it.
        event(EventKind::Lose, Owner::Other, 1_024, 512),
        event(EventKind::Carve, Owner::Node, 1_024, 40),
        event(EventKind::Free, Owner::Other, 1_024, 512),
    ];
    let history = History::of(&Trace { start: 1_024, end: 1_536, events: MemoryEvent::pack(&events), lost: 0 }).unwrap();
    let carved = |now| history.reading(now).counters.carved;
    assert_eq!([1, 2, 3, 4, 5, 6, 7, 8].map(carved), [0, 32, 48, 80, 64, 0, 40, 0]);
    assert_eq!((history.reading(4).counters.chunks, history.reading(8).counters.chunks), (512, 0));
    // The allocator hears nothing of it.
    assert_eq!((history.reading(4).counters.live, history.reading(4).counters.blocks), (512, 1));
}

#[test]
fn the_cache_is_asked_for_every_line_that_is_read() {
    let touch = |address| MemoryEvent { kind: EventKind::Touch, owner: Owner::Node, align: 0, address, size: 4, taken: 4 };
    // A line twice, then more than the cache holds, then the first again.
    let events: Vec<MemoryEvent> = [0, 8].into_iter().chain((0..1_000).map(|line| line * 64)).chain([0]).map(touch).collect();
    let history = History::of(&Trace { start: 0, end: 64_000, events: MemoryEvent::pack(&events), lost: 0 }).unwrap();
    assert_eq!([1, 2, 3].map(|now| history.fetched(now)), [1, 1, 1]);
    assert_eq!((history.fetched(history.moments()), history.lines(history.moments()).count()), (1_001, 1_000));
}

#[test]
fn a_long_trace_is_told_in_steps_and_in_order() {
    let block = |at: u32| MemoryEvent {
        kind: EventKind::Alloc,
        owner: Owner::Node,
        align: 2,
        address: at.wrapping_mul(7_919) % 50_000 * 64,
        size: 8,
        taken: 16,
    };
    let events: Vec<MemoryEvent> = (0..50_000).map(block).collect();
    let trace = Trace { start: 0, end: 50_000 * 64, events: MemoryEvent::pack(&events), lost: 0 };
    let mut telling = crate::instruments::memory_view::Telling::of(&trace);
    let mut steps = 0;
    let history = loop {
        steps += 1;
        if let Some(history) = telling.step().unwrap() {
            break history;
        }
    };
    assert!(steps > 10, "{steps}");
    assert!(history.blocks().windows(2).all(|pair| pair[0].address < pair[1].address));
    assert_eq!(history.reading(50_000).counters.blocks, 50_000);
}
