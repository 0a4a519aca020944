//! Must not compile: a thread may outlive the function that starts it, so it may borrow nothing of it.

// anchor: thread
fn main() {
    let names = vec!["Ada", "Grace"];
    let thread = std::thread::spawn(|| names.len());
    println!("{:?}", thread.join());
}
// end: thread
