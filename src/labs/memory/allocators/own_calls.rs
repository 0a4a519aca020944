//! The reader's own calls of an allocator, as plain data: made, taken back, written into links, and put into words. It must never hold a call that
//! gives back what is not out.

use super::told::Told;
use crate::{labs::memory::carried::Key, markup::all};
use protocol::allocators::{AllocatorKind, Click};

/// The calls so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Calls {
    clicks: Vec<Click>,
    /// Where the reader believes the last block to be, in bytes from the region's beginning. No link carries it.
    pub(super) guess: Option<u32>,
}

/// Whose calls they are.
pub(super) const SERVED_BY: Key<AllocatorKind> = Key {
    name: "own-allocator",
    start: AllocatorKind::default,
    write: |kind| kind.slug().to_owned(),
    read: AllocatorKind::from_slug,
};

/// The calls in links: `a24` asks for 24 bytes, `f0` gives back what the first call asked for.
pub(super) const CALLS: Key<Calls> =
    Key { name: "calls", start: Calls::default, write: Calls::write, read: |text| Some(Calls::read(text)) };

/// A round worth seeing: at its end, first fit takes the large hole for the small block, and has none left for the large one.
const EXAMPLE: [Click; 8] = [
    Click::Alloc(1_000),
    Click::Alloc(24),
    Click::Alloc(400),
    Click::Alloc(24),
    Click::Free(0),
    Click::Free(2),
    Click::Alloc(400),
    Click::Alloc(1_000),
];

impl Calls {
    /// The calls, in their order.
    pub(super) fn clicks(&self) -> &[Click] {
        &self.clicks
    }

    /// The calls whose blocks are out, but for those that are known to be refused: which call, and its size.
    pub(super) fn out(&self, refused: &[u32]) -> Vec<(u32, u32)> {
        let is_back = |at: u32| refused.contains(&at) || self.clicks.contains(&Click::Free(at));
        let asked = self.clicks.iter().zip(0_u32..).filter_map(|(click, at)| match click {
            Click::Alloc(size) => Some((at, *size)),
            Click::Free(_) => None,
        });
        asked.filter(|(at, _)| !is_back(*at)).collect()
    }

    /// Makes a call, unless there are too many or it gives back what is not out.
    pub(super) fn add(&mut self, click: Click) {
        let may = match click {
            Click::Alloc(size) => (1..=Click::REGION).contains(&size),
            // A link's calls are read before anybody knows what is refused: there, giving it back is a call that changes nothing.
            Click::Free(of) => self.out(&[]).iter().any(|(at, _)| *at == of),
        };
        if may && self.clicks.len() < Click::MOST {
            self.clicks.push(click);
        }
    }

    /// As if the last call had not been made.
    pub(super) fn take_back(&mut self) {
        self.clicks.pop();
        self.guess = None;
    }

    /// How many calls of the example have been made: none where the calls are others.
    pub(super) fn of_example(&self) -> usize {
        if EXAMPLE.starts_with(&self.clicks) { self.clicks.len() } else { 0 }
    }

    /// The example's next call, as long as these calls are its beginning.
    pub(super) fn next_of_example(&self) -> Option<Click> {
        EXAMPLE.strip_prefix(&*self.clicks)?.first().copied()
    }

    /// The calls, each in words, with those that are known to be refused.
    pub(super) fn words(&self, refused: &[u32]) -> Vec<String> {
        let one = |(click, call): (&Click, u32)| match *click {
            Click::Alloc(size) if refused.contains(&call) => format!("ask for {size} bytes: refused"),
            Click::Alloc(size) => format!("ask for {size} bytes"),
            Click::Free(of) if refused.contains(&of) => format!("give back what call {} was refused: nothing", of + 1),
            Click::Free(of) => format!("give back the {}", self.what(of)),
        };
        self.clicks.iter().zip(0..).map(one).collect()
    }

    /// What the allocator did at the last call, as it was told of these calls, and whether the reader had foreseen it.
    pub(super) fn outcome(&self, told: &Told) -> String {
        let size = match self.clicks.last() {
            None => return String::new(),
            Some(Click::Free(of)) if told.is_refused(*of) => {
                return format!("Call {} was refused: there is nothing to give back.", of + 1);
            }
            Some(Click::Free(of)) => return format!("The {} are free again.", self.what(*of)),
            Some(Click::Alloc(size)) => size,
        };
        let Some(at) = told.begins() else {
            return format!("The request for {size} bytes was refused: {}.", told.why_refused());
        };
        match self.guess {
            Some(guess) if guess == at => format!("The {size} bytes begin at {at}: as you said."),
            Some(guess) => format!("The {size} bytes begin at {at}, not at {guess}. Which free piece did it take, and why?"),
            None => format!("The {size} bytes begin at {at}."),
        }
    }

    /// What the call at this place asked for.
    fn what(&self, of: u32) -> String {
        let size = match usize::try_from(of).ok().and_then(|of| self.clicks.get(of)) {
            Some(Click::Alloc(size)) => *size,
            // Nothing else is given back.
            _ => 0,
        };
        format!("{size} bytes of call {}", of + 1)
    }

    fn write(&self) -> String {
        let text = all(&self.clicks, |click| match click {
            Click::Alloc(size) => format!(".a{size}"),
            Click::Free(of) => format!(".f{of}"),
        });
        text.trim_start_matches('.').to_owned()
    }

    /// From anybody's text: what is no call is left out.
    fn read(text: &str) -> Self {
        let mut calls = Self::default();
        for call in text.split('.').take(Click::MOST) {
            let of = |letter| call.strip_prefix(letter).and_then(|number| number.parse().ok());
            if let Some(click) = of('a').map(Click::Alloc).or_else(|| of('f').map(Click::Free)) {
                calls.add(click);
            }
        }
        calls
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{instruments::memory_view::History, labs::memory::carried::is_brought_back};
    use proptest::prelude::*;
    use protocol::memory::{EventKind, MemoryEvent, Owner, Trace};

    /// What is told of blocks that went out, one after the other: where, and how many bytes were asked for.
    pub(in super::super) fn history(blocks: &[(u32, u32)]) -> History {
        let event = |&(address, size): &(u32, u32)| MemoryEvent {
            kind: EventKind::Alloc,
            owner: Owner::Small,
            align: 3,
            address,
            size,
            taken: size,
        };
        let events: Vec<MemoryEvent> = blocks.iter().map(event).collect();
        History::of(&Trace { start: 0, end: 4_096, events: MemoryEvent::pack(&events), lost: 0 }).unwrap()
    }

    fn made(clicks: &[Click]) -> Calls {
        let mut calls = Calls::default();
        for click in clicks {
            calls.add(*click);
        }
        calls
    }

    #[test]
    fn what_is_out_can_come_back_once() {
        let mut calls = made(&[Click::Alloc(24), Click::Alloc(100), Click::Free(0), Click::Free(0), Click::Free(7)]);
        assert_eq!((calls.out(&[]), calls.clicks().len()), (vec![(1, 100)], 3));
        assert_eq!(calls.words(&[]), ["ask for 24 bytes", "ask for 100 bytes", "give back the 24 bytes of call 1"]);
        calls.take_back();
        assert_eq!(calls.out(&[]), [(0, 24), (1, 100)]);
        (0..2 * Click::MOST).for_each(|_| calls.add(Click::Alloc(24)));
        assert_eq!(calls.clicks.len(), Click::MOST);
    }

    #[test]
    fn a_guess_is_judged_and_a_refusal_is_said() {
        let outcome =
            |calls: &Calls| calls.outcome(&Told::of(AllocatorKind::FirstFit, calls.clicks().into(), &history(&[(0, 24)])));
        let mut calls = Calls { guess: Some(0), ..made(&[Click::Alloc(24)]) };
        assert!(outcome(&calls).contains("as you said"));
        calls.guess = Some(8);
        assert!(outcome(&calls).contains("not at 8"));
        calls.add(Click::Alloc(4_000));
        assert!(outcome(&calls).contains("refused"));
        calls.add(Click::Free(0));
        assert_eq!(outcome(&calls), "The 24 bytes of call 1 are free again.");
    }

    #[test]
    fn a_refused_request_is_said_to_be_refused_whatever_was_served_before() {
        let mut calls = Calls { guess: Some(3_000), ..made(&[Click::Alloc(1_000); 5]) };
        let four = history(&[(0, 1_000), (1_000, 1_000), (2_000, 1_000), (3_000, 1_000)]);
        let told = |calls: &Calls| Told::of(AllocatorKind::FirstFit, calls.clicks().into(), &four);
        let said = calls.outcome(&told(&calls));
        assert_eq!(said, "The request for 1000 bytes was refused: there is no free piece as large as that.");
        let refused = told(&calls).refused_of(AllocatorKind::FirstFit, calls.clicks());
        assert_eq!(calls.out(&refused), [(0, 1_000), (1, 1_000), (2, 1_000), (3, 1_000)], "nobody can give back call 5");
        assert_eq!(calls.words(&refused)[3..], ["ask for 1000 bytes", "ask for 1000 bytes: refused"]);
        // A link may.
        calls.add(Click::Free(4));
        assert_eq!(calls.outcome(&told(&calls)), "Call 5 was refused: there is nothing to give back.");
        assert_eq!(calls.words(&refused)[5], "give back what call 5 was refused: nothing");
    }

    #[test]
    fn the_example_is_gone_through_to_its_end_and_only_from_its_beginning() {
        let mut calls = Calls::default();
        while let Some(next) = calls.next_of_example() {
            calls.add(next);
        }
        assert_eq!((calls.clicks(), calls.of_example()), (&EXAMPLE[..], EXAMPLE.len()));
        calls.take_back();
        assert_eq!(calls.next_of_example(), Some(Click::Alloc(1_000)));
        let others = made(&[Click::Alloc(24)]);
        assert_eq!((others.next_of_example(), others.of_example()), (None, 0));
    }

    #[test]
    fn a_link_brings_allocator_and_calls_back() {
        assert!(is_brought_back(&SERVED_BY, AllocatorKind::ALL));
        assert!(is_brought_back(&CALLS, [Calls::default(), made(&EXAMPLE)]));
        assert_eq!(made(&EXAMPLE[..5]).write(), "a1000.a24.a400.a24.f0");
    }

    proptest! {
        #[test]
        fn any_text_makes_calls_that_can_be_made(text in "([af][0-9]{0,5}|[a-z.]{0,3})(\\.[af][0-9]{1,5}){0,300}|\\PC{0,60}") {
            let calls = Calls::read(&text);
            prop_assert_eq!(&made(calls.clicks()), &calls);
            prop_assert_eq!(Calls::read(&calls.write()), calls);
        }
    }
}
