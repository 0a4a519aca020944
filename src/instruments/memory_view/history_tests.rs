//! The counters are sums over the blocks that are there, at every moment; blocks of a sound trace never overlap.

use super::*;
use proptest::prelude::*;
use protocol::Attachment;

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
            let counters = history.counters(now);
            prop_assert_eq!((counters.allocated, counters.live, counters.peak), (allocated, live, peak));
            prop_assert_eq!(counters.blocks as usize, out.len());
            prop_assert_eq!(counters.wasted, 4 * out.len() as u64);
            prop_assert_eq!(counters.free + counters.live + counters.wasted, 32 * 64);
            prop_assert!((0.0..=1.0).contains(&counters.fragmentation));
            let alive: Vec<&Block> = history.alive(now).collect();
            prop_assert!(alive.windows(2).all(|pair| pair[0].end() <= pair[1].address), "overlap");
            prop_assert_eq!(alive.iter().map(|block| u64::from(block.size)).sum::<u64>(), live);
            prop_assert_eq!(history.by_owner(now).iter().map(|sum| sum.2).sum::<u64>(), live);
        }
    }

    #[test]
    fn a_damaged_trace_is_an_error_or_a_history_but_never_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..160), kinds in proptest::collection::vec(0..6_u8, 0..12), start: u32, end: u32, now: u32,
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
            let _ = (history.counters(now), history.by_owner(now), history.part(now), history.event(now));
            let _ = (history.lines(now).count(), history.fullest());
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
    assert_eq!((history.counters(2).live, history.counters(3).live, history.counters(4).live), (16, 0, 32));
    assert_eq!((history.part(4), history.part(5), history.moment_of_mark(2)), (None, Some(2), Some(5)));
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
