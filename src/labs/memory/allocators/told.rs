//! What the worker told of the reader's calls: which of them it refused, and where the last one's block begins. It must never be taken for an answer to
//! other calls than those that were asked about.

use crate::instruments::memory_view::History;
use protocol::{
    allocators::{AllocatorKind, Click},
    memory::refused_calls,
};

/// An answer, with the calls that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    kind: AllocatorKind,
    clicks: Vec<Click>,
    /// The calls that were refused, by their places in the list.
    refused: Vec<u32>,
    /// Where the last call's block begins; none if it was refused, or gave something back.
    begins: Option<u32>,
}

impl Told {
    /// What `history` tells of these calls, which it must be the answer to.
    pub(super) fn of(kind: AllocatorKind, clicks: Vec<Click>, history: &History) -> Self {
        let events = (1..=history.moments()).filter_map(|now| history.event(now));
        let refused = refused_calls(&clicks, events);
        let last = clicks.len().checked_sub(1).and_then(|last| u32::try_from(last).ok());
        let is_served = matches!(clicks.last(), Some(Click::Alloc(_))) && refused.last().copied() != last;
        let event = history.event(history.moments()).filter(|_| is_served);
        Self { kind, begins: event.map(|event| event.address), clicks, refused }
    }

    /// Whether it tells of exactly these calls.
    pub(super) fn is_of(&self, kind: AllocatorKind, clicks: &[Click]) -> bool {
        (self.kind, &*self.clicks) == (kind, clicks)
    }

    /// Which of `clicks` are known to be refused: an answer holds for other calls as far as they begin alike.
    pub(super) fn refused_of(&self, kind: AllocatorKind, clicks: &[Click]) -> Vec<u32> {
        let alike = self.clicks.iter().zip(clicks).take_while(|(one, two)| self.kind == kind && one == two).count();
        self.refused.iter().copied().filter(|call| usize::try_from(*call).is_ok_and(|call| call < alike)).collect()
    }

    /// Whether the call at this place was refused.
    pub(super) fn is_refused(&self, call: u32) -> bool {
        self.refused.contains(&call)
    }

    /// Where the last call's block begins; none if it was refused, or gave something back.
    pub(super) const fn begins(&self) -> Option<u32> {
        self.begins
    }

    /// Why whoever served the calls refuses a request.
    pub(super) const fn why_refused(&self) -> &'static str {
        match self.kind {
            AllocatorKind::Bump => "behind the last block there is not as much room, and what lies before it is never looked at",
            AllocatorKind::FirstFit | AllocatorKind::BestFit => "there is no free piece as large as that",
            AllocatorKind::Slab => "no block of its size is free, and no page is left to be cut",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::memory::allocators::own_calls::tests::history;

    const FIVE: [Click; 5] = [Click::Alloc(1_000); 5];

    fn told() -> Told {
        Told::of(AllocatorKind::FirstFit, FIVE.into(), &history(&[(0, 1_000), (1_000, 1_000), (2_000, 1_000), (3_000, 1_000)]))
    }

    #[test]
    fn the_fifth_of_five_is_refused_and_its_block_is_not_the_fourth_s() {
        let told = told();
        assert_eq!((told.begins(), told.is_refused(3), told.is_refused(4)), (None, false, true));
        let served = Told::of(AllocatorKind::FirstFit, FIVE[..1].into(), &history(&[(0, 1_000)]));
        assert_eq!((served.begins(), served.is_refused(0)), (Some(0), false));
    }

    #[test]
    fn it_holds_for_other_calls_as_far_as_they_begin_alike() {
        let told = told();
        let more = [&FIVE[..], &[Click::Free(0), Click::Alloc(24)]].concat();
        assert!(told.is_of(AllocatorKind::FirstFit, &FIVE) && !told.is_of(AllocatorKind::FirstFit, &more));
        assert!(!told.is_of(AllocatorKind::Slab, &FIVE));
        assert_eq!(told.refused_of(AllocatorKind::FirstFit, &more), [4]);
        // Of these calls, and of this allocator, nobody has asked.
        let others = [(AllocatorKind::FirstFit, &more[1..]), (AllocatorKind::FirstFit, &FIVE[..4]), (AllocatorKind::Slab, &more)];
        assert!(others.into_iter().all(|(kind, clicks)| told.refused_of(kind, clicks).is_empty()));
    }
}
