//! Which clone the reader believes to be the needless one, and what the counts say of it. It must never say where the copies are before the
//! reader has said so.

use crate::labs::memory::carried::Key;
use protocol::{
    Contender, LabId,
    clones::{ClonesAnswer, Stage},
};
use units::Bytes;

/// What the reader says: at which stage, of a text that is kept how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pick {
    /// None until it is chosen.
    pub stage: Option<Stage>,
    /// None until it is chosen.
    pub kept: Option<Contender>,
}

/// The pick in links: the stage's place and the contender's name.
pub(super) const PICK: Key<Pick> = Key {
    name: "needless",
    start: Pick::default,
    write: |pick| {
        let stage = pick.stage.and_then(Pick::place).map(|at| at.to_string()).unwrap_or_default();
        format!("{stage}.{}", pick.kept.map(Contender::slug).unwrap_or_default())
    },
    read: |text| {
        let (stage, kept) = text.split_once('.')?;
        Some(Pick { stage: Pick::stage_of(stage), kept: Pick::kept_of(kept) })
    },
};

impl Pick {
    /// The stage's place in the order of the way.
    pub(super) fn place(stage: Stage) -> Option<usize> {
        Stage::ALL.iter().position(|one| *one == stage)
    }

    /// The stage at a place; none for anything else.
    pub(super) fn stage_of(place: &str) -> Option<Stage> {
        Stage::ALL.get(place.parse::<usize>().ok()?).copied()
    }

    /// One of the lab's ways of keeping text, by its name.
    pub(super) fn kept_of(slug: &str) -> Option<Contender> {
        Contender::from_slug(slug).filter(|one| LabId::Clones.contenders().contains(one))
    }

    /// Whether both are chosen.
    pub(super) const fn is_made(self) -> bool {
        self.stage.is_some() && self.kept.is_some()
    }

    /// What the counts say of it.
    pub(super) fn judged(self, answer: &ClonesAnswer) -> String {
        let (Some(stage), Some(kept)) = (self.stage, self.kept) else { return String::new() };
        let here = needless(answer, stage, kept);
        let said = format!("At “{}”, {} copies {}", stage.label(), kept.label(), Bytes(here.copied));
        let every = Stage::ALL.into_iter().flat_map(|stage| LabId::Clones.contenders().iter().map(move |kept| (stage, *kept)));
        let most = every.max_by_key(|(stage, kept)| needless(answer, *stage, *kept).bytes);
        let Some((worst, of)) = most.filter(|(stage, kept)| needless(answer, *stage, *kept).bytes > 0) else {
            return format!("{said}. No stage copies what another way of owning the text does not.");
        };
        let greatest = needless(answer, worst, of).bytes;
        let verdict = match here.bytes {
            0 => "Not there. ",
            bytes if bytes == greatest => "Found. ",
            _ => "There, too. ",
        };
        let why = if here.bytes == 0 {
            ", no more than whoever owns its lines must".to_owned()
        } else {
            format!(", where {} makes do with {}", here.least.label(), Bytes(here.copied - here.bytes))
        };
        let where_most = match here.bytes {
            // It is still to be found.
            0 => String::new(),
            bytes if bytes == greatest => " No other clone copies more for nothing.".to_owned(),
            _ => format!(" Most is copied for nothing at “{}” by {}: {}.", worst.label(), of.label(), Bytes(greatest)),
        };
        format!("{verdict}{said}{why}.{where_most}")
    }
}

/// What one way of keeping text copies at a stage, set against the way that copies least there and owns its text, too: to borrow would be another
/// program, in which the source must outlive every line.
struct Needless {
    copied: u64,
    /// Of these, what the other way does without.
    bytes: u64,
    least: Contender,
}

fn needless(answer: &ClonesAnswer, stage: Stage, kept: Contender) -> Needless {
    let here = answer.stages.iter().filter(|cost| cost.stage == stage);
    let copied = here.clone().find(|cost| cost.contender == kept).map_or(0, |cost| cost.copied);
    let borrows = |one: Contender| matches!(one, Contender::TextBorrowed | Contender::TextCow);
    let least = here.filter(|cost| !borrows(cost.contender)).min_by_key(|cost| cost.copied);
    Needless {
        copied,
        bytes: copied - least.map_or(copied, |cost| cost.copied).min(copied),
        least: least.map_or(kept, |cost| cost.contender),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::memory::carried::is_brought_back;
    use protocol::clones::StageCost;

    /// As the worker answers for 10,000 lines, in bytes: a `String` is copied for its lower case always, and what is counted twice, but only where a letter
    /// changes.
    fn answer(changed: u64) -> ClonesAnswer {
        let cost = |(contender, copied): (Contender, [u64; 5])| {
            let cost = move |(stage, copied)| StageCost { contender, stage, allocations: 1, copied, alive: 0 };
            Stage::ALL.into_iter().zip(copied).map(cost)
        };
        let counted = [
            (Contender::TextOwned, [400_023, 0, 318_310, 318_310, 0]),
            (Contender::TextBorrowed, [0, 0, 0, 0, 0]),
            (Contender::TextCow, [0, 0, changed, changed, 0]),
            (Contender::TextRc, [400_023, 0, 2 * changed, 0, 0]),
            (Contender::TextArc, [400_023, 0, 2 * changed, 0, 0]),
        ];
        ClonesAnswer { stages: counted.into_iter().flat_map(cost).collect(), steps: Vec::new() }
    }

    fn judged(changed: u64, stage: Stage, kept: Contender) -> String {
        Pick { stage: Some(stage), kept: Some(kept) }.judged(&answer(changed))
    }

    #[test]
    fn the_clone_for_the_second_list_is_needless_whatever_changes_and_the_cut_is_not() {
        for changed in [0, 31_831, 318_310] {
            let found = judged(changed, Stage::Share, Contender::TextOwned);
            let words = "Found. At “hand to a second list”, String copies 318 kB, where Rc<str> makes do with 0 B.";
            assert!(found.starts_with(words), "{found}");
            // Whoever owns the lines must have copied them once.
            for kept in [Contender::TextOwned, Contender::TextRc, Contender::TextArc] {
                let cut = judged(changed, Stage::Split, kept);
                assert!(cut.starts_with("Not there.") && !cut.contains("second list"), "{cut}");
            }
            assert!(judged(changed, Stage::Share, Contender::TextRc).starts_with("Not there."));
            assert!(judged(changed, Stage::Share, Contender::TextBorrowed).starts_with("Not there."));
        }
        assert_eq!(Pick::default().judged(&answer(0)), "");
    }

    #[test]
    fn a_smaller_clone_for_nothing_is_told_where_the_greatest_is() {
        let too = judged(31_831, Stage::Normalise, Contender::TextOwned);
        assert!(too.starts_with("There, too.") && too.contains("at “hand to a second list” by String: 318 kB"), "{too}");
        // With nothing to change this copy is as needless as the other; with all of it to change, a second one is.
        assert!(judged(0, Stage::Normalise, Contender::TextOwned).starts_with("Found."));
        assert!(judged(318_310, Stage::Normalise, Contender::TextRc).starts_with("Found."));
        assert!(judged(318_310, Stage::Normalise, Contender::TextOwned).starts_with("Not there."));
    }

    #[test]
    fn where_nobody_copies_for_nothing_that_is_said() {
        let mut answer = answer(0);
        answer.stages.truncate(0);
        let pick = Pick { stage: Some(Stage::Read), kept: Some(Contender::TextCow) };
        assert!(pick.judged(&answer).contains("No stage copies what another way of owning"));
    }

    #[test]
    fn a_link_brings_the_pick_back() {
        let kept = LabId::Clones.contenders().iter().map(|kept| Some(*kept)).chain([None]);
        let all = kept.flat_map(|kept| Stage::ALL.map(Some).into_iter().chain([None]).map(move |stage| Pick { stage, kept }));
        assert!(is_brought_back(&PICK, all.filter(|pick| *pick != Pick::default())));
        assert_eq!(Pick::kept_of("rc-refcell"), None);
    }
}
