//! The `{lab}` lab: what it compares, in one sentence.
//!
//! It must never read a clock, or draw randomness but from the seed it is handed.

use measure::Contender;
use protocol::Seed;

/// What is timed, in the order it is shown. Each operation returns a checksum of what it made, so that no work can be left out.
pub fn contenders<Id>(first: Id, seed: Seed) -> Vec<Contender<Id>> {
    let data = seed.0;
    vec![Contender::new(first, move || data.rotate_left(1))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_something_to_time() {
        assert_eq!(contenders("first", Seed(1)).len(), 1);
    }
}
