//! What happened to memory, ready to be asked about any moment: every block with the events at which it began and ended. Plain data, tested
//! natively; it must never touch the browser.

use super::reading::Reading;
use protocol::memory::{EventKind, MemoryEvent, Owner, Trace};

/// Bytes of a cache line.
pub const LINE: u32 = 64;

/// The parts of a program, as [`EventKind::Mark`] numbers them.
pub(super) const BUILDING: u32 = 0;
pub(super) const WALKING: u32 = 1;
pub(super) const TEARING_DOWN: u32 = 2;
pub(super) const CHANGING: u32 = 4;

/// A block that was handed out, or a piece of an arena's chunk that was put to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its first address.
    pub address: u32,
    /// Bytes asked for.
    pub size: u32,
    /// Bytes that the allocator took for it.
    pub taken: u32,
    /// Whose it is.
    pub owner: Owner,
    /// The event at which it began.
    pub born: u32,
    /// The event at which it ended; one behind the last if it never did.
    pub died: u32,
}

impl Block {
    /// Whether it is there after the first `now` events.
    #[must_use]
    pub const fn is_alive(&self, now: u32) -> bool {
        self.born < now && now <= self.died
    }

    /// The first address behind it.
    #[must_use]
    pub const fn end(&self) -> u32 {
        self.address + self.taken
    }
}

/// The whole history of a trace; a [`super::Telling`] makes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The range that is drawn.
    pub start: u32,
    /// The first address behind it.
    pub end: u32,
    /// How many events the tracer had no room for.
    pub lost: u32,
    /// By address; where two began at the same, the earlier first.
    pub(super) blocks: Vec<Block>,
    /// The pieces of chunks, alike.
    pub(super) pieces: Vec<Block>,
    pub(super) events: Vec<MemoryEvent>,
    /// Asked for so far, alive, the most ever alive: from the beginning, and from each moment at which that is something else. Most events only read.
    pub(super) sums: Vec<(u32, [u64; 3])>,
    /// The moments after each mark, with the part that begins there.
    pub(super) marks: Vec<(u32, u32)>,
    /// The moments after each visit of a node began.
    pub(super) visits: Vec<u32>,
    /// The moments after a read for which the modelled cache fetched a line, once for each line.
    pub(super) fetches: Vec<u32>,
    /// Cache lines that are ever read, and the moment after each first was.
    pub(super) lines: Vec<(u32, u32)>,
    /// The same of nodes, by address.
    pub(super) nodes: Vec<(u32, u32)>,
}

impl History {
    /// Of a trace of which nothing is read yet.
    pub(super) fn begun(trace: &Trace) -> Self {
        let Trace { start, end, ref events, lost } = *trace;
        let many = events.0.len() / MemoryEvent::BYTES;
        let (events, sums) = (Vec::with_capacity(many), vec![(0, [0; 3])]);
        Self { start, end: end.max(start), lost, events, sums, ..Self::default() }
    }

    /// All at once: for tests, which have no frames to draw.
    ///
    /// # Errors
    /// The trace is damaged.
    #[cfg(test)]
    pub fn of(trace: &Trace) -> Result<Self, protocol::memory::DamagedEvents> {
        let mut telling = super::Telling::of(trace);
        loop {
            if let Some(history) = telling.step()? {
                return Ok(history);
            }
        }
    }

    /// How many events there are: moments are 0 to this.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "some millions of events at most")]
    pub const fn moments(&self) -> u32 {
        self.events.len() as u32
    }

    /// All blocks, by address.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The last of the first `now` events.
    #[must_use]
    pub fn event(&self, now: u32) -> Option<&MemoryEvent> {
        self.events.get((now as usize).checked_sub(1)?)
    }

    /// The moment after the first mark of this part.
    #[must_use]
    pub fn moment_of_mark(&self, part: u32) -> Option<u32> {
        self.marks.iter().find(|mark| mark.1 == part).map(|mark| mark.0)
    }

    /// The moment at which this part of the program ended, of several times the last. None where it never was on, or where the notes end before it does.
    #[must_use]
    pub(super) fn end_of(&self, part: u32) -> Option<u32> {
        let last = self.marks.iter().rposition(|mark| mark.1 == part)?;
        self.marks.get(last + 1).map(|mark| mark.0)
    }

    /// Whether the program's parts are marked: an allocator's calls have none.
    #[must_use]
    pub(super) const fn has_parts(&self) -> bool {
        !self.marks.is_empty()
    }

    /// The last mark among the first `now` events: the moment after it, and the part that it begins.
    fn mark(&self, now: u32) -> Option<(u32, u32)> {
        let past = self.marks.partition_point(|mark| mark.0 <= now);
        self.marks.get(past.checked_sub(1)?).copied()
    }

    /// Which part of the program is on after `now` events.
    #[must_use]
    pub fn part(&self, now: u32) -> Option<u32> {
        self.mark(now).map(|mark| mark.1)
    }

    /// Bytes after `now` events: asked for so far, alive, the most that ever was alive.
    #[must_use]
    pub fn sums(&self, now: u32) -> [u64; 3] {
        let past = self.sums.partition_point(|(moment, _)| *moment <= now);
        past.checked_sub(1).and_then(|last| self.sums.get(last)).map(|(_, sums)| *sums).unwrap_or_default()
    }

    /// All that can be read off after `now` events.
    #[must_use]
    pub fn reading(&self, now: u32) -> Reading {
        Reading::of(self, now.min(self.moments()))
    }

    /// The owners that ever had a block or a piece.
    #[must_use]
    pub fn owners(&self) -> Vec<Owner> {
        let mut has = [false; Owner::ALL.len()];
        for block in self.blocks.iter().chain(&self.pieces) {
            has[block.owner as usize] = true;
        }
        Owner::ALL.into_iter().filter(|owner| has[*owner as usize]).collect()
    }

    /// The cache lines, by number, that were read by the first `now` events; each once, in order.
    pub fn lines(&self, now: u32) -> impl Iterator<Item = u32> {
        self.lines.iter().filter(move |line| line.1 <= now).map(|line| line.0)
    }

    /// How many nodes were visited by the first `now` events, each counted once.
    #[must_use]
    pub fn visited(&self, now: u32) -> usize {
        self.nodes.iter().filter(|node| node.1 <= now).count()
    }

    /// How many lines the modelled cache fetched for the reads among the first `now` events.
    #[must_use]
    pub fn fetched(&self, now: u32) -> usize {
        self.fetches.partition_point(|moment| *moment <= now)
    }

    /// The cache lines that the visit read which is on after `now` events: of its node and of what belongs to it. None outside a walk.
    #[must_use]
    pub fn lines_of_visit(&self, now: u32) -> Vec<u32> {
        let begun = self.visits.partition_point(|moment| *moment <= now);
        let Some(first) = begun.checked_sub(1).and_then(|last| self.visits.get(last)) else { return Vec::new() };
        if self.mark(now).is_some_and(|mark| mark.0 > *first) {
            return Vec::new();
        }
        let visit = self.events.get(*first as usize - 1..now as usize).unwrap_or_default();
        let mut lines: Vec<u32> = visit.iter().filter(|event| event.kind == EventKind::Touch).flat_map(lines_of).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// The moment at which most was alive.
    #[must_use]
    pub fn fullest(&self) -> u32 {
        let most = self.sums.last().map_or(0, |(_, sums)| sums[2]);
        self.sums.iter().find(|(_, sums)| sums[1] == most).map_or(0, |(moment, _)| *moment)
    }
}

/// The cache lines that a value lies in. Nothing that a walk reads is longer than a page or two.
pub(super) fn lines_of(event: &MemoryEvent) -> std::ops::Range<u32> {
    let size = event.size.min(1 << 14);
    let first = event.address / LINE;
    if size == 0 { first..first } else { first..event.address.saturating_add(size - 1) / LINE + 1 }
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
