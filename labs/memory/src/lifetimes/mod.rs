//! The Lifetimes lab: a text's words are kept by borrowing from it, and in three ways that need no lifetime; and a signature, rule by rule.
//!
//! All contenders cut the same text, keep its words in a vector, and read every word through the same function, to the same sum. Nothing here may
//! copy a text for one of them that its design would not copy.

mod checks;
mod elision;
mod signature;

use counting::usage;
use measure::Experiment;
use protocol::lifetimes::{LifetimesAnswer, LifetimesInput, LifetimesQuestion};
use protocol::{Contender, Fact, FactKind, LabId, Seed};
use std::hint::black_box;
use std::ops::Range;
use std::rc::Rc;

#[allow(clippy::needless_lifetimes, reason = "written out is what the lesson shows")]
// anchor: borrowed
/// Words that borrow: each is an address within the text, and its length. Whoever keeps them must not outlive the text.
fn borrowed<'text>(text: &'text str) -> Vec<&'text str> {
    text.split(' ').collect()
}
// end: borrowed

/// Words as places in a text. They borrow nothing; whoever reads them must bring the text, and it had better be the same.
fn places(text: &str) -> Vec<Range<usize>> {
    let mut from = 0;
    let place = |word: &str| {
        let place = from..from + word.len();
        from = place.end + 1;
        place
    };
    text.split(' ').map(place).collect()
}

/// A word that shares the text with every other.
struct Shared {
    text: Rc<str>,
    place: Range<usize>,
}

/// Words that share their text: it stays as long as one of them does.
fn shared(text: &Rc<str>) -> Vec<Shared> {
    places(text).into_iter().map(|place| Shared { text: Rc::clone(text), place }).collect()
}

/// Words with a text of their own each.
fn owned(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// One operation of a contender: the words are kept, read as often as asked, and dropped.
fn run(id: Contender, text: &Rc<str>, times: u32) -> u64 {
    match id {
        Contender::WordsBorrowed => read(&borrowed(text), times, |word| word),
        Contender::WordsPlaces => read(&places(text), times, |place| text.get(place.clone()).unwrap_or_default()),
        Contender::WordsShared => read(&shared(text), times, |word| word.text.get(word.place.clone()).unwrap_or_default()),
        Contender::WordsOwned => read(&owned(text), times, String::as_str),
        // No contender of this lab.
        _ => 0,
    }
}

/// Goes through all words that often. The compiler is kept from seeing that each time comes to the same.
fn read<'words, Word>(words: &'words [Word], times: u32, text_of: impl Fn(&'words Word) -> &'words str) -> u64 {
    let mut sum = 0_u64;
    for _ in 0..times {
        for word in black_box(words) {
            let word = text_of(word);
            let first = word.as_bytes().first().copied().unwrap_or_default();
            sum = sum.wrapping_mul(31).wrapping_add(word.len() as u64 + u64::from(first));
        }
    }
    sum
}

/// The lab on a text of `input`'s length, drawn from `seed`.
pub(crate) fn prepare(input: LifetimesInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    let (text, times) = (draw(input, seed), input.reads.times());
    let ids = LabId::Lifetimes.contenders();
    let facts = ids.iter().flat_map(|id| count(*id, &text)).collect();
    let contender = |&id: &Contender| {
        let text = Rc::clone(&text);
        measure::Contender::new(id, move || run(id, &text, times))
    };
    Experiment { contenders: ids.iter().map(contender).collect(), facts, afterwards: None }
}

/// How large one kept word is, without a text of its own, the compiler's word; and how often memory was asked for, if somebody counts.
fn count(id: Contender, text: &Rc<str>) -> Vec<Fact> {
    let of = |kind, value| Fact { contender: id, kind, value };
    let size = match id {
        Contender::WordsPlaces => size_of::<Range<usize>>(),
        Contender::WordsShared => size_of::<Shared>(),
        Contender::WordsOwned => size_of::<String>(),
        _ => size_of::<&str>(),
    };
    let mut facts = vec![of(FactKind::TouchedBytes, size as u64)];
    let counted = usage(|| {
        black_box(run(id, text, 1));
    });
    facts.extend(counted.map(|usage| of(FactKind::Allocations, usage.allocations)));
    facts
}

/// What the elision rules make of a signature.
pub(crate) fn answer(question: &LifetimesQuestion) -> LifetimesAnswer {
    LifetimesAnswer { elision: elision::spell_out(&question.signature) }
}

/// Words of one to twelve small letters, a space between any two.
fn draw(input: LifetimesInput, seed: Seed) -> Rc<str> {
    let mut random = fastrand::Rng::with_seed(seed.0);
    let words = (0..input.words.clamp(1, LifetimesInput::MAX_WORDS)).map(|_| {
        let letters = random.usize(1..=12);
        (0..letters).map(|_| random.lowercase()).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::lifetimes::Reads;

    #[test]
    fn all_read_the_same_words() {
        let input = LifetimesInput { words: 200, reads: Reads::Often };
        let text = draw(input, Seed(3));
        assert_eq!(text.split(' ').count(), 200);
        let sums: Vec<u64> = LabId::Lifetimes.contenders().iter().map(|id| run(*id, &text, input.reads.times())).collect();
        assert!(sums[0] != 0 && sums.iter().all(|sum| *sum == sums[0]), "{sums:?}");
    }

    #[test]
    fn places_are_those_of_the_words() {
        let text = "one  three";
        let words: Vec<&str> = places(text).into_iter().map(|place| &text[place]).collect();
        assert_eq!(words, borrowed(text));
        assert_eq!(words, ["one", "", "three"]);
    }
}
