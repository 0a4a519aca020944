//! What is measured: an operation that can be repeated, its phases, and the stop-watch it is handed.

use std::hint::black_box;
use units::Nanos;

/// A source of time. Its step may be coarse; it never goes backwards.
pub trait Clock {
    /// The time now, from an arbitrary origin.
    fn now(&self) -> Nanos;
}

/// One way to do a job, known by an `Id` that means nothing to this crate.
pub struct Contender<Id> {
    /// Who this is.
    pub id: Id,
    /// How many phases one operation has: at least 1.
    phases: usize,
    /// The most operations that may be asked for at once (a batch of graphs is alive at the same time).
    max_batch: u32,
    body: Box<Body>,
}

/// Does so many operations, marks each phase's end, and returns a checksum of all results.
type Body = dyn FnMut(u32, &mut Laps<'_>) -> u64;

impl<Id> Contender<Id> {
    /// An operation without phases. The loop around it is compiled for this very operation, so no call through a pointer
    /// is timed; what `operation` returns goes through a checksum, so the compiler cannot drop the work.
    pub fn new(id: Id, mut operation: impl FnMut() -> u64 + 'static) -> Self {
        let body = move |iterations: u32, laps: &mut Laps<'_>| {
            let mut checksum = 0_u64;
            for _ in 0..iterations {
                checksum = checksum.rotate_left(1) ^ black_box(operation());
            }
            laps.lap();
            checksum
        };
        Self { id, phases: 1, max_batch: u32::MAX, body: Box::new(body) }
    }

    /// An operation of `phases` parts, each timed apart: `body` does the first part of every operation of the batch, calls
    /// [`Laps::lap`], does the second part of every operation, calls it again, and so on. It is asked for at most `max_batch` operations at once.
    pub fn phased(id: Id, phases: usize, max_batch: u32, body: impl FnMut(u32, &mut Laps<'_>) -> u64 + 'static) -> Self {
        Self { id, phases: phases.max(1), max_batch: max_batch.max(1), body: Box::new(body) }
    }

    /// How many phases one operation has.
    pub const fn phases(&self) -> usize {
        self.phases
    }

    /// The most operations that [`Contender::time`] may be asked for.
    pub const fn max_batch(&self) -> u32 {
        self.max_batch
    }

    /// Does `iterations` operations; the time each phase took for all of them, and the checksum of their results.
    pub fn time(&mut self, iterations: u32, clock: &dyn Clock) -> (Vec<Nanos>, u64) {
        // Allocated before the clock is first read: what comes after that is timed.
        let times = Vec::with_capacity(self.phases);
        let mut laps = Laps { clock, last: clock.now(), times };
        let checksum = (self.body)(iterations, &mut laps);
        laps.times.resize(self.phases, Nanos(0.0));
        (laps.times, checksum)
    }
}

/// The stop-watch that a phased operation is handed.
pub struct Laps<'a> {
    clock: &'a dyn Clock,
    last: Nanos,
    times: Vec<Nanos>,
}

impl Laps<'_> {
    /// Marks the end of a phase. The next one begins after the clock was read, so bookkeeping between phases belongs before the call.
    pub fn lap(&mut self) {
        let now = self.clock.now();
        self.times.push(now - self.last);
        self.last = now;
    }

    /// Leaves out what was done since the last mark: the stop-watch restarts, and nothing is recorded.
    pub fn skip(&mut self) {
        self.last = self.clock.now();
    }
}

/// Counts something of contenders whose timing is over.
pub type Afterwards<Id, Facts> = Box<dyn FnOnce(&mut [Contender<Id>]) -> Facts>;

/// What a lab hands over to be run: its contenders, the first of which is the one all others are set against, and what it counted.
pub struct Experiment<Id, Facts> {
    /// In the lab's order.
    pub contenders: Vec<Contender<Id>>,
    /// Counted, not timed; means nothing to this crate.
    pub facts: Facts,
    /// What else is to be counted once timing is over, by calling the contenders or else: nothing that is timed has then been disturbed, and
    /// the first figures need not wait.
    pub afterwards: Option<Afterwards<Id, Facts>>,
}
