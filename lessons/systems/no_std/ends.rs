//! A queue whose two ends are used at the same time, from the crate `heapless`: what a hand-written ring needs next, and should not write itself.
//!
//! Shown by the lesson `systems/no_std`, beside `ring.rs`.

// anchor: ends
use heapless::spsc::{Consumer, Producer, Queue};

/// Takes what an interrupt has measured, oldest first, until there is nothing left for now; gives back their sum.
pub fn drain(readings: &mut Consumer<'_, u16>) -> u32 {
    let mut sum = 0;
    while let Some(reading) = readings.dequeue() {
        sum += u32::from(reading);
    }
    sum
}

/// What an interrupt does with a reading: it puts it into the queue, or counts it as lost. It never waits.
pub fn measured(readings: &mut Producer<'_, u16>, reading: u16, lost: &mut u32) {
    if readings.enqueue(reading).is_err() {
        *lost += 1;
    }
}
// end: ends

/// A queue for the tests: of its four places one stays free, so that full and empty can be told apart without a third number.
pub type Readings = Queue<u16, 4>;

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: lost
    #[test]
    fn what_does_not_fit_is_counted() {
        let mut queue = Readings::new();
        let (mut producer, mut consumer) = queue.split();
        let mut lost = 0;
        for reading in [10, 20, 30, 40] {
            measured(&mut producer, reading, &mut lost);
        }
        assert_eq!((drain(&mut consumer), lost), (60, 1));
    }
    // end: lost

    // anchor: threads
    #[test]
    fn both_ends_are_used_at_once_and_nothing_is_lost_or_swapped() {
        let mut queue = Readings::new();
        let (mut producer, mut consumer) = queue.split();
        std::thread::scope(|scope| {
            // On a microcontroller this would be the interrupt.
            scope.spawn(move || {
                for reading in 0..1000 {
                    while producer.enqueue(reading).is_err() {
                        std::thread::yield_now();
                    }
                }
            });
            for expected in 0..1000 {
                let reading = loop {
                    match consumer.dequeue() {
                        Some(reading) => break reading,
                        None => std::thread::yield_now(),
                    }
                };
                assert_eq!(reading, expected);
            }
        });
    }
    // end: threads
}
