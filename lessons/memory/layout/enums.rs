//! How wide an enum is: as wide as its widest variant, and often a tag.
#![allow(dead_code, reason = "only the layout of the variants is looked at")]
#![allow(clippy::large_enum_variant, reason = "`Message` is what this lint is for")]

// anchor: types
enum Direction {
    North,
    East,
    South,
    West,
}

enum Shape {
    Dot,
    Circle(f64),
    Box { width: f64, height: f64 },
}

/// One variant that is rare, and large.
enum Message {
    Ping,
    Text(String),
    Picture([u8; 1024]),
}

/// The same, with the large one elsewhere.
enum Slim {
    Ping,
    Text(String),
    Picture(Box<[u8; 1024]>),
}

/// A text or nothing: the empty case hides in a capacity that no text can have.
enum Name {
    Unknown,
    Known(String),
}
// end: types

// anchor: main
macro_rules! show {
    ($($type:ident),*) => {
        $(println!("{:9} {:4} bytes, aligned to {}", stringify!($type), size_of::<$type>(), align_of::<$type>());)*
    };
}

fn main() {
    show!(Direction, Shape, Message, Slim, Name, String);
    println!("a queue of 1,000: {} bytes of Message, {} of Slim", size_of::<[Message; 1_000]>(), size_of::<[Slim; 1_000]>());
}
// end: main
