//! Where a contender's phases end: marked on the stop-watch when it is timed, and on the allocator's counters when it is counted, by the
//! same code. It must never do anything but note.

use counting::{self, Counts};
use measure::Laps;
use protocol::{Contender, Fact, FactKind};

/// What a contender reports its phases to.
pub(crate) trait Marks {
    /// A phase ends, and the next one begins.
    fn lap(&mut self);
    /// What was done since the last mark belongs to no phase; a phase begins.
    fn skip(&mut self);
}

impl Marks for Laps<'_> {
    fn lap(&mut self) {
        Laps::lap(self);
    }

    fn skip(&mut self) {
        Laps::skip(self);
    }
}

/// Adds up what the phases ask of the allocator.
pub(super) struct Census {
    /// At the last mark.
    last: Counts,
    allocations: u64,
    live: i64,
    peak: i64,
}

impl Census {
    /// Begins a phase.
    pub(super) fn begin() -> Self {
        counting::restart_peak();
        Self { last: counting::counts(), allocations: 0, live: 0, peak: 0 }
    }

    /// What was counted, as facts of `contender`.
    pub(super) fn facts(&self, contender: Contender) -> [Fact; 3] {
        // Neither can be negative: a contender frees only what it allocated, and the peak starts from 0.
        let fact = |kind, value: i64| Fact { contender, kind, value: value.max(0).cast_unsigned() };
        [
            Fact { contender, kind: FactKind::Allocations, value: self.allocations },
            fact(FactKind::PeakBytes, self.peak),
            fact(FactKind::LiveAfterDropBytes, self.live),
        ]
    }
}

impl Marks for Census {
    fn lap(&mut self) {
        let now = counting::counts();
        self.allocations += now.allocations - self.last.allocations;
        self.peak = self.peak.max(self.live + now.peak - self.last.live);
        self.live += now.live - self.last.live;
        self.skip();
    }

    fn skip(&mut self) {
        counting::restart_peak();
        self.last = counting::counts();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use measure::Clock;
    use std::cell::Cell;
    use std::rc::Rc;
    use units::Nanos;

    /// Shows what the test last set.
    struct Hand(Rc<Cell<f64>>);

    impl Clock for Hand {
        fn now(&self) -> Nanos {
            Nanos(self.0.get())
        }
    }

    #[test]
    fn what_is_skipped_is_in_no_phase() {
        let now = Rc::new(Cell::new(0.0));
        let hand = Rc::clone(&now);
        let mut contender = measure::Contender::phased((), 1, 1, move |_, laps| {
            hand.set(5.0);
            Marks::skip(laps);
            hand.set(7.0);
            Marks::lap(laps);
            0
        });
        assert_eq!(contender.time(1, &Hand(now)).0, [Nanos(2.0)]);
    }
}
