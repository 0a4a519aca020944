//! Makes a history of a trace, step by step, each short enough for the page to draw a frame in between. It must never take a whole trace at once.

use super::{
    cache::Cache,
    history::{Block, History, lines_of},
    sorting::Sorting,
};
use protocol::memory::{DamagedEvents, EventKind, MemoryEvent, Owner, Trace};
use std::collections::{BTreeMap, HashMap};

/// So many events are read in one step: some milliseconds.
const STEP: usize = 1 << 14;

/// A trace that is being read.
#[derive(Debug)]
pub struct Telling<'a> {
    trace: &'a Trace,
    history: History,
    /// The blocks that are out, by address: places in the history's list.
    out: HashMap<u32, usize>,
    /// The pieces of chunks that are in use, by address: places in theirs.
    in_use: BTreeMap<u32, usize>,
    cache: Cache,
    /// Asked for so far, alive, the most ever alive.
    sums: [u64; 3],
    sorting: Option<Sorts>,
}

/// What has to be in order of addresses once all is read.
#[derive(Debug)]
struct Sorts {
    blocks: Sorting<Block>,
    pieces: Sorting<Block>,
    lines: Sorting<(u32, u32)>,
    nodes: Sorting<(u32, u32)>,
    /// How many of the four are done.
    done: u8,
}

impl<'a> Telling<'a> {
    /// Nothing is read yet.
    #[must_use]
    pub fn of(trace: &'a Trace) -> Self {
        let history = History::begun(trace);
        let (out, in_use) = (HashMap::new(), BTreeMap::new());
        Self { trace, history, out, in_use, cache: Cache::empty(), sums: [0; 3], sorting: None }
    }

    /// Goes on a little; the history, once all is told.
    ///
    /// # Errors
    /// The trace is damaged.
    pub fn step(&mut self) -> Result<Option<History>, DamagedEvents> {
        let events = MemoryEvent::unpack_some(&self.trace.events, self.history.events.len(), STEP)?;
        for event in &events {
            self.take(event);
        }
        if !events.is_empty() {
            return Ok(None);
        }
        let history = &mut self.history;
        let sorts = self.sorting.get_or_insert_with(|| {
            let after_last = history.moments();
            let by_address = |one: &Block, two: &Block| (one.address, one.born).cmp(&(two.address, two.born));
            for list in [&mut history.blocks, &mut history.pieces] {
                for block in list {
                    block.died = block.died.min(after_last);
                }
            }
            Sorts {
                blocks: Sorting::new(&history.blocks, by_address),
                pieces: Sorting::new(&history.pieces, by_address),
                lines: Sorting::new(&history.lines, Ord::cmp),
                nodes: Sorting::new(&history.nodes, Ord::cmp),
                done: 0,
            }
        });
        let is_done = match sorts.done {
            0 => sorts.blocks.step().map(|all| history.blocks = all),
            1 => sorts.pieces.step().map(|all| history.pieces = all),
            2 => sorts.lines.step().map(|all| history.lines = firsts(all)),
            _ => sorts.nodes.step().map(|all| history.nodes = firsts(all)),
        };
        if is_done.is_some() {
            sorts.done += 1;
        }
        Ok((sorts.done == 4).then(|| std::mem::take(history)))
    }

    fn take(&mut self, event: &MemoryEvent) {
        let at = self.history.moments();
        let MemoryEvent { kind, owner, address, size, taken, .. } = *event;
        let block = Block { address, size, taken, owner, born: at, died: u32::MAX };
        match kind {
            EventKind::Alloc | EventKind::Arrive => {
                self.out.insert(address, self.history.blocks.len());
                self.history.blocks.push(block);
                self.sums[0] += u64::from(size);
                self.sums[1] += u64::from(size);
                self.sums[2] = self.sums[2].max(self.sums[1]);
            }
            EventKind::Free | EventKind::Leave => self.end(address, at),
            EventKind::Carve => {
                self.in_use.insert(address, self.history.pieces.len());
                self.history.pieces.push(block);
            }
            EventKind::Lose => self.lose(address, size, at),
            EventKind::Touch => self.read(event, at + 1),
            EventKind::Mark => self.history.marks.push((at + 1, size)),
        }
        if self.history.sums.last().is_none_or(|(_, last)| *last != self.sums) {
            self.history.sums.push((at + 1, self.sums));
        }
        self.history.events.push(*event);
    }

    /// A block comes back. What never began was there before the program.
    fn end(&mut self, address: u32, at: u32) {
        let Some(block) = self.out.remove(&address).and_then(|block| self.history.blocks.get_mut(block)) else { return };
        block.died = at;
        self.sums[1] -= u64::from(block.size);
        let (owner, size) = (block.owner, block.size);
        if owner == Owner::Chunk {
            // And with a chunk all that was carved from it.
            self.lose(address, size, at);
        }
    }

    /// What was carved from these bytes is in use no more.
    fn lose(&mut self, address: u32, size: u32, at: u32) {
        let pieces = &mut self.history.pieces;
        let first = self.in_use.get(&address).and_then(|piece| pieces.get_mut(*piece));
        if let Some(first) = first.filter(|first| first.size >= size) {
            first.died = at;
            self.in_use.remove(&address);
            return;
        }
        let mut lost = self.in_use.split_off(&address);
        let mut behind = lost.split_off(&address.saturating_add(size));
        self.in_use.append(&mut behind);
        for piece in lost.into_values() {
            if let Some(piece) = pieces.get_mut(piece) {
                piece.died = at;
            }
        }
    }

    fn read(&mut self, event: &MemoryEvent, moment: u32) {
        if event.owner == Owner::Node {
            self.history.visits.push(moment);
            self.history.nodes.push((event.address, moment));
        }
        for line in lines_of(event) {
            // What the cache holds was read before.
            if self.cache.fetches(line) {
                self.history.fetches.push(moment);
                self.history.lines.push((line, moment));
            }
        }
    }
}

/// Of each only the first.
fn firsts(mut all: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    all.dedup_by_key(|one| one.0);
    all
}
