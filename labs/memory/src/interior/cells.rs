//! Programs of cells, run line by line: behind each line, what it gave, what the cell itself says, and the flag of a `RefCell` as it lies in memory.
//! It must never tell what was not asked of the cell, or read of it, just then.

use protocol::interior::{CellProgram, CellStep, CellWords, Lent};
use std::cell::{Cell, OnceCell, RefCell};
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};

/// How a cell stands.
#[derive(Default)]
struct Seen {
    gave: Option<String>,
    inside: Option<String>,
    lent: Option<Lent>,
    flag: Option<isize>,
}

impl Seen {
    fn of(inside: impl Debug) -> Self {
        Self { inside: Some(format!("{inside:?}")), ..Self::default() }
    }

    fn of_ref_cell(cell: &RefCell<isize>) -> Self {
        // What may be asked of it is whether it would let somebody in. The flag itself is private, but it lies in memory as everything does.
        let lent = match (cell.try_borrow_mut().is_ok(), cell.try_borrow().is_ok()) {
            (true, _) => Lent::Free,
            (false, true) => Lent::Readers,
            (false, false) => Lent::Writer,
        };
        Self {
            inside: cell.try_borrow().ok().map(|value| format!("{value:?}")),
            lent: Some(lent),
            flag: flag_of(cell),
            gave: None,
        }
    }

    fn giving(self, gave: impl Debug) -> Self {
        Self { gave: Some(format!("{gave:?}")), ..self }
    }
}

/// Runs a line and notes what is seen behind it.
macro_rules! line {
    ($steps:ident, $why:literal, $seen:expr, $($code:tt)*) => {
        $($code)*
        let Seen { gave, inside, lent, flag } = $seen;
        let words = flag.map(|flag| CellWords { flag: flag as i64, flag_at: flag_place().unwrap_or(0) * WORD, size: 2 * WORD });
        $steps.push(CellStep { code: stringify!($($code)*).to_owned(), why: $why.to_owned(), gave, inside, lent, words });
    };
}

/// Bytes of a word.
#[allow(clippy::cast_possible_truncation, reason = "a word has 8 bytes at most")]
const WORD: u32 = size_of::<isize>() as u32;

/// A `RefCell` as wide as its flag and a value of the same width: no byte of it is padding.
type Cells = [isize; 2];

/// Which of a `RefCell`'s two words is the flag: the one that a reader changes. None if the cell is not of two words, or both change.
fn flag_place() -> Option<u32> {
    let cell = RefCell::new(0x5EED);
    let words = || {
        // SAFETY: `Cells` is as long as the cell, by the test below, and as aligned; its bytes are a value and a flag, without padding, since it
        // is no longer than the two. Both lie in cells that may be read and written through a shared reference, and only a reader is there.
        (size_of::<RefCell<isize>>() == size_of::<Cells>()).then(|| unsafe { (&raw const cell).cast::<Cells>().read() })
    };
    let before = words()?;
    let reader = cell.borrow();
    let during = words()?;
    drop(reader);
    let mut changed = (0..2_u32).filter(|at| before[*at as usize] != during[*at as usize]);
    changed.next().filter(|_| changed.next().is_none())
}

/// What stands in the cell's flag.
fn flag_of(cell: &RefCell<isize>) -> Option<isize> {
    let place = flag_place()? as usize;
    // SAFETY: the cell has two words, as `flag_place` has found, and this one is its flag: initialised, and never behind a reference of whoever
    // borrows the value. Nobody writes it meanwhile: a `RefCell` is of one thread.
    Some(unsafe { (&raw const *cell).cast::<isize>().add(place).read() })
}

/// The program's lines.
pub(super) fn steps(program: CellProgram) -> Vec<CellStep> {
    match program {
        CellProgram::RefCell => ref_cell(),
        CellProgram::Cell => cell(),
        CellProgram::OnceCell => once_cell(),
        CellProgram::Atomic => atomic(),
    }
}

fn ref_cell() -> Vec<CellStep> {
    let mut steps = Vec::new();
    let seen = Seen::of_ref_cell;
    line!(steps, "A value, and a flag beside it that counts who borrows.", seen(&shared), let shared = RefCell::new(5_isize););
    line!(steps, "A reader enters itself in the flag.", seen(&shared).giving(&one), let one = shared.borrow(););
    line!(steps, "A second reader may, as with two shared references.", seen(&shared).giving(&other), let other = shared.borrow(););
    line!(steps, "A writer beside readers may not. This call asks first, and is told; borrow_mut would panic here.", seen(&shared).giving(&refused), let refused = shared.try_borrow_mut().map(drop););
    line!(steps, "One reader less. The flag still counts the other.", seen(&shared), drop(one););
    line!(steps, "None is left.", seen(&shared), drop(other););
    line!(steps, "Now a writer may, alone. What it writes nobody else sees yet.", seen(&shared).giving(&writer), let mut writer = shared.borrow_mut(););
    line!(steps, "It writes through the guard, though nothing here was declared as mutable but the guard.", seen(&shared).giving(&writer), *writer += 1;);
    line!(steps, "A reader beside a writer may not either.", seen(&shared).giving(&refused), let refused = shared.try_borrow().map(|value| *value););
    line!(steps, "The guard goes, and takes itself out of the flag.", seen(&shared), drop(writer););
    line!(steps, "A borrow that ends within its line: behind it the cell is free again.", seen(&shared).giving(doubled), let doubled = *shared.borrow() * 2;);
    line!(steps, "A guard that is forgotten never takes itself out: lent for ever. No rule of the language is broken.", seen(&shared), std::mem::forget(shared.borrow_mut()););
    line!(steps, "So from here on nobody is let in.", seen(&shared).giving(&refused), let refused = shared.try_borrow().map(|value| *value););
    steps
}

fn cell() -> Vec<CellStep> {
    let mut steps = Vec::new();
    line!(steps, "A value that can be exchanged through a shared reference. No flag.", Seen::of(count.get()), let count = Cell::new(5););
    line!(steps, "Two ways to it, both shared.", Seen::of(count.get()), let alias = &count;);
    line!(steps, "Written through one of them.", Seen::of(count.get()), alias.set(6););
    line!(steps, "A new value in, the old one out.", Seen::of(count.get()).giving(old), let old = count.replace(7););
    line!(steps, "Nobody ever holds a reference to the inside, so nothing can go stale. What is no Copy can only be taken.", Seen::default(), let text = Cell::new(String::from("kept")););
    line!(steps, "Taken: an empty text stays behind.", Seen::default().giving(&taken), let taken = text.take(););
    line!(steps, "And here it is.", Seen::default().giving(&left), let left = text.into_inner(););
    steps
}

fn once_cell() -> Vec<CellStep> {
    let mut steps = Vec::new();
    line!(steps, "A place for a value that comes later.", Seen::of(name.get()), let name: OnceCell<String> = OnceCell::new(););
    line!(steps, "Written through a shared reference, since nobody can have seen it yet.", Seen::of(name.get()).giving(first), let first = name.set(String::from("first")););
    line!(steps, "A plain reference to the inside: it may live as long as the cell, since what is there never changes again.", Seen::of(name.get()).giving(lent), let lent = name.get(););
    line!(steps, "A second value is refused, and handed back.", Seen::of(name.get()).giving(second), let second = name.set(String::from("second")););
    line!(steps, "The closure is not called: there is a value.", Seen::of(name.get()).giving(same), let same = name.get_or_init(|| String::from("third")););
    steps
}

fn atomic() -> Vec<CellStep> {
    let mut steps = Vec::new();
    let read = |count: &AtomicU64| Seen::of(count.load(Ordering::Relaxed));
    line!(steps, "A number that threads may share. In Wasm without threads all that follows is plain loads and stores; natively these are instructions of their own.", read(&count), let count = AtomicU64::new(5););
    line!(steps, "Read, added to and written as one. It gives what was there before.", read(&count).giving(before), let before = count.fetch_add(1, Ordering::Relaxed););
    line!(steps, "If it is still 6, it becomes 10.", read(&count).giving(won), let won = count.compare_exchange(6, 10, Ordering::AcqRel, Ordering::Acquire););
    line!(steps, "It is not 6 any more: nothing is written, and what is there comes back.", read(&count).giving(lost), let lost = count.compare_exchange(6, 11, Ordering::AcqRel, Ordering::Acquire););
    line!(steps, "Read first…", read(&count).giving(next), let next = count.load(Ordering::Relaxed) + 1;);
    line!(steps, "…and written later: with threads, another one’s write in between would be lost. Here is one thread, so this shows nothing of the kind.", read(&count), count.store(next, Ordering::Relaxed););
    steps
}

/// Borrows a cell for writing while it is lent to a reader, and does not ask first.
///
/// # Panics
/// Always: that is what it is for. In a worker the panic ends the worker, and the page says what it said.
pub(super) fn borrow_twice() -> Vec<CellStep> {
    let shared = RefCell::new(5);
    let reader = shared.borrow();
    *shared.borrow_mut() += 1;
    drop(reader);
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'a>(steps: &'a [CellStep], code: &str) -> &'a CellStep {
        steps.iter().find(|step| step.code.contains(code)).unwrap_or_else(|| panic!("no line {code}"))
    }

    #[test]
    fn the_flag_is_what_the_cell_says() {
        let steps = steps(CellProgram::RefCell);
        let lent = |code: &str| at(&steps, code).lent;
        assert_eq!(lent("RefCell::new"), Some(Lent::Free));
        assert_eq!(lent("let other"), Some(Lent::Readers));
        assert_eq!(lent("drop(one)"), Some(Lent::Readers));
        assert_eq!(lent("drop(other)"), Some(Lent::Free));
        assert_eq!(lent("let mut writer"), Some(Lent::Writer));
        assert_eq!(lent("forget"), Some(Lent::Writer));
        assert!(
            at(&steps, "map(drop)").gave.as_ref().is_some_and(|gave| gave.starts_with("Err(") && gave.contains("BorrowMutError"))
        );
        assert_eq!(at(&steps, "let doubled").gave.as_deref(), Some("12"));
        assert_eq!(at(&steps, "let mut writer").inside, None, "nobody sees inside while it is written");
    }

    #[test]
    fn the_flag_that_lies_in_memory_counts_readers_and_is_less_than_nothing_for_a_writer() {
        let steps = steps(CellProgram::RefCell);
        let flags: Vec<i64> = steps.iter().map(|step| step.words.unwrap().flag).collect();
        assert_eq!(flags, [0, 1, 2, 2, 1, 0, -1, -1, -1, 0, 0, -1, -1]);
        for (step, flag) in steps.iter().zip(flags) {
            let lent = [Lent::Writer, Lent::Free, Lent::Readers][usize::try_from(flag.signum() + 1).unwrap()];
            assert_eq!(step.lent, Some(lent), "{}", step.code);
        }
        assert!(super::steps(CellProgram::Cell).iter().all(|step| step.words.is_none()));
    }

    #[test]
    fn each_program_gives_what_its_lines_say() {
        assert_eq!(at(&steps(CellProgram::Cell), "replace").gave.as_deref(), Some("6"));
        assert_eq!(at(&steps(CellProgram::OnceCell), "\"second\"").gave.as_deref(), Some("Err(\"second\")"));
        assert_eq!(at(&steps(CellProgram::Atomic), "let lost").gave.as_deref(), Some("Err(10)"));
        for program in CellProgram::ALL {
            assert!(steps(program).iter().all(|step| step.code.ends_with(';')), "{program:?}");
        }
    }

    #[test]
    #[should_panic(expected = "already borrowed")]
    fn a_second_borrow_without_asking_panics() {
        borrow_twice();
    }
}
