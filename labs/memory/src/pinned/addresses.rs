//! Programs of addresses, run line by line: behind each line, where the value is, and where it believes to be. It must never read through a
//! remembered address: numbers are compared, and nothing else.

use super::futures::Pause;
use protocol::pinned::{PinProgram, PinStep};
use std::cell::Cell;
use std::fmt::Debug;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// A number that can note where it lies.
struct Tracked {
    number: u64,
    remembered: Cell<Option<usize>>,
}

impl Tracked {
    fn new(number: u64) -> Self {
        Self { number, remembered: Cell::new(None) }
    }

    fn here(&self) -> usize {
        (&raw const self.number).addr()
    }

    fn remember(&self) {
        self.remembered.set(Some(self.here()));
    }

    fn seen(&self) -> Seen {
        Seen { at: self.here(), part: None, remembers: self.remembered.get(), gave: None }
    }
}

/// The same, not `Unpin`: once pinned, safe code cannot move it.
struct Staying {
    tracked: Tracked,
    _must_stay: PhantomPinned,
}

impl Staying {
    fn new(number: u64) -> Self {
        Self { tracked: Tracked::new(number), _must_stay: PhantomPinned }
    }

    fn remember(&self) {
        self.tracked.remember();
    }
}

/// Addresses behind a line.
struct Seen {
    at: usize,
    part: Option<usize>,
    remembers: Option<usize>,
    gave: Option<String>,
}

impl Seen {
    fn giving(self, gave: impl Debug) -> Self {
        Self { gave: Some(format!("{gave:?}")), ..self }
    }
}

/// Runs a line and notes what is seen behind it.
macro_rules! line {
    ($steps:ident, $why:literal, $seen:expr, $($code:tt)*) => {
        $($code)*
        let Seen { at, part, remembers, gave } = $seen;
        let wide = |address: Option<usize>| address.map(|address| address as u64);
        let (code, why) = (stringify!($($code)*).to_owned(), $why.to_owned());
        $steps.push(PinStep { code, why, gave, at: at as u64, part: wide(part), remembers: wide(remembers) });
    };
}

/// The program's lines.
pub(super) fn steps(program: PinProgram) -> Vec<PinStep> {
    match program {
        PinProgram::Moved => moved(),
        PinProgram::Boxed => boxed(),
        PinProgram::Pinned => pinned(),
        PinProgram::Future => future(),
        PinProgram::Restless => restless(),
    }
}

fn moved() -> Vec<PinStep> {
    let mut steps = Vec::new();
    line!(steps, "A value on the stack. It has not looked yet where it is.", value.seen(), let value = Tracked::new(7););
    line!(steps, "It notes the address of its own field, as a value would that points into itself.", value.seen(), value.remember(););
    line!(steps, "Into a box: its bytes are copied to the heap, the noted address among them.", boxed.seen(), let boxed = Box::new(value););
    line!(steps, "It looks again.", boxed.seen(), boxed.remember(););
    line!(steps, "Out of the box, back to the stack. The heap’s block is gone: who read through the noted address now would read freed memory.", value.seen(), let value = *boxed;);
    line!(steps, "Into a vector with room for one.", list[0].seen(), let mut list = Vec::with_capacity(1); list.push(value););
    line!(steps, "It looks again.", list[0].seen(), list[0].remember(););
    line!(steps, "Something behind it on the heap, so that the vector cannot grow where it is. The value stays.", list[0].seen(), let behind = Box::new([0_u8; 64]););
    line!(steps, "The vector grows, and takes its elements along. No code of theirs was asked.", list[0].seen(), list.reserve(1_000););
    drop(behind);
    let mut other = Tracked::new(8);
    line!(steps, "It looks again.", list[0].seen(), list[0].remember(););
    other.remember();
    line!(steps, "Two values change places, each with what it noted: both are wrong.", list[0].seen(), std::mem::swap(&mut list[0], &mut other););
    steps
}

fn boxed() -> Vec<PinStep> {
    let mut steps = Vec::new();
    line!(steps, "A value in a box: on the heap from the start.", boxed.seen(), let boxed = Box::new(Tracked::new(7)););
    line!(steps, "It notes where it is.", boxed.seen(), boxed.remember(););
    line!(steps, "The box moves. It is an address; what lies there stays.", elsewhere.seen(), let elsewhere = boxed;);
    line!(steps, "Into a vector: again only the address is copied.", list[0].seen(), let mut list = vec![elsewhere];);
    line!(steps, "The vector grows and moves its boxes. The value stays.", list[0].seen(), list.reserve(1_000););
    line!(steps, "But a box lets its value out, and so it is moved after all. A box alone promises nothing.", value.seen(), let value = *list.swap_remove(0););
    steps
}

fn pinned() -> Vec<PinStep> {
    let mut steps = Vec::new();
    line!(steps, "Made in a box and pinned there. The type has a PhantomPinned field: it is not Unpin.", pinned.tracked.seen(), let pinned = Box::pin(Staying::new(7)););
    line!(steps, "It notes where it is.", pinned.tracked.seen(), pinned.remember(););
    line!(steps, "The pinned box moves; the value does not.", elsewhere.tracked.seen(), let elsewhere = pinned;);
    line!(steps, "Into a vector. `*list.swap_remove(0)`, which let the value out of the plain box, is refused here while compiling.", list[0].tracked.seen(), let mut list = vec![elsewhere];);
    line!(steps, "The vector grows: pinned boxes may move as often as they like.", list[0].tracked.seen(), list.reserve(1_000););
    line!(steps, "Something else may take the place: the old value is dropped where it is, and not moved. The new one has not looked yet.", list[0].tracked.seen(), list[0].set(Staying::new(8)););
    line!(steps, "It notes where it is: the same place.", list[0].tracked.seen(), list[0].remember(););
    let free = Box::pin(Tracked::new(9));
    line!(steps, "Another type, pinned as well, but Unpin: it notes where it is.", free.seen(), free.remember(););
    line!(steps, "What is Unpin the pin lets out, and it moves. Pin’s promise is for types that ask for it.", out.seen(), let out = *Pin::into_inner(free););
    steps
}

/// Where a future's variable lay, and where the borrow of it points.
type Noted = Cell<Option<(usize, usize)>>;

// anchor: shout
/// Holds a borrow of its own letters across a pause, and notes both addresses.
async fn shout(noted: &Noted) -> usize {
    let letters = [b'a'; 64];
    let part = &letters[..];
    noted.set(Some((letters.as_ptr().addr(), part.as_ptr().addr())));
    Pause::default().await;
    noted.set(Some((letters.as_ptr().addr(), part.as_ptr().addr())));
    part.len()
}
// end: shout

fn future() -> Vec<PinStep> {
    let mut steps = Vec::new();
    let noted = Noted::new(None);
    let mut context = Context::from_waker(Waker::noop());
    // Where the future itself lies; and once it has run, where its letters are in it, and where the borrow of them points.
    let seen = |future: usize| match noted.get() {
        Some((letters, part)) => Seen { at: future, part: Some(letters), remembers: Some(part), gave: None },
        None => Seen { at: future, part: None, remembers: None, gave: None },
    };
    line!(steps, "A future of an async fn. Nothing in it has run: it borrows nothing, and may be moved.", seen((&raw const future).addr()).giving(size_of_val(&future)), let future = shout(&noted););
    line!(steps, "Moved into a box, before its first poll. From here on it is pinned.", seen((&raw const *future).addr()), let mut future = Box::pin(future););
    line!(steps, "The first poll runs it to its pause. It has not moved. Its letters lie within it, and the borrow of them that it keeps points there.", seen((&raw const *future).addr()).giving(first), let first = future.as_mut().poll(&mut context););
    line!(steps, "The box moves. The future stays, and so do its letters; the borrow is right.", seen((&raw const *elsewhere).addr()), let mut elsewhere = future;);
    line!(steps, "The second poll looks again from inside, through a borrow that has outlived a pause, and is still right.", seen((&raw const *elsewhere).addr()).giving(second), let second = elsewhere.as_mut().poll(&mut context););
    steps
}

// anchor: noting
/// By hand, and all of its fields are `Unpin`: so it is, too. At the first poll it notes where its letters are; at the second it looks again.
struct Noting {
    letters: [u8; 64],
    noted: Option<usize>,
}

impl Future for Noting {
    /// Whether the letters are where they were.
    type Output = bool;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<bool> {
        let here = self.letters.as_ptr().addr();
        match self.noted.replace(here) {
            None => Poll::Pending,
            Some(noted) => Poll::Ready(noted == here),
        }
    }
}
// end: noting

fn restless() -> Vec<PinStep> {
    let mut steps = Vec::new();
    let mut context = Context::from_waker(Waker::noop());
    // What the line before has noted: a poll notes anew.
    let seen = |future: &Noting, noted: Option<usize>| {
        let at = std::ptr::from_ref(future).addr();
        Seen { at, part: Some(future.letters.as_ptr().addr()), remembers: noted, gave: None }
    };
    line!(steps, "A future by hand. It keeps its letters, and will note where they are, as the future of an async fn would borrow them. Its fields are all Unpin.", seen(&future, None), let mut future = Noting { letters: [b'a'; 64], noted: None };);
    line!(steps, "The first poll notes the address. `Pin::new` takes whatever is Unpin, and promises nothing.", seen(&future, future.noted).giving(first), let first = Pin::new(&mut future).poll(&mut context););
    let noted = future.noted;
    line!(steps, "Between its polls it is moved, and the compiler lets it: what is Unpin may move. The letters have come along; the note is of the old place.", seen(&boxed, noted), let mut boxed = Box::new(future););
    line!(steps, "It looks again: false, its letters are elsewhere. Had it kept a borrow of them and read through it, it would have read what is not its own. So the future of an async fn is not Unpin, and this move of it is refused.", seen(&boxed, noted).giving(second), let second = Pin::new(&mut *boxed).poll(&mut context););
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'a>(steps: &'a [PinStep], code: &str) -> &'a PinStep {
        steps.iter().find(|step| step.code.contains(code)).unwrap_or_else(|| panic!("no line {code}"))
    }

    #[test]
    fn what_is_moved_is_not_where_it_believes_to_be() {
        let steps = steps(PinProgram::Moved);
        for moved in ["Box::new(value)", "*boxed", "list.reserve", "swap"] {
            assert_eq!(at(&steps, moved).agrees(), Some(false), "{moved}");
        }
        for looked in ["value.remember", "boxed.remember", "list[0].remember", "behind"] {
            assert_eq!(at(&steps, looked).agrees(), Some(true), "{looked}");
        }
    }

    #[test]
    fn what_is_boxed_stays_until_it_is_let_out_and_what_is_pinned_is_not_let_out() {
        let boxed = steps(PinProgram::Boxed);
        assert_eq!(at(&boxed, "reserve").agrees(), Some(true));
        assert_eq!(at(&boxed, "swap_remove").agrees(), Some(false));
        let pinned = steps(PinProgram::Pinned);
        assert!(pinned[1..5].iter().all(|step| step.agrees() == Some(true)));
        assert_eq!(at(&pinned, "set").at, pinned[0].at, "the place stays");
        assert_eq!(at(&pinned, "into_inner").agrees(), Some(false));
    }

    #[test]
    fn a_future_s_borrow_points_into_itself_at_both_polls() {
        let steps = steps(PinProgram::Future);
        assert_eq!(at(&steps, "let first").gave.as_deref(), Some("Pending"));
        assert_eq!(at(&steps, "let second").gave.as_deref(), Some("Ready(64)"));
        let size: u64 = steps[0].gave.as_deref().and_then(|size| size.parse().ok()).expect("the first line gives the size");
        let place = steps[1].at;
        assert!(steps[..2].iter().all(|step| step.part.is_none()), "before its first poll it has no letters");
        for step in &steps[2..] {
            assert_eq!((step.at, step.agrees()), (place, Some(true)), "{}: the future stays", step.code);
            assert!((place..place + size).contains(&step.part.unwrap()), "the letters lie in the future");
        }
    }

    #[test]
    fn a_future_that_is_moved_between_its_polls_finds_its_letters_elsewhere() {
        let steps = steps(PinProgram::Restless);
        let (first, moved, second) = (at(&steps, "let first"), at(&steps, "Box::new"), at(&steps, "let second"));
        assert_eq!((first.gave.as_deref(), first.agrees()), (Some("Pending"), Some(true)));
        assert_eq!((moved.agrees(), moved.remembers), (Some(false), first.part));
        assert_eq!((second.gave.as_deref(), second.agrees()), (Some("Ready(false)"), Some(false)));
        assert_ne!(first.at, moved.at);
        for step in &steps {
            let letters = step.part.unwrap();
            assert!((step.at..step.at + size_of::<Noting>() as u64).contains(&letters), "the letters move with it");
        }
    }

    /// Left alone, it finds them: what the program shows is the move's doing.
    #[test]
    fn a_future_that_is_not_moved_finds_its_letters() {
        let mut future = std::pin::pin!(Noting { letters: [b'a'; 64], noted: None });
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(future.as_mut().poll(&mut context), Poll::Pending);
        assert_eq!(future.as_mut().poll(&mut context), Poll::Ready(true));
    }
}
