//! Two tasks without a heap, a thread or an operating system, with parts of embassy: a channel of fixed size, and an executor of a few lines.
//!
//! Shown by the lesson `systems/no_std`. On a board the executor would sleep until an interrupt wakes it; here, for the tests, it polls.

// anchor: tasks
use embassy_futures::join::join;
use embassy_sync::{blocking_mutex::raw::NoopRawMutex, channel::Channel};

/// Room for two readings. The mutex is none: both tasks run on one thread, and neither is ever interrupted by the other.
pub type Readings = Channel<NoopRawMutex, Option<u16>, 2>;

/// Hands on what a sensor has measured, and then that there is no more. Where the channel is full it waits: the other task runs.
pub async fn sense(measured: &[u16], readings: &Readings) {
    for reading in measured {
        readings.send(Some(*reading)).await;
    }
    readings.send(None).await;
}

/// Adds up what comes.
pub async fn sum(readings: &Readings) -> u32 {
    let mut sum = 0;
    while let Some(reading) = readings.receive().await {
        sum += u32::from(reading);
    }
    sum
}

/// Both, taking turns.
pub async fn both(measured: &[u16]) -> u32 {
    let readings = Readings::new();
    let ((), sum) = join(sense(measured, &readings), sum(&readings)).await;
    sum
}
// end: tasks

#[cfg(test)]
mod tests {
    use super::*;
    use embassy_futures::block_on;

    // anchor: turns
    #[test]
    fn more_readings_than_places_take_turns() {
        assert_eq!(block_on(both(&[3, 5, 8, 13, 21])), 50);
    }

    #[test]
    fn all_they_need_is_known_before_they_run() {
        // Both tasks, the channel and what each has to remember while it waits, as one value that can lie in a static.
        assert!(size_of_val(&both(&[])) < 256);
    }
    // end: turns
}
