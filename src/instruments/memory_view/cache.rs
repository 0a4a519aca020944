//! A modelled cache: which of a walk's reads would fetch a line anew. It is a model, and whoever shows a figure of it says so.

/// Lines of each set: as many as a common first-level data cache has ways.
const WAYS: usize = 8;
/// Sets, chosen by a line's lowest bits.
const SETS: usize = 64;

/// Bytes that it holds: 32 KiB, as the first level of most machines of these years.
pub(super) const BYTES: usize = WAYS * SETS * super::history::LINE as usize;

/// The lines that are in it: of each set, those last read first. Whoever was not read for longest makes room.
#[derive(Clone, Debug)]
pub(super) struct Cache([[Option<u32>; WAYS]; SETS]);

impl Cache {
    /// Nothing is in it.
    pub(super) const fn empty() -> Self {
        Self([[None; WAYS]; SETS])
    }

    /// A line is read: whether it has to be fetched.
    pub(super) fn fetches(&mut self, line: u32) -> bool {
        let Some(set) = self.0.get_mut(line as usize % SETS) else { return true };
        let found = set.iter().position(|one| *one == Some(line));
        set[..=found.unwrap_or(WAYS - 1)].rotate_right(1);
        set[0] = Some(line);
        found.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_not_read_for_longest_makes_room_in_its_set() {
        let mut cache = Cache::empty();
        let lines: Vec<u32> = (0..8).map(|way| way * 64).collect();
        assert!(lines.iter().all(|line| cache.fetches(*line)));
        assert!(lines.iter().all(|line| !cache.fetches(*line)));
        // A ninth of the same set: the first goes, since it was read before all others.
        assert!(cache.fetches(8 * 64) && cache.fetches(0) && !cache.fetches(7 * 64));
        // Another set is another matter.
        assert!(cache.fetches(1) && !cache.fetches(1));
        assert_eq!(BYTES, 32 << 10);
    }
}
