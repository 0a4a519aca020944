//! Must not compile: a guard of the standard lock is held while a spawned task waits.

use std::sync::{Arc, Mutex, PoisonError};

async fn fetch() -> u64 {
    tokio::task::yield_now().await;
    42
}

// anchor: guard
fn start(total: Arc<Mutex<u64>>) {
    tokio::spawn(async move {
        let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
        *total += fetch().await;
    });
}
// end: guard

fn main() {
    start(Arc::default());
}
