fn main() {
    let name = String::from("Ada");
    let other = name;
    println!("{name} and {other}");
}
