async fn greet() {
    println!("hello");
}

fn main() {
    let greeting = greet();
    println!("ready");
    drop(greeting);
}
