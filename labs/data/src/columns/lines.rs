//! Which cache lines were touched: a set of lines, counted over real addresses.

use std::collections::BTreeSet;

/// Bytes in a cache line of today's x86 and most ARM cores (Apple's have twice as many).
pub const LINE: usize = 64;

/// Lines, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    seen: BTreeSet<usize>,
    /// The last line touched: neighbours mostly share it.
    last: Option<usize>,
}

impl Lines {
    /// Touches `length` bytes at `address`.
    pub(super) fn touch(&mut self, address: usize, length: usize) {
        for line in address / LINE..=(address + length.max(1) - 1) / LINE {
            if self.last != Some(line) {
                self.seen.insert(line);
                self.last = Some(line);
            }
        }
    }

    /// How many bytes all touched lines have.
    pub(super) fn bytes(&self) -> u64 {
        (self.seen.len() * LINE) as u64
    }
}
