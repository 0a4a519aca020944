//! Must not compile: a parameter that no field uses has no variance.

// anchor: unused
struct Id<T> {
    number: u32,
}
// end: unused

fn main() {}
