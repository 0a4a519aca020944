//! All that is read off a history at one moment, in one pass over its blocks: whoever draws, counts or lists shares it. It must never touch the browser.

use super::history::{Block, History};
use protocol::memory::Owner;

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
    /// Taken beyond what was asked for, notes and rounding, by the allocator's rule.
    pub wasted: u64,
    /// Between the blocks that are there, or around them.
    pub free: u64,
    /// The part of `free` that is not in its largest piece, 0 to 1.
    pub fragmentation: f64,
    /// In chunks of arenas: what they hold.
    pub chunks: u64,
    /// In them, what is in use: the rest is dead space, not used yet, or lost.
    pub carved: u64,
}

/// A history at a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// After how many events.
    pub now: u32,
    /// The sums.
    pub counters: Counters,
    /// Which part of the program is on.
    pub part: Option<u32>,
    /// For each owner that has any: blocks and bytes that are there.
    pub owners: Vec<(Owner, u32, u64)>,
    /// The same of pieces of chunks.
    pub carvers: Vec<(Owner, u32, u64)>,
    /// How many cache lines the walk has read, each counted once.
    pub lines: usize,
    /// How many nodes it has visited.
    pub visited: usize,
    /// How many lines the modelled cache fetched for it.
    pub fetched: usize,
    /// The lines that the visit reads which is on.
    pub visit: Vec<u32>,
    /// The blocks that are there, by address.
    pub blocks: Vec<Block>,
    /// The pieces of chunks that are in use, by address.
    pub pieces: Vec<Block>,
}

impl Reading {
    /// Where blocks overlap, as only a damaged trace says, what they share counts for each.
    pub(super) fn of(history: &History, now: u32) -> Self {
        let alive = |all: &[Block]| all.iter().filter(|block| block.is_alive(now)).copied().collect::<Vec<Block>>();
        let (blocks, pieces) = (alive(&history.blocks), alive(&history.pieces));
        let [allocated, live, peak] = history.sums(now);
        let (mut taken, mut free, mut largest, mut at) = (0_u64, 0_u64, 0_u64, history.start);
        let mut gap = |from: u32, to: u32| {
            let bytes = u64::from(to.saturating_sub(from));
            free += bytes;
            largest = largest.max(bytes);
        };
        for block in &blocks {
            taken += u64::from(block.taken);
            gap(at, block.address);
            at = at.max(block.end());
        }
        gap(at, history.end);
        let fragmentation = if free > 0 { 1.0 - largest as f64 / free as f64 } else { 0.0 };
        let (owners, carvers) = (by_owner(&blocks), by_owner(&pieces));
        let chunks = owners.iter().find(|sum| sum.0 == Owner::Chunk).map_or(0, |sum| sum.2);
        let carved = carvers.iter().map(|sum| sum.2).sum();
        let count = u32::try_from(blocks.len()).unwrap_or(u32::MAX);
        let wasted = taken.saturating_sub(live);
        let counters = Counters { blocks: count, allocated, live, peak, wasted, free, fragmentation, chunks, carved };
        Self {
            now,
            counters,
            part: history.part(now),
            owners,
            carvers,
            lines: history.lines(now).count(),
            visited: history.visited(now),
            fetched: history.fetched(now),
            visit: history.lines_of_visit(now),
            blocks,
            pieces,
        }
    }
}

/// For each owner that has any: blocks and bytes.
fn by_owner(blocks: &[Block]) -> Vec<(Owner, u32, u64)> {
    let mut sums = [(0_u32, 0_u64); Owner::ALL.len()];
    for block in blocks {
        let sum = &mut sums[block.owner as usize];
        *sum = (sum.0 + 1, sum.1 + u64::from(block.size));
    }
    let of = |owner: Owner| (owner, sums[owner as usize].0, sums[owner as usize].1);
    Owner::ALL.into_iter().map(of).filter(|sum| sum.1 > 0).collect()
}
