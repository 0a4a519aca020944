//! How coarse the clock is. It must never spin for long, nor for ever on a clock that stands still.

use crate::Clock;
use units::Nanos;

/// So many changes of the clock are seen before the smallest is believed: browsers jitter their steps, so that some are double.
const CHANGES: u32 = 24;
/// No longer than this, once the clock has changed at all.
const LONGEST: Nanos = Nanos::from_millis(12.0);
/// Readings after which a clock that has not changed twice is given up: some 300 ms of spinning.
const READINGS: u32 = 5_000_000;

/// The smallest step that `clock` was seen to make; 0 if it stands still. On a clock that is finer than a reading of it takes, that is the
/// time of one reading.
///
/// A spin of 24 changes or 12 ms, whichever ends first: 12 changes of a 1 ms clock, 120 µs on a 5 µs one.
#[must_use]
pub fn detect_step(clock: &dyn Clock) -> Nanos {
    let start = clock.now();
    let (mut last, mut smallest, mut changes) = (start, f64::INFINITY, 0);
    for _ in 0..READINGS {
        let now = clock.now();
        let change = (now - last).0;
        if change <= 0.0 {
            continue;
        }
        last = now;
        changes += 1;
        // The spin began somewhere inside a step, but on a reading of the clock: even the first change is a whole step.
        smallest = smallest.min(change);
        if changes >= CHANGES || (changes >= 2 && (now - start).0 >= LONGEST.0) {
            break;
        }
    }
    if smallest.is_finite() { Nanos(smallest) } else { Nanos(0.0) }
}
