//! Where will the next block begin? Calls are drawn until the answer cannot be had without knowing the allocator; a guess is judged by making the
//! call. It must never tell the answer to who has not guessed.

use super::watched::{Out, after, refused};
use super::workload::place;
use fastrand::Rng;
use protocol::allocators::{AllocatorKind, Click};
use protocol::memory::{Riddle, RiddleBlock, RiddleQuestion};

/// The sizes that are asked for.
const SIZES: [u32; 7] = [24, 40, 64, 100, 200, 320, 480];

/// How often calls are drawn anew at most; a riddle without a snare is one as well.
const DRAWS: u32 = 1_000;

/// The riddle, and what comes of the guess if there is one.
pub(crate) fn riddle(question: RiddleQuestion) -> Riddle {
    let (calls, next) = draw(question.kind, question.round);
    let blocks = after(question.kind, &calls).into_iter().map(|Out { at, taken, call }| RiddleBlock { at, taken, call });
    let begins = question.guess.and_then(|_| begins(question.kind, &calls, next));
    Riddle { of: question, blocks: blocks.collect(), calls, next, begins }
}

/// The calls of a round, and how many bytes are asked for next.
fn draw(kind: AllocatorKind, round: u32) -> (Vec<Click>, u32) {
    // Each allocator has rounds of its own.
    let mut random = Rng::with_seed((u64::from(round) << 8) | kind as u64);
    let mut drawn = calls(&mut random);
    for _ in 0..DRAWS {
        if is_telling(kind, &drawn.0, drawn.1) {
            break;
        }
        drawn = calls(&mut random);
    }
    drawn
}

/// Some blocks, of which some come back.
fn calls(random: &mut Rng) -> (Vec<Click>, u32) {
    let size = |random: &mut Rng| SIZES[place(SIZES.len(), random)];
    let blocks = random.u32(5..=7);
    let mut calls: Vec<Click> = (0..blocks).map(|_| Click::Alloc(size(random))).collect();
    let mut out: Vec<u32> = (0..blocks).collect();
    for _ in 0..random.u32(2..=3) {
        calls.push(Click::Free(out.swap_remove(place(out.len(), random))));
    }
    (calls, size(random))
}

/// Whether every listed request was served, and the next block begins elsewhere than with the allocator that one might take this one for: then a
/// guess tells who knows it.
fn is_telling(kind: AllocatorKind, calls: &[Click], next: u32) -> bool {
    // What was refused would be listed and nowhere to be seen.
    if !refused(kind, calls).is_empty() {
        return false;
    }
    let Some(here) = begins(kind, calls, next) else { return false };
    let other = match kind {
        AllocatorKind::Bump | AllocatorKind::BestFit => begins(AllocatorKind::FirstFit, calls, next),
        AllocatorKind::FirstFit => begins(AllocatorKind::BestFit, calls, next),
        // A page is cut anew where nothing of its size has come back.
        AllocatorKind::Slab => {
            let asked: Vec<Click> = calls.iter().copied().filter(|call| matches!(call, Click::Alloc(_))).collect();
            begins(kind, &asked, next)
        }
    };
    other != Some(here)
}

/// Where a request for `next` bytes begins behind these calls; none if it is refused.
fn begins(kind: AllocatorKind, calls: &[Click], next: u32) -> Option<u32> {
    let asked = u32::try_from(calls.len()).ok()?;
    let all: Vec<Click> = calls.iter().copied().chain([Click::Alloc(next)]).collect();
    after(kind, &all).into_iter().find(|out| out.call == asked).map(|out| out.at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(kind: AllocatorKind, round: u32, guess: Option<u32>) -> Riddle {
        riddle(RiddleQuestion { kind, round, guess })
    }

    #[test]
    fn every_round_of_every_allocator_can_be_foreseen_and_tells_nothing_before() {
        for kind in AllocatorKind::ALL {
            for round in 0..40 {
                let open = asked(kind, round, None);
                assert_eq!((open.begins, open.is_foreseen()), (None, None));
                let answer = begins(kind, &open.calls, open.next).unwrap_or_else(|| panic!("{kind:?}, {round}: refused"));
                let right = asked(kind, round, Some(answer));
                assert_eq!(right.is_foreseen(), Some(true), "{kind:?}, {round}");
                assert_eq!(asked(kind, round, Some(answer + 8)).is_foreseen(), Some(false));
                assert_eq!((right.calls, right.next), (open.calls.clone(), open.next), "a guess changes nothing");
                assert!(is_telling(kind, &open.calls, open.next), "{kind:?}, {round}: anybody could say");
            }
        }
    }

    #[test]
    fn the_blocks_are_those_that_are_out() {
        for kind in AllocatorKind::ALL {
            let riddle = asked(kind, 3, None);
            let back = riddle.calls.iter().filter(|call| matches!(call, Click::Free(_))).count();
            assert_eq!(riddle.blocks.len(), riddle.calls.len() - 2 * back);
            for pair in riddle.blocks.windows(2) {
                assert!(pair[0].at + pair[0].taken <= pair[1].at, "{kind:?}: {pair:?}");
            }
        }
    }

    #[test]
    fn every_request_that_is_listed_was_served() {
        for kind in AllocatorKind::ALL {
            for round in 0..200 {
                let calls = asked(kind, round, None).calls;
                assert_eq!(refused(kind, &calls), [], "{kind:?}, {round}: {calls:?}");
            }
        }
    }

    #[test]
    fn a_round_is_the_same_on_every_machine() {
        let Riddle { calls, next, .. } = asked(AllocatorKind::FirstFit, 0, None);
        let asked = [64, 100, 40, 24, 64].map(Click::Alloc);
        assert_eq!((calls, next), ([&asked[..], &[Click::Free(0), Click::Free(2)]].concat(), 24));
    }

    #[test]
    fn rounds_and_allocators_differ() {
        let calls = |kind, round| asked(kind, round, None).calls;
        assert_ne!(calls(AllocatorKind::FirstFit, 0), calls(AllocatorKind::FirstFit, 1));
        assert_ne!(calls(AllocatorKind::FirstFit, 0), calls(AllocatorKind::Bump, 0));
    }
}
