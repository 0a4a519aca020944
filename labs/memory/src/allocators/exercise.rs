//! The exercise's tests: a free list whose three choices are the reader's, judged by what it does. The list is a model, kept outside the region,
//! so that a wrong choice is a sentence and never a crash.

use super::workload::place;
use fastrand::Rng;
use protocol::memory::{Fit, Judgement, Merge, Policy, Split, Verdict};

/// Bytes of the model's region.
const REGION: u32 = 1_024;

/// A test: what it asks for, and how it is run; the error says what is wrong.
type Test = (&'static str, fn(Policy) -> Result<(), String>);

/// What the tests say of these choices.
pub(crate) fn judge(policy: Policy) -> Judgement {
    let tests: [Test; 5] = [
        ("No two blocks overlap, and each begins at a multiple of 8.", blocks_lie_apart),
        ("64 requests of 16 bytes fit into 1,024 bytes.", small_requests_fit),
        ("When everything has been given back, all 1,024 bytes can be asked for at once.", all_comes_back),
        ("So they can whatever the order in which it was given back.", all_comes_back_in_any_order),
        ("A request for 64 bytes spares the large free block for a request for 512.", large_blocks_are_spared),
    ];
    let verdicts = tests.map(|(test, run)| Verdict { test: test.to_owned(), fault: run(policy).err() });
    Judgement { verdicts: verdicts.into() }
}

/// A free list with the reader's choices.
struct Model {
    policy: Policy,
    /// Free blocks, in the order of addresses: where, and how long.
    free: Vec<(u32, u32)>,
}

impl Model {
    fn new(policy: Policy) -> Self {
        Self { policy, free: vec![(0, REGION)] }
    }

    /// A block: where, and how long it really is.
    fn allocate(&mut self, size: u32) -> Option<(u32, u32)> {
        let size = size.next_multiple_of(8);
        let fitting = self.free.iter().enumerate().filter(|(_, block)| block.1 >= size);
        let (place, &(at, len)) = match self.policy.fit {
            Fit::First => fitting.min_by_key(|(_, block)| block.0),
            Fit::Best => fitting.min_by_key(|(_, block)| block.1),
            Fit::Worst => fitting.max_by_key(|(_, block)| block.1),
        }?;
        if self.policy.split == Split::Always && len > size {
            self.free[place] = (at + size, len - size);
            Some((at, size))
        } else {
            self.free.remove(place);
            Some((at, len))
        }
    }

    fn give_back(&mut self, (at, len): (u32, u32)) {
        let place = self.free.partition_point(|block| block.0 < at);
        self.free.insert(place, (at, len));
        if self.policy.merge != Merge::Never {
            self.join(place);
        }
        if self.policy.merge == Merge::Both && place > 0 {
            self.join(place - 1);
        }
    }

    /// Joins the free block at `place` of the list with the one behind it, if they touch.
    fn join(&mut self, place: usize) {
        if let [first, second, ..] = self.free[place..]
            && first.0 + first.1 == second.0
        {
            self.free[place].1 += second.1;
            self.free.remove(place + 1);
        }
    }

    fn whole(&mut self) -> Result<(), String> {
        let largest = self.free.iter().map(|block| block.1).max().unwrap_or_default();
        let pieces = self.free.len();
        self.allocate(REGION).map(|_| ()).ok_or_else(|| {
            format!("All is free, but in {pieces} pieces, the largest of {largest} bytes. Which neighbours does a block that comes back meet?")
        })
    }
}

fn blocks_lie_apart(policy: Policy) -> Result<(), String> {
    let (mut model, mut random, mut out) = (Model::new(policy), Rng::with_seed(7), Vec::<(u32, u32)>::new());
    for _ in 0..400 {
        if out.len() < 12
            && let Some(block) = model.allocate(random.u32(1..=200))
        {
            let overlaps = out.iter().any(|other| block.0 < other.0 + other.1 && other.0 < block.0 + block.1);
            if overlaps || !block.0.is_multiple_of(8) {
                return Err(format!("The block at {} was handed out twice, or begins at no multiple of 8.", block.0));
            }
            out.push(block);
        } else if !out.is_empty() {
            model.give_back(out.swap_remove(place(out.len(), &mut random)));
        }
    }
    Ok(())
}

fn small_requests_fit(policy: Policy) -> Result<(), String> {
    let mut model = Model::new(policy);
    let served = (0..64).take_while(|_| model.allocate(16).is_some()).count();
    if served == 64 {
        return Ok(());
    }
    Err(format!("Only {served} were served. Where are the bytes that nobody asked for?"))
}

fn all_comes_back(policy: Policy) -> Result<(), String> {
    let mut model = Model::new(policy);
    let out: Vec<_> = (0..4).map_while(|_| model.allocate(100)).collect();
    for block in out.into_iter().rev() {
        model.give_back(block);
    }
    model.whole()
}

fn all_comes_back_in_any_order(policy: Policy) -> Result<(), String> {
    let mut model = Model::new(policy);
    let out: Vec<_> = (0..8).map_while(|_| model.allocate(100)).collect();
    let (even, odd): (Vec<_>, Vec<_>) = out.into_iter().enumerate().partition(|(number, _)| number % 2 == 0);
    for (_, block) in even.into_iter().chain(odd) {
        model.give_back(block);
    }
    model.whole()
}

fn large_blocks_are_spared(policy: Policy) -> Result<(), String> {
    let mut model = Model::new(policy);
    // A small free block and a large one, kept apart by what is not given back.
    let sizes = [64, 8, 512, 440];
    let out: Vec<_> = sizes.into_iter().map_while(|size| model.allocate(size)).collect();
    let [small, _, large, _] = out[..] else { return Err("Its four blocks did not even fit: see above.".to_owned()) };
    model.give_back(small);
    model.give_back(large);
    let _ = model.allocate(64);
    model.allocate(512).map(|_| ()).ok_or_else(|| "The 64 bytes were cut out of the large block.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(fit: Fit, split: Split, merge: Merge) -> Vec<bool> {
        judge(Policy { fit, split, merge }).verdicts.iter().map(|verdict| verdict.fault.is_none()).collect()
    }

    #[test]
    fn each_wrong_choice_fails_a_test_of_its_own() {
        assert_eq!(passed(Fit::Best, Split::Always, Merge::Both), [true; 5]);
        assert_eq!(passed(Fit::First, Split::Always, Merge::Both), [true; 5]);
        assert_eq!(passed(Fit::Worst, Split::Always, Merge::Both), [true, true, true, true, false]);
        assert_eq!(passed(Fit::First, Split::Always, Merge::Next), [true, true, true, false, true]);
        assert_eq!(passed(Fit::First, Split::Always, Merge::Never), [true, true, false, false, true]);
        assert!(!passed(Fit::First, Split::Never, Merge::Both)[1]);
        assert!(!judge(Policy::default()).is_passed());
    }

    #[test]
    fn no_choice_panics_and_none_hands_a_byte_out_twice() {
        for fit in Fit::ALL {
            for split in Split::ALL {
                for merge in Merge::ALL {
                    let judgement = judge(Policy { fit, split, merge });
                    assert_eq!(judgement.verdicts.len(), 5);
                    assert_eq!(judgement.verdicts[0].fault, None);
                }
            }
        }
    }
}
