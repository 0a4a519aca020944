//! A queue with a fixed number of places, made of nothing but `core`: no heap, no operating system.
//!
//! Shown by the lesson `systems/no_std`. Compiled once more as a crate of its own with `no_std`: `crates/samples/tests/alone.rs`.

// anchor: ring
/// A queue of at most `N` values, which lie inside it.
pub struct Ring<T, const N: usize> {
    places: [Option<T>; N],
    first: usize,
    len: usize,
}

impl<T, const N: usize> Ring<T, N> {
    /// Empty. A `const fn`, so that a `static` can hold one.
    #[must_use]
    pub const fn new() -> Self {
        Self { places: [const { None }; N], first: 0, len: 0 }
    }

    /// Puts a value at the end.
    ///
    /// # Errors
    /// All places are taken: the value comes back, and the caller decides.
    pub fn push(&mut self, value: T) -> Result<(), T> {
        if self.len == N {
            return Err(value);
        }
        self.places[(self.first + self.len) % N] = Some(value);
        self.len += 1;
        Ok(())
    }

    /// Takes the oldest value.
    pub fn pop(&mut self) -> Option<T> {
        let oldest = self.places.get_mut(self.first)?.take()?;
        self.first = (self.first + 1) % N;
        self.len -= 1;
        Some(oldest)
    }
}
// end: ring

impl<T, const N: usize> Default for Ring<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::mem::size_of;

    // anchor: full
    #[test]
    fn the_fifth_of_four_comes_back() {
        let mut ring = Ring::<u16, 4>::new();
        for reading in 1..=4 {
            assert_eq!(ring.push(reading), Ok(()));
        }
        assert_eq!(ring.push(5), Err(5));
        assert_eq!(ring.pop(), Some(1));
        assert_eq!(ring.push(5), Ok(()));
        assert_eq!([ring.pop(), ring.pop(), ring.pop(), ring.pop(), ring.pop()], [Some(2), Some(3), Some(4), Some(5), None]);
    }
    // end: full

    // anchor: size
    #[test]
    fn its_size_is_known_before_the_program_runs() {
        let places = 4 * size_of::<Option<u16>>();
        assert_eq!(places, 16);
        assert_eq!(size_of::<Ring<u16, 4>>(), places + 2 * size_of::<usize>());
    }
    // end: size

    #[test]
    fn it_behaves_as_a_queue_of_the_standard_library_does() {
        let mut ring = Ring::<u32, 5>::new();
        let mut model = std::collections::VecDeque::new();
        for step in 0..1_000_u32 {
            if step * step % 7 < 4 {
                let fits = model.len() < 5;
                assert_eq!(ring.push(step).is_ok(), fits);
                model.extend(fits.then_some(step));
            } else {
                assert_eq!(ring.pop(), model.pop_front());
            }
        }
    }

    #[test]
    fn a_ring_without_places_takes_nothing() {
        let mut none = Ring::<u8, 0>::new();
        assert_eq!(none.push(1), Err(1));
        assert_eq!(none.pop(), None);
    }
}
