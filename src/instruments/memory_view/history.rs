//! What happened to memory, ready to be asked about any moment: every block with the events at which it began and ended. Plain data, tested
//! natively; it must never touch the browser.

use protocol::memory::{DamagedEvents, EventKind, MemoryEvent, Owner, Trace};
use std::collections::HashMap;

/// Bytes of a cache line.
pub const LINE: u32 = 64;

/// A block that was handed out.
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

/// Counters at a moment, in bytes but where it says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counters {
    /// Blocks that are there.
    pub blocks: u32,
    /// Asked for so far, given back or not.
    pub allocated: u64,
    /// Asked for and not given back.
    pub live: u64,
    /// The most that was ever alive so far.
    pub peak: u64,
    /// Taken beyond what was asked for: notes and rounding.
    pub wasted: u64,
    /// Between the blocks that are there, or around them.
    pub free: u64,
    /// The part of `free` that is not in its largest piece, 0 to 1.
    pub fragmentation: f64,
}

/// The whole history of a trace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The range that is drawn.
    pub start: u32,
    /// The first address behind it.
    pub end: u32,
    /// How many events the tracer had no room for.
    pub lost: u32,
    /// By address; where two began at the same, the earlier first.
    blocks: Vec<Block>,
    events: Vec<MemoryEvent>,
    /// After each number of events, from none: asked for so far, alive, the most ever alive.
    sums: Vec<[u64; 3]>,
    /// Cache lines that are ever read, and the moment after each first was.
    lines: Vec<(u32, u32)>,
    /// The same of nodes, by address.
    nodes: Vec<(u32, u32)>,
}

impl History {
    /// The history that a trace tells.
    ///
    /// # Errors
    /// It is damaged.
    pub fn of(trace: &Trace) -> Result<Self, DamagedEvents> {
        let events = MemoryEvent::unpack(&trace.events)?;
        #[allow(clippy::cast_possible_truncation, reason = "some hundred thousand events")]
        let after_last = events.len() as u32;
        let mut blocks: Vec<Block> = Vec::new();
        let mut open: HashMap<u32, usize> = HashMap::new();
        let mut sums = vec![[0_u64; 3]];
        let mut now = [0_u64; 3];
        for (event, at) in events.iter().zip(0_u32..) {
            if event.kind.is_birth() {
                let MemoryEvent { address, size, taken, owner, .. } = *event;
                open.insert(address, blocks.len());
                blocks.push(Block { address, size, taken, owner, born: at, died: after_last });
                now[0] += u64::from(size);
                now[1] += u64::from(size);
            } else if event.kind.is_death()
                // What is given back and never began was there before the program.
                && let Some(block) = open.remove(&event.address).and_then(|block| blocks.get_mut(block))
            {
                block.died = at;
                now[1] -= u64::from(block.size);
            }
            now[2] = now[2].max(now[1]);
            sums.push(now);
        }
        blocks.sort_by_key(|block| (block.address, block.born));
        let lines = first_reads(&events, lines_of);
        let nodes = first_reads(&events, |event| (event.owner == Owner::Node).then_some(event.address));
        Ok(Self { start: trace.start, end: trace.end.max(trace.start), lost: trace.lost, blocks, events, sums, lines, nodes })
    }

    /// How many events there are: moments are 0 to this.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "some hundred thousand events")]
    pub const fn moments(&self) -> u32 {
        self.events.len() as u32
    }

    /// All blocks, by address.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The blocks that are there after `now` events, by address.
    pub fn alive(&self, now: u32) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.is_alive(now))
    }

    /// The last of the first `now` events.
    #[must_use]
    pub fn event(&self, now: u32) -> Option<&MemoryEvent> {
        self.events.get((now as usize).checked_sub(1)?)
    }

    /// The moment after the last event of this kind and number, for what is marked.
    #[must_use]
    pub fn moment_of_mark(&self, part: u32) -> Option<u32> {
        self.events.iter().zip(1_u32..).find(|(event, _)| event.kind == EventKind::Mark && event.size == part).map(|(_, at)| at)
    }

    /// Which part of the program is on after `now` events.
    #[must_use]
    pub fn part(&self, now: u32) -> Option<u32> {
        let past = self.events.get(..now as usize).unwrap_or(&self.events);
        past.iter().rev().find(|event| event.kind == EventKind::Mark).map(|event| event.size)
    }

    /// The counters after `now` events. Where blocks overlap, as only a damaged trace says, what they share counts for each.
    #[must_use]
    pub fn counters(&self, now: u32) -> Counters {
        let now = now.min(self.moments());
        let [allocated, live, peak] = self.sums.get(now as usize).copied().unwrap_or_default();
        let (mut blocks, mut taken, mut free, mut largest, mut at) = (0, 0_u64, 0_u64, 0_u64, self.start);
        let mut gap = |from: u32, to: u32| {
            let bytes = u64::from(to.saturating_sub(from));
            free += bytes;
            largest = largest.max(bytes);
        };
        for block in self.alive(now) {
            blocks += 1;
            taken += u64::from(block.taken);
            gap(at, block.address);
            at = at.max(block.end());
        }
        gap(at, self.end);
        let fragmentation = if free > 0 { 1.0 - largest as f64 / free as f64 } else { 0.0 };
        Counters { blocks, allocated, live, peak, wasted: taken.saturating_sub(live), free, fragmentation }
    }

    /// For each owner that has any: blocks and bytes that are there after `now` events.
    #[must_use]
    pub fn by_owner(&self, now: u32) -> Vec<(Owner, u32, u64)> {
        let mut sums = Owner::ALL.map(|owner| (owner, 0_u32, 0_u64));
        for block in self.alive(now) {
            if let Some(sum) = sums.iter_mut().find(|sum| sum.0 == block.owner) {
                (sum.1, sum.2) = (sum.1 + 1, sum.2 + u64::from(block.size));
            }
        }
        sums.into_iter().filter(|sum| sum.1 > 0).collect()
    }

    /// The owners that ever had a block.
    #[must_use]
    pub fn owners(&self) -> Vec<Owner> {
        Owner::ALL.into_iter().filter(|owner| self.blocks.iter().any(|block| block.owner == *owner)).collect()
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

    /// The cache lines that the visit read which is on after `now` events: of its node and of what belongs to it. None outside a walk.
    #[must_use]
    pub fn lines_of_visit(&self, now: u32) -> Vec<u32> {
        let past = self.events.get(..now as usize).unwrap_or(&self.events);
        let reads = |event: &&MemoryEvent| event.kind == EventKind::Touch;
        let Some(first) = past.iter().rposition(|event| reads(&event) && event.owner == Owner::Node) else { return Vec::new() };
        let visit = &past[first..];
        if visit.iter().any(|event| event.kind == EventKind::Mark) {
            return Vec::new();
        }
        let mut lines: Vec<u32> = visit.iter().filter(reads).flat_map(lines_of).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// The moment at which most was alive.
    #[must_use]
    pub fn fullest(&self) -> u32 {
        let most = self.sums.last().map_or(0, |sums| sums[2]);
        let found = self.sums.iter().zip(0_u32..).find(|(sums, _)| sums[1] == most);
        found.map_or(0, |(_, moment)| moment)
    }
}

/// For each of what is ever read, as `of` names it: the moment after it first was.
fn first_reads<T: IntoIterator<Item = u32>>(events: &[MemoryEvent], of: impl Fn(&MemoryEvent) -> T) -> Vec<(u32, u32)> {
    let reads = events.iter().zip(1_u32..).filter(|(event, _)| event.kind == EventKind::Touch);
    let mut firsts: Vec<(u32, u32)> =
        reads.flat_map(|(event, moment)| of(event).into_iter().map(move |one| (one, moment))).collect();
    firsts.sort_unstable();
    firsts.dedup_by_key(|first| first.0);
    firsts
}

/// The cache lines that a value lies in. Nothing that a walk reads is longer than a page or two.
fn lines_of(event: &MemoryEvent) -> std::ops::Range<u32> {
    let size = event.size.min(1 << 14);
    let first = event.address / LINE;
    if size == 0 { first..first } else { first..event.address.saturating_add(size - 1) / LINE + 1 }
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
