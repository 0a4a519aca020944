//! Thin pointers, fat pointers, and what owns a block on the heap: of each only what lies in the value itself.

use super::Entry;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::mem::transmute_copy;
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// How many words a type has.
const fn words<T>() -> usize {
    size_of::<T>() / size_of::<usize>()
}

/// The words of a value all of whose bytes are set.
macro_rules! words_of {
    ($type:ty, $value:expr) => {{
        let value: &$type = $value;
        // SAFETY: the array is as long as the value, which consists of addresses and counts without padding; they are read as numbers.
        let words: [usize; words::<$type>()] = unsafe { transmute_copy(value) };
        words
    }};
}

/// What points, and what owns.
pub fn pointers() -> Vec<Entry> {
    let list = vec![1_u16, 2, 3];
    let text = "ferroscope";
    let mut roomy = Vec::<u8>::with_capacity(12);
    roomy.extend([1, 2, 3, 4, 5]);
    let (roomy_at, roomy_room) = (roomy.as_ptr().addr(), roomy.capacity());
    let mut letters = String::with_capacity(12);
    letters.push_str("grown");
    let (letters_at, letters_room) = (letters.as_ptr().addr(), letters.capacity());
    let fixed: Box<str> = "fixed".into();
    let number: &dyn Display = &7_u64;
    let number_at = std::ptr::from_ref(number).addr();
    // The other one of the two words; where both were the same, a test finds two parts in one place.
    let table = words_of!(&dyn Display, &number).into_iter().find(|word| *word != number_at).unwrap_or(number_at);
    let entries = vec![
        of_type!(Pointer, "An address, and nothing else: the size of what it points to is known.", &u64),
        of_words!(
            Pointer,
            "A slice’s length is not known to the compiler, so it travels beside the address.",
            &[u16],
            words_of!(&[u16], &list.as_slice()),
            ["address" = list.as_ptr().addr(), "length" = list.len()]
        ),
        of_words!(
            Pointer,
            "Text is a slice of bytes.",
            &str,
            words_of!(&str, &text),
            ["address" = text.as_ptr().addr(), "length" = text.len()]
        ),
        of_words!(
            Pointer,
            "The other word is the address of a table of functions.",
            &dyn Display,
            words_of!(&dyn Display, &number),
            ["address" = number_at, "table" = table]
        ),
        of_words!(
            Pointer,
            "One pointer more: an address alone, and the length lies where it points.",
            &&str,
            words_of!(&&str, &&text),
            ["address" = std::ptr::from_ref(&text).addr()]
        ),
        of_type!(Pointer, "Owning costs no byte more than pointing.", Box<u64>),
        of_words!(
            Pointer,
            "Which of the three comes first is not promised; it was found by the values.",
            Vec<u8>,
            words_of!(Vec<u8>, &roomy),
            ["address" = roomy_at, "length" = 5, "capacity" = roomy_room]
        ),
        of_words!(
            Pointer,
            "A Vec of bytes that are text.",
            String,
            words_of!(String, &letters),
            ["address" = letters_at, "length" = 5, "capacity" = letters_room]
        ),
        of_words!(
            Pointer,
            "Text that will not grow needs no capacity.",
            Box<str>,
            words_of!(Box<str>, &fixed),
            ["address" = fixed.as_ptr().addr(), "length" = 5]
        ),
        of_type!(Pointer, "The two counts lie on the heap, beside the value.", Rc<u64>),
        of_type!(Pointer, "As Rc: that its counts are atomic is to be seen on the heap, not here.", Arc<u64>),
        of_type!(Pointer, "A handle that owns nothing is as large as one that does: it leads to the same block.", Weak<u64>),
        of_variants!(
            Pointer,
            "Borrowed or owned: the tag hides in the capacity.",
            Cow<'static, str>,
            ["Borrowed": Cow::Borrowed = "lent", "Owned": Cow::Owned = "own".to_owned()]
        ),
        of_type!(Pointer, "Shared and changed, at no byte’s cost.", Cell<u32>),
        of_type!(Pointer, "A count of borrows comes first or last, and is as wide as an address.", RefCell<u32>),
    ];
    drop(list);
    entries
}
