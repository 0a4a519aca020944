//! Which of a reader's calls an allocator refused, as the worker's trace tells it: whoever is served leaves an event, whoever is refused leaves
//! none. It must never take another call's event for the one that is asked about.

use super::{EventKind, MemoryEvent};
use crate::allocators::Click;

/// Which of `clicks` were refused, by their places in the list; `events` are those of the trace that answers these clicks, the first one first. A
/// request whose event is not there is refused, too.
///
/// Each event is the next call's that it fits. It cannot be a later one's of the same size: a refusal leaves an allocator as it was, and with
/// no event in between the same request would have been refused again.
pub fn refused_calls<'a>(clicks: &[Click], events: impl IntoIterator<Item = &'a MemoryEvent>) -> Vec<u32> {
    let mut events = events.into_iter().peekable();
    let (mut is_out, mut refused) = (Vec::with_capacity(clicks.len()), Vec::new());
    for (click, call) in clicks.iter().take(Click::MOST).zip(0..) {
        let is_served = match *click {
            Click::Alloc(size) => {
                let event = events.next_if(|event| event.kind == EventKind::Alloc && event.size == size.max(1));
                if event.is_none() {
                    refused.push(call);
                }
                event.is_some()
            }
            Click::Free(of) => {
                // What is not out is passed over, without an event.
                if is_out.get_mut(of as usize).is_some_and(std::mem::take) {
                    let _ = events.next_if(|event| event.kind == EventKind::Free);
                }
                false
            }
        };
        is_out.push(is_served);
    }
    refused
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Owner;

    fn event(kind: EventKind, address: u32, size: u32) -> MemoryEvent {
        MemoryEvent { kind, owner: Owner::Large, align: 3, address, size, taken: size }
    }

    #[test]
    fn a_refused_call_is_told_from_the_one_before_that_asked_for_as_much() {
        let mut clicks = vec![Click::Alloc(1_000); 5];
        let mut events: Vec<MemoryEvent> = (0..4).map(|number| event(EventKind::Alloc, number * 1_000, 1_000)).collect();
        assert_eq!(refused_calls(&clicks, &events), [4]);
        // The refused one has nothing to give back; once another has, the same request is served.
        clicks.extend([Click::Free(4), Click::Free(1), Click::Alloc(1_000), Click::Free(1), Click::Alloc(8)]);
        events.extend([event(EventKind::Free, 1_000, 1_000), event(EventKind::Alloc, 1_000, 1_000)]);
        assert_eq!(refused_calls(&clicks, &events), [4, 9]);
    }

    #[test]
    fn without_events_every_request_is_refused_and_no_more_are_asked_about_than_are_made() {
        assert_eq!(refused_calls(&[Click::Alloc(8), Click::Free(0), Click::Free(7), Click::Alloc(0)], &[]), [0, 3]);
        assert_eq!(refused_calls(&[Click::Alloc(8); Click::MOST + 5], &[]).len(), Click::MOST);
    }
}
