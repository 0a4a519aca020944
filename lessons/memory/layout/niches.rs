//! What an `Option` adds: nothing, where the type has a bit pattern to spare.

use std::num::NonZero;
use std::rc::Rc;

// anchor: niches
macro_rules! show {
    ($($type:ty),* $(,)?) => {
        $(println!("{:20} {:2} bytes, as an Option {:2}", stringify!($type), size_of::<$type>(), size_of::<Option<$type>>());)*
    };
}

fn main() {
    show!(u8, u32, u64, f64, bool, char, NonZero<u32>, &u8, &str, Box<u64>, Rc<u64>, String, Vec<u8>, fn(u8) -> u8, (), [u8; 3]);
    println!();
    show!(Option<bool>, Option<u32>, Option<Box<u64>>, Option<Option<bool>>);
}
// end: niches
