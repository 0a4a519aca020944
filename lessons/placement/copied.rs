fn main() {
    let mut a = 5;
    let b = a;
    a += 1;
    println!("{a} {b}");
}
