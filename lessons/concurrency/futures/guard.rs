//! A lock and a wait: three ways that a spawned task may combine them, and one that stops everything.
//!
//! Shown by the lesson `concurrency/futures`. The way that the compiler refuses is `fail/guard.rs`.

use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};

/// Something that takes a while: it lets everybody else have a turn before it answers.
pub async fn fetch() -> u64 {
    tokio::task::yield_now().await;
    42
}

// anchor: wait_first
/// Waits first, and locks after: the guard is gone before anything else could wait.
pub async fn wait_first(total: Arc<Mutex<u64>>) {
    let price = fetch().await;
    *total.lock().unwrap_or_else(PoisonError::into_inner) += price;
}
// end: wait_first

// anchor: hold
/// Holds the lock while it waits: everybody else waits too, which is sometimes what one wants.
pub async fn hold(total: Arc<tokio::sync::Mutex<u64>>) {
    let mut total = total.lock().await;
    *total += fetch().await;
}
// end: hold

// anchor: owner
/// What the owning task can be asked to do.
pub enum Request {
    /// Add this much.
    Add(u64),
    /// Tell the total.
    Total(oneshot::Sender<u64>),
}

/// One task owns the number; the others send it messages. There is no lock at all.
pub async fn owner(mut requests: mpsc::Receiver<Request>) {
    let mut total = 0;
    while let Some(request) = requests.recv().await {
        match request {
            Request::Add(price) => total += price,
            Request::Total(answer) => drop(answer.send(total)),
        }
    }
}
// end: owner

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::TryLockError;

    async fn finish(tasks: Vec<tokio::task::JoinHandle<()>>) {
        for task in tasks {
            task.await.unwrap();
        }
    }

    // anchor: agree
    #[tokio::test]
    async fn waiting_first_needs_no_lock_of_tokio_s() {
        let total = Arc::new(Mutex::new(0));
        finish((0..10).map(|_| tokio::spawn(wait_first(Arc::clone(&total)))).collect()).await;
        assert_eq!(*total.lock().unwrap(), 420);
    }

    #[tokio::test]
    async fn tokio_s_lock_may_be_held_across_an_await() {
        let total = Arc::new(tokio::sync::Mutex::new(0));
        finish((0..10).map(|_| tokio::spawn(hold(Arc::clone(&total)))).collect()).await;
        assert_eq!(*total.lock().await, 420);
    }

    #[tokio::test]
    async fn a_task_that_owns_the_number_needs_no_lock() {
        let (requests, inbox) = mpsc::channel(4);
        tokio::spawn(owner(inbox));
        let add = |requests: mpsc::Sender<Request>| async move {
            let price = fetch().await;
            assert!(requests.send(Request::Add(price)).await.is_ok());
        };
        finish((0..10).map(|_| tokio::spawn(add(requests.clone()))).collect()).await;
        let (answer, total) = oneshot::channel();
        assert!(requests.send(Request::Total(answer)).await.is_ok());
        assert_eq!(total.await, Ok(420));
    }
    // end: agree

    // anchor: deadlock
    #[tokio::test]
    #[allow(clippy::await_holding_lock, reason = "this is what the lint warns of, and what is shown")]
    async fn two_futures_on_one_thread_would_stop_each_other() {
        let total = Mutex::new(0);
        let holds = async {
            let mut guard = total.lock().unwrap();
            *guard += fetch().await;
        };
        // With `lock` in place of `try_lock`, the only thread would stop here, and the first future, which holds
        // the guard, could never go on.
        let meets_it = async { matches!(total.try_lock(), Err(TryLockError::WouldBlock)) };
        let ((), blocked) = tokio::join!(holds, meets_it);
        assert!(blocked);
    }
    // end: deadlock
}
