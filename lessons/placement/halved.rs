fn half(number: i32) -> Option<i32> {
    if number % 2 == 0 { Some(number / 2) } else { None }
}

fn main() {
    let result = half(6).and_then(half).unwrap_or(-1);
    println!("{result}");
}
