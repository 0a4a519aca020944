//! Options and the patterns in which they hide, enums and their tags.

use super::Entry;
use std::num::{NonZeroU8, NonZeroU32};
use std::rc::Rc;

/// Where an `Option` hides. What is looked at has no padding and no part that `None` leaves unset.
pub fn niches() -> Vec<Entry> {
    vec![
        of_option!(Niche, "Every pattern of a u32 is a number, so “nothing” needs room of its own.", u32, 7),
        of_option!(
            Niche,
            "Zero is the one number that it cannot be, and so it is free to mean “nothing”.",
            NonZeroU32,
            NonZeroU32::MIN
        ),
        of_option!(Niche, "The same in one byte.", NonZeroU8, NonZeroU8::MIN),
        of_option!(
            Niche,
            "A box is never null. The standard library promises that null is then “nothing”.",
            Box<u64>,
            Box::new(7)
        ),
        of_option!(Niche, "So is a shared owner never null.", Rc<u64>, Rc::new(7)),
        of_option!(Niche, "A reference is an address that is never zero.", &'static u8, &7),
        of_option!(Niche, "And a function has an address.", fn() -> u8, || 7),
        of_option!(Niche, "A bool uses two patterns of its byte. Look which one means “nothing”.", bool, true),
        of_option!(Niche, "One Option more: another unused pattern of the same byte.", Option<bool>, Some(true)),
        of_option!(Niche, "A char ends far below the largest number that four bytes hold. Look at its “nothing”.", char, 'x'),
        of_option!(Niche, "The box had one pattern to spare, and the inner Option has taken it.", Option<Box<u64>>, None),
        of_option!(Niche, "No pattern of a float is unused, not even among those that are no number.", f64, 0.5),
    ]
}

/// Enums and their tags. Bytes that belong to no field of any variant are the tag, where that was not found, and padding.
pub fn enums() -> Vec<Entry> {
    let mut all = names();
    all.extend(with_fields());
    all
}

/// Enums that are names and nothing else.
fn names() -> Vec<Entry> {
    vec![
        of_enum!(
            Enum,
            "Four names: a byte holds them, with room to spare.",
            tag first: u8,
            enum Direction {
                North,
                East,
                South,
                West,
            }
        ),
        of_enum!(
            Enum,
            "One name: which one it is needs no bytes at all.",
            enum Only {
                One,
            }
        ),
        of_enum!(
            Enum,
            "The same four names, as wide as somebody else expects them.",
            tag first: u32,
            #[repr(u32)]
            enum Wide {
                North,
                East,
                South,
                West,
            }
        ),
    ]
}

/// Enums whose variants hold something.
fn with_fields() -> Vec<Entry> {
    vec![
        of_enum!(
            Enum,
            "As wide as its widest variant, and a tag that is padded like any field.",
            enum Shape {
                Circle { radius: f64 },
                Rectangle { width: f64, height: f64 },
                Point,
            }
        ),
        of_enum!(
            Enum,
            "The tag fits beside the small fields: each variant lays its fields around it.",
            enum Event {
                Key { code: u32, pressed: bool },
                Click { x: u16, y: u16 },
                Quit,
            }
        ),
        of_enum!(
            Enum,
            "The capacity of a String never uses its topmost bit: the tag hides there.",
            enum Name {
                Known { text: String },
                Anonymous,
            }
        ),
        of_enum!(
            Enum,
            "Two variants without data hide in the unused patterns of the third one’s bool.",
            enum Answer {
                Said { yes: bool },
                Silent,
                Absent,
            }
        ),
        of_enum!(
            Enum,
            "One rare variant decides for all of them.",
            enum Message {
                Ping,
                Move { x: i32, y: i32 },
                Picture { pixels: [u64; 16] },
            }
        ),
        of_enum!(
            Enum,
            "A box around it: an allocation when a picture comes, and every other message is small.",
            enum Slim {
                Ping,
                Move { x: i32, y: i32 },
                Picture { pixels: Box<[u64; 16]> },
            }
        ),
        of_enum!(
            Enum,
            "repr(C) promises a tag first and the variants’ union behind it, without hiding.",
            tag first: u32,
            #[repr(C)]
            enum ForC {
                Known { text: Box<u8> },
                Anonymous,
            }
        ),
        of_variants!(
            Enum,
            "The error has no bytes: is a tag needed?",
            Result<Box<u8>, ()>,
            ["Ok": Ok = Box::new(7), "Err": Err = ()]
        ),
    ]
}
