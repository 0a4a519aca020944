//! What part of memory is in sight, and at what scale: plain arithmetic from addresses to cells. It must never touch the browser.

use super::{
    history::{Block, History, LINE},
    reading::Reading,
};
use protocol::memory::Owner;

/// Cells side by side: where a cell is a byte, a row is a cache line.
pub const COLUMNS: u32 = 64;
/// Rows below each other.
pub const ROWS: u32 = 40;

/// The part of memory that is in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The whole range: its first address.
    start: u32,
    /// The first address behind it.
    end: u32,
    /// The first address in sight: a multiple of a row's bytes from `start`.
    first: u32,
    /// A cell has 2 to this power bytes.
    scale: u32,
}

/// A cell: what is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Bytes taken, of each owner, at the place of its number.
    pub taken: [u32; Owner::ALL.len()],
}

impl Cell {
    /// Bytes taken.
    #[must_use]
    pub fn filled(&self) -> u32 {
        self.taken.iter().sum()
    }

    /// Who has most of it; none where it is free.
    #[must_use]
    pub fn owner(&self) -> Option<Owner> {
        let most = Owner::ALL.into_iter().max_by_key(|owner| self.taken[*owner as usize])?;
        (self.taken[most as usize] > 0).then_some(most)
    }
}

impl Window {
    /// All of a history's memory.
    #[must_use]
    pub fn whole(history: &History) -> Self {
        let (start, end) = (history.start, history.end);
        let bytes = u64::from(end - start);
        let scale = (0..26).find(|scale| u64::from(COLUMNS * ROWS) << scale >= bytes).unwrap_or(26);
        Self { start, end, first: start, scale }
    }

    /// Bytes of a cell.
    #[must_use]
    pub const fn cell(&self) -> u32 {
        1 << self.scale
    }

    /// The first address in sight.
    #[must_use]
    pub const fn first(&self) -> u32 {
        self.first
    }

    /// The first address behind what is in sight.
    #[must_use]
    pub fn last(&self) -> u32 {
        u32::try_from(u64::from(self.first) + self.bytes()).unwrap_or(u32::MAX).min(self.end.max(self.first))
    }

    const fn bytes(&self) -> u64 {
        ((COLUMNS * ROWS) as u64) << self.scale
    }

    /// Whether a quarter as much can be shown, in cells of a quarter the bytes.
    #[must_use]
    pub const fn is_closest(&self) -> bool {
        self.scale == 0
    }

    /// Whether all is in sight.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.bytes() >= u64::from(self.end - self.start)
    }

    /// Closer by up to four, to the same middle.
    #[must_use]
    pub fn closer(self) -> Self {
        self.scaled(self.scale.saturating_sub(2))
    }

    /// Farther by four, to the same middle; at most until all is in sight.
    #[must_use]
    pub fn farther(self) -> Self {
        if self.is_whole() { self } else { self.scaled((self.scale + 2).min(26)) }
    }

    fn scaled(self, scale: u32) -> Self {
        let middle = u64::from(self.first - self.start) + (self.bytes() / 2).min(u64::from(self.end - self.start) / 2);
        let window = Self { scale, ..self };
        window.at(middle.saturating_sub(window.bytes() / 2))
    }

    /// The same scale, so many bytes from the range's start, to a whole row and never beyond the end.
    fn at(self, offset: u64) -> Self {
        let row = u64::from(COLUMNS) << self.scale;
        let most = u64::from(self.end - self.start).saturating_sub(self.bytes()).next_multiple_of(row);
        let offset = u32::try_from(offset.min(most) / row * row).unwrap_or(0);
        Self { first: self.start.saturating_add(offset), ..self }
    }

    /// How far down the window is, from 0 to [`Window::steps`].
    #[must_use]
    pub fn step(&self) -> u32 {
        (self.first - self.start) / self.row()
    }

    /// How many rows the window can go down.
    #[must_use]
    pub fn steps(&self) -> u32 {
        let left = u64::from(self.end - self.start).saturating_sub(self.bytes());
        u32::try_from(left.div_ceil(u64::from(self.row()))).unwrap_or(u32::MAX)
    }

    /// The window so many rows down.
    #[must_use]
    pub fn stepped(self, step: u32) -> Self {
        self.at(u64::from(step) * u64::from(self.row()))
    }

    /// Bytes of a row.
    #[must_use]
    pub const fn row(&self) -> u32 {
        COLUMNS << self.scale
    }

    /// Cells of a cache line, where a line is at least one cell long.
    #[must_use]
    pub const fn cells_of_line(&self) -> Option<u32> {
        if self.cell() <= LINE { Some(LINE / self.cell()) } else { None }
    }

    /// The cell of an address; none where it is out of sight.
    #[must_use]
    pub fn cell_of(&self, address: u32) -> Option<u32> {
        (self.first..self.last()).contains(&address).then(|| (address - self.first) >> self.scale)
    }

    /// Whether any of a block is in sight.
    #[must_use]
    pub fn shows(&self, block: &Block) -> bool {
        block.address < self.last() && block.end() > self.first
    }

    /// All cells in sight, row by row. What a chunk holds is its pieces' where they are in use, and the chunk's own where nothing is.
    #[must_use]
    pub fn cells(&self, reading: &Reading) -> Vec<Cell> {
        let mut cells = vec![Cell::default(); (COLUMNS * ROWS) as usize];
        for block in &reading.blocks {
            self.fill(&mut cells, block, |cell, bytes| {
                let taken = &mut cell.taken[block.owner as usize];
                *taken = taken.saturating_add(bytes);
            });
        }
        for piece in &reading.pieces {
            self.fill(&mut cells, piece, |cell, bytes| {
                let chunk = &mut cell.taken[Owner::Chunk as usize];
                let bytes = bytes.min(*chunk);
                *chunk -= bytes;
                cell.taken[piece.owner as usize] += bytes;
            });
        }
        cells
    }

    /// Tells of each cell that any of a block is in, and how many of its bytes.
    fn fill(&self, cells: &mut [Cell], block: &Block, mut tell: impl FnMut(&mut Cell, u32)) {
        let (first, last) = (self.first, self.last());
        let (mut at, end) = (block.address.max(first), block.end().min(last));
        while at < end {
            let index = (at - first) >> self.scale;
            let next = (u64::from(first) + (u64::from(index + 1) << self.scale)).min(u64::from(end));
            let next = u32::try_from(next).unwrap_or(end);
            if let Some(cell) = cells.get_mut(index as usize) {
                tell(cell, next - at);
            }
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use protocol::memory::{EventKind, MemoryEvent, Trace};

    fn history(blocks: &[(u32, u32)], end: u32) -> History {
        let mut at = 1_024;
        let mut events = Vec::new();
        for &(gap, size) in blocks {
            at += gap;
            let owner = Owner::ALL[(size % 9) as usize];
            events.push(MemoryEvent { kind: EventKind::Alloc, owner, align: 0, address: at, size, taken: size });
            at += size;
        }
        History::of(&Trace { start: 1_024, end: at.max(end), events: MemoryEvent::pack(&events), lost: 0 }).unwrap()
    }

    proptest! {
        #[test]
        fn every_byte_is_in_one_cell_at_every_scale(
            blocks in proptest::collection::vec((0..3_000_u32, 1..4_000_u32), 1..60), moves in proptest::collection::vec(0..4_u32, 0..20),
        ) {
            let history = history(&blocks, 0);
            let reading = history.reading(history.moments());
            let mut window = Window::whole(&history);
            prop_assert!(window.is_whole() && window.steps() == 0);
            let sum = |window: &Window| window.cells(&reading).iter().map(|cell| u64::from(cell.filled())).sum::<u64>();
            prop_assert_eq!(sum(&window), blocks.iter().map(|block| u64::from(block.1)).sum::<u64>());
            for step in moves {
                window = match step {
                    0 => window.closer(),
                    1 => window.farther(),
                    2 => window.stepped(window.steps()),
                    _ => window.stepped(window.steps() / 3),
                };
                prop_assert!(window.first() >= history.start && window.step() <= window.steps());
                let in_sight = |block: &Block| {
                    u64::from(block.end().min(window.last()).saturating_sub(block.address.max(window.first())))
                };
                prop_assert_eq!(sum(&window), reading.blocks.iter().map(in_sight).sum::<u64>());
                prop_assert!(window.cells(&reading).iter().all(|cell| cell.filled() <= window.cell()));
            }
            // From anywhere the way back leads to all of it.
            for _ in 0..14 {
                window = window.farther();
            }
            prop_assert!(window.is_whole());
            prop_assert_eq!(sum(&window), blocks.iter().map(|block| u64::from(block.1)).sum::<u64>());
        }
    }

    #[test]
    fn the_closest_row_is_a_cache_line() {
        let history = history(&[(0, 100)], 1 << 20);
        let mut window = Window::whole(&history);
        assert!(window.cell() > 1 && !window.is_closest());
        for _ in 0..8 {
            window = window.closer();
        }
        assert!(window.is_closest());
        assert_eq!((window.row(), window.cells_of_line()), (LINE, Some(COLUMNS)));
    }

    #[test]
    fn a_cell_is_whose_most_of_it_is() {
        let mut cell = Cell::default();
        assert_eq!((cell.owner(), cell.filled()), (None, 0));
        cell.taken[Owner::Node as usize] = 3;
        cell.taken[Owner::Table as usize] = 5;
        assert_eq!((cell.owner(), cell.filled()), (Some(Owner::Table), 8));
    }

    #[test]
    fn a_piece_of_a_chunk_is_seen_in_it_and_dead_space_is_the_chunk_s() {
        let event = |kind, owner, address, size| MemoryEvent { kind, owner, align: 2, address, size, taken: size };
        let events = [
            event(EventKind::Alloc, Owner::Chunk, 1_024, 256),
            event(EventKind::Carve, Owner::Node, 1_024, 64),
            event(EventKind::Carve, Owner::EdgeList, 1_088, 64),
            event(EventKind::Lose, Owner::Other, 1_088, 64),
        ];
        let trace = Trace { start: 1_024, end: 1_280, events: MemoryEvent::pack(&events), lost: 0 };
        let history = History::of(&trace).unwrap();
        let bytes = |now| {
            let cells = Window::whole(&history).cells(&history.reading(now));
            [Owner::Chunk, Owner::Node, Owner::EdgeList]
                .map(|owner| cells.iter().map(|cell| cell.taken[owner as usize]).sum::<u32>())
        };
        assert_eq!([0, 1, 2, 3, 4].map(bytes), [[0, 0, 0], [256, 0, 0], [192, 64, 0], [128, 64, 64], [192, 64, 0]]);
    }
}
