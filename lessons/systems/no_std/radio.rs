//! A device whose states are types: what may be done in which state is checked before the program runs.
//!
//! Shown by the lesson `systems/no_std`; the misuse that is refused is `fail/radio.rs`. Compiled once more with `no_std`.

use core::marker::PhantomData;

// anchor: radio
/// The radio draws no power.
pub struct Off;
/// The radio listens, and can send.
pub struct On;

/// A radio in one of its states. The state is a type, not a field.
pub struct Radio<State> {
    sent: u32,
    state: PhantomData<State>,
}

impl Radio<Off> {
    /// As it comes: off.
    #[must_use]
    pub const fn new() -> Self {
        Self { sent: 0, state: PhantomData }
    }

    /// Switches it on. The radio that was off is moved, so nobody can use it any more.
    #[must_use]
    pub fn on(self) -> Radio<On> {
        Radio { sent: self.sent, state: PhantomData }
    }
}

impl Radio<On> {
    /// Sends a byte, and tells how many were sent before.
    pub fn send(&mut self, _byte: u8) -> u32 {
        self.sent += 1;
        self.sent - 1
    }

    /// Switches it off.
    #[must_use]
    pub fn off(self) -> Radio<Off> {
        Radio { sent: self.sent, state: PhantomData }
    }
}
// end: radio

impl Default for Radio<Off> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::mem::size_of;

    // anchor: free
    #[test]
    fn a_state_takes_no_memory() {
        assert_eq!(size_of::<Radio<On>>(), size_of::<u32>());
        assert_eq!(size_of::<Radio<Off>>(), size_of::<u32>());
    }

    #[test]
    fn what_was_sent_is_kept_while_it_is_off() {
        let mut radio = Radio::new().on();
        assert_eq!(radio.send(b'a'), 0);
        let mut radio = radio.off().on();
        assert_eq!(radio.send(b'b'), 1);
    }
    // end: free
}
