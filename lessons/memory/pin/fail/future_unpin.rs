//! Must not compile: a future of an `async fn` may point into itself, so it is not `Unpin`.

// anchor: future_unpin
async fn pause() {}

async fn shout() -> usize {
    let letters = [b'a'; 64];
    let part = &letters[..16];
    pause().await;
    part.len()
}

fn movable<T: Unpin>(value: T) -> T {
    value
}

fn main() {
    let _future = movable(shout());
}
// end: future_unpin
