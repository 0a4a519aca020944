//! Cells that are written once: for one thread and for all.
//!
//! Shown by the lesson `memory/interior_mutability`.

use std::cell::OnceCell;
use std::sync::LazyLock;

// anchor: once
struct Document {
    text: String,
    words: OnceCell<usize>,
}

impl Document {
    /// Counts at the first call. A plain reference may be handed out, for nothing will ever be written there again.
    fn words(&self) -> &usize {
        self.words.get_or_init(|| self.text.split_whitespace().count())
    }
}
// end: once

// anchor: lazy
/// Made at its first use, by whichever thread comes first; the others wait.
static PRIMES: LazyLock<Vec<u32>> =
    LazyLock::new(|| (2..50).filter(|number| (2..*number).all(|divisor| number % divisor != 0)).collect());
// end: lazy

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_counted_once() {
        let document = Document { text: "three short words".to_owned(), words: OnceCell::new() };
        assert_eq!(document.words.get(), None);
        let first = document.words();
        assert!(std::ptr::eq(first, document.words()));
        assert_eq!(document.words.set(9), Err(9), "a second value is handed back");
        assert_eq!(*first, 3);
    }

    #[test]
    fn the_table_is_there_for_all_threads() {
        let counts =
            std::thread::scope(|scope| [scope.spawn(|| PRIMES.len()), scope.spawn(|| PRIMES.len())].map(|one| one.join().ok()));
        assert_eq!(counts, [Some(15), Some(15)]);
    }
}
