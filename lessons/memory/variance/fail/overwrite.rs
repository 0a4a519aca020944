//! Must not compile: the use of `shorten`, had it been allowed, would leave a dangling reference.

// anchor: overwrite
fn set<'a>(slot: &mut &'a str, text: &'a str) {
    *slot = text;
}

fn main() {
    let mut name: &'static str = "static";
    let forever: &mut &'static str = &mut name;
    {
        let local = String::from("gone soon");
        set(forever, &local);
    }
    println!("{name}");
}
// end: overwrite
