use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

static HITS: AtomicU32 = AtomicU32::new(0);

fn main() {
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1000 {
                    HITS.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    println!("{}", HITS.load(Ordering::Relaxed));
}
