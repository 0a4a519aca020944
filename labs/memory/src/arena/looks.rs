//! What a walk reads along its edges, kept apart from the tracer's notes while the program runs: there are up to sixteen such reads for each node, more than
//! the tracer has room for. Once the program has ended, each is put where it was: behind the other reads of its visit. It must never allocate while a program is watched.

use protocol::memory::{EventKind, MemoryEvent, Owner, Trace};
use std::cell::RefCell;
use tracer::Tracer;

/// A read along an edge.
#[derive(Clone, Copy)]
struct Look {
    /// Which visit it belongs to, from 1.
    visit: u32,
    address: u32,
    size: u32,
}

/// Those of the program that is watched.
#[derive(Default)]
struct Looks {
    visits: u32,
    all: Vec<Look>,
}

thread_local! {
    static LOOKS: RefCell<Looks> = const { RefCell::new(Looks { visits: 0, all: Vec::new() }) };
}

/// What `watch` notes of a program, with what its walks read along their edges: so many reads at most.
pub(crate) fn with_looks(most: usize, watch: impl FnOnce() -> Tracer) -> Trace {
    LOOKS.set(Looks { visits: 0, all: Vec::with_capacity(most) });
    let notes = watch();
    let events = put_in(notes.events(), &LOOKS.take().all);
    Trace { events: MemoryEvent::pack(&events), ..notes.into_trace(None) }
}

/// The next visit begins.
pub(super) fn visit() {
    LOOKS.with_borrow_mut(|looks| looks.visits += 1);
}

/// So many bytes from there on are read along an edge. Natively an address loses its upper half, as it does in the notes.
#[allow(
    clippy::cast_possible_truncation,
    reason = "in 32-bit Wasm nothing is lost, and no mark or flag is longer than a word or two"
)]
pub(super) fn look(address: usize, size: usize) {
    LOOKS.with_borrow_mut(|Looks { visits, all }| {
        if size > 0 && all.len() < all.capacity() {
            all.push(Look { visit: *visits, address: address as u32, size: size as u32 });
        }
    });
}

/// The events with the reads, each behind its visit's own: a visit ends where another begins, or where anything is done but reading.
fn put_in(events: &[MemoryEvent], looks: &[Look]) -> Vec<MemoryEvent> {
    let mut all = Vec::with_capacity(events.len() + looks.len());
    let (mut visit, mut looks) = (0, looks.iter().peekable());
    for event in events {
        let is_visit = event.kind == EventKind::Touch && event.owner == Owner::Node;
        if is_visit || event.kind != EventKind::Touch {
            while let Some(&Look { address, size, .. }) = looks.next_if(|look| look.visit <= visit) {
                all.push(MemoryEvent { kind: EventKind::Touch, owner: Owner::Other, align: 0, address, size, taken: size });
            }
        }
        visit += u32::from(is_visit);
        all.push(*event);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_read_is_put_behind_its_visit_s_own() {
        let event = |kind, owner, address| MemoryEvent { kind, owner, align: 0, address, size: 4, taken: 4 };
        let visit = |address| event(EventKind::Touch, Owner::Node, address);
        let list = |address| event(EventKind::Touch, Owner::Other, address);
        let mark = event(EventKind::Mark, Owner::Other, 0);
        let events = [mark, visit(8), list(12), visit(16), list(20), mark, visit(24), list(28), mark];
        let looks = [(1, 100), (1, 104), (3, 108)].map(|(visit, address)| Look { visit, address, size: 1 });
        let addresses: Vec<u32> = put_in(&events, &looks).iter().map(|event| event.address).collect();
        assert_eq!(addresses, [0, 8, 12, 100, 104, 16, 20, 0, 24, 28, 108, 0]);
    }

    #[test]
    fn nothing_is_kept_beyond_the_room_that_was_made_or_while_nobody_watches() {
        look(64, 1);
        let trace = with_looks(2, || {
            tracer::record(8, || {
                visit();
                tracer::visit(&1_u32);
                (0..3).for_each(|at| look(64 + at, usize::from(at != 1)));
                look(80, 1);
                tracer::mark(3);
            })
        });
        let events = MemoryEvent::unpack(&trace.events).unwrap();
        let kinds: Vec<(EventKind, u32)> = events.iter().map(|event| (event.kind, event.size)).collect();
        assert_eq!(kinds, [(EventKind::Touch, 4), (EventKind::Touch, 1), (EventKind::Touch, 1), (EventKind::Mark, 3)]);
        assert_eq!((events[1].address, events[2].address, trace.lost), (64, 66, 0));
    }
}
