fn longer(one: &str, other: &str) -> &str {
    if one.len() > other.len() { one } else { other }
}

fn main() {
    println!("{}", longer("pin", "waker"));
}
