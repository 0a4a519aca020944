#[repr(C)]
struct Packet {
    kind: u8,
    length: u32,
    flags: u8,
}

fn main() {
    println!("{}", size_of::<Packet>());
}
