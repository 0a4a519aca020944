fn main() {
    let mut calls = 0;
    let doubled = [1, 2, 3].iter().map(|number| {
        calls += 1;
        number * 2
    });
    drop(doubled);
    println!("{calls}");
}
