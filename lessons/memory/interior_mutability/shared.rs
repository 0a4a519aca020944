//! Counting from several threads: with an atomic, and with the mistake that an atomic does not prevent.
//!
//! Shown by the lesson `memory/interior_mutability`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

// anchor: atomic
static HITS: AtomicU32 = AtomicU32::new(0);

fn hit() {
    // One step: nobody can come between the reading and the writing. Nothing else depends on the order, so `Relaxed` is enough.
    HITS.fetch_add(1, Ordering::Relaxed);
}
// end: atomic

// anchor: two_steps
fn hit_in_two_steps(hits: &AtomicU32) {
    let seen = hits.load(Ordering::Relaxed);
    // Here another thread may count; what it counted is then overwritten.
    hits.store(seen + 1, Ordering::Relaxed);
}
// end: two_steps

// anchor: mutex
fn enter(guests: &Mutex<Vec<String>>, name: &str) -> usize {
    // A lock that a panicking thread held is taken all the same: a list of names has no state that could be broken.
    let mut guests = guests.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    guests.push(name.to_owned());
    guests.len()
}
// end: mutex

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hit_is_lost() {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..10_000 {
                        hit();
                    }
                });
            }
        });
        assert_eq!(HITS.load(Ordering::Relaxed), 40_000);
    }

    #[test]
    fn two_steps_lose_what_comes_between() {
        let hits = AtomicU32::new(0);
        // What two threads may do, written as one: both look before either writes.
        let seen = [hits.load(Ordering::Relaxed), hits.load(Ordering::Relaxed)];
        for seen in seen {
            hits.store(seen + 1, Ordering::Relaxed);
        }
        assert_eq!(hits.load(Ordering::Relaxed), 1);
        hit_in_two_steps(&hits);
        assert_eq!(hits.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn guests_are_counted() {
        let guests = Mutex::new(Vec::new());
        assert_eq!((enter(&guests, "Ada"), enter(&guests, "Grace")), (1, 2));
    }
}
