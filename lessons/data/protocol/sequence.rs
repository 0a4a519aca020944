//! Exercise 1: what was lost, told from the sequence numbers alone.
//!
//! Shown by the lesson `data/protocol`.

// anchor: task
/// Follows a feed's sequence numbers, which count up by one and begin again at 0 after `u32::MAX`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gaps {
    /// What comes next, once something has come.
    next: Option<u32>,
}

/// What a number says about the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing is missing.
    InOrder,
    /// So many are missing before this one.
    Lost(u32),
    /// This one is late, or came twice: it lies behind what was seen.
    Old,
}
// end: task

impl Gaps {
    // anchor: solution
    /// Takes the next packet's number.
    pub fn take(&mut self, number: u32) -> Seen {
        // The distance on the circle of numbers; more than half of it ahead is behind.
        let ahead = self.next.map_or(0, |next| number.wrapping_sub(next));
        if ahead > u32::MAX / 2 {
            return Seen::Old;
        }
        self.next = Some(number.wrapping_add(1));
        if ahead == 0 { Seen::InOrder } else { Seen::Lost(ahead) }
    }
    // end: solution
}

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: tests
    #[test]
    fn losses_late_ones_and_the_turn_of_the_counter_are_told_apart() {
        let mut gaps = Gaps::default();
        let mut seen = |number| gaps.take(number);
        assert_eq!([seen(7), seen(8), seen(11)], [Seen::InOrder, Seen::InOrder, Seen::Lost(2)]);
        assert_eq!([seen(9), seen(11), seen(12)], [Seen::Old, Seen::Old, Seen::InOrder]);
        let mut gaps = Gaps::default();
        let mut seen = |number| gaps.take(number);
        assert_eq!([seen(u32::MAX - 1), seen(u32::MAX), seen(0), seen(2)], [Seen::InOrder, Seen::InOrder, Seen::InOrder, Seen::Lost(1)]);
    }
    // end: tests
}
