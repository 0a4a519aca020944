//! The lab under its counting allocator: what each contender asks for, what it leaves behind, and that a run does not pile it up.
#![allow(clippy::unwrap_used, reason = "a helper's failure fails its test, which is what it is for")]

use measure::Clock;
use memory::counting::{counts, restart_peak};
use memory::{Counting, answer, prepare};
use protocol::clones::{ClonesAnswer, ClonesQuestion, PartName, Stage, StageCost};
use protocol::{
    Answer, ArenaInput, Changed, Changes, ClonesInput, Contender, Fact, FactKind, LabId, LabInput, NodeData, Question, Seed,
};
use std::alloc::System;
use std::cell::Cell;
use units::Nanos;

#[global_allocator]
static ALLOCATOR: Counting = Counting::new(System);

const NODES: u64 = 1_000;
const DEGREE: u64 = 3;

fn facts(nodes: u32, degree: u32, seed: u64) -> Vec<Fact> {
    facts_of(ArenaInput { nodes, degree, ..ArenaInput::default() }, seed)
}

fn facts_of(input: ArenaInput, seed: u64) -> Vec<Fact> {
    prepare(&LabInput::Arena(input), Seed(seed)).unwrap().facts
}

fn fact(facts: &[Fact], contender: Contender, kind: FactKind) -> u64 {
    facts.iter().find(|fact| fact.contender == contender && fact.kind == kind).unwrap().value
}

#[test]
fn only_the_std_vec_in_an_arena_leaks() {
    let facts = facts(1_000, 3, 7);
    let live = |contender| fact(&facts, contender, FactKind::LiveAfterDropBytes);
    assert_eq!(live(Contender::RcRefCell), 0);
    assert_eq!(live(Contender::IndexGraph), 0);
    assert_eq!(live(Contender::BumpArenaVec), 0);
    // Exactly the buffers of the edge lists.
    assert_eq!(live(Contender::BumpStdVec), NODES * DEGREE * size_of::<&u8>() as u64);
}

#[test]
fn allocations_are_those_that_the_design_says() {
    let facts = facts(1_000, 3, 7);
    let allocations = |contender| fact(&facts, contender, FactKind::Allocations);
    // Each node and its list, the table of nodes, the queue.
    assert_eq!(allocations(Contender::RcRefCell), 2 * NODES + 2);
    // Nodes, edges, the queue.
    assert_eq!(allocations(Contender::IndexGraph), 3);
    // The arena, each list, the table of nodes, the queue.
    assert_eq!(allocations(Contender::BumpStdVec), NODES + 3);
    // The arena, the table of nodes, the queue.
    assert_eq!(allocations(Contender::BumpArenaVec), 3);
    for contender in [Contender::RcRefCell, Contender::IndexGraph, Contender::BumpStdVec, Contender::BumpArenaVec] {
        let peak = fact(&facts, contender, FactKind::PeakBytes);
        assert!(peak >= NODES * (8 + 4 * DEGREE), "{contender:?}: {peak}");
        assert!(peak <= NODES * (96 + 8 * DEGREE), "{contender:?}: {peak}");
    }
}

#[test]
fn an_arena_keeps_every_leaf_that_ever_came_and_everyone_else_uses_their_places_again() {
    let small = ArenaInput { nodes: 1_000, degree: 3, ..ArenaInput::default() };
    let peak = |changes, contender| fact(&facts_of(ArenaInput { changes, ..small }, 7), contender, FactKind::PeakBytes);
    for contender in [Contender::RcRefCell, Contender::BoxTree, Contender::IndexGraph, Contender::SlotMap] {
        assert!(peak(Changes::Churn, contender) < peak(Changes::Grow, contender), "{contender:?}");
    }
    // The same leaves come, whether they go or not, and all stay: only the lists may differ.
    for contender in [Contender::TypedArena, Contender::BumpStdVec, Contender::BumpArenaVec] {
        let (churn, grow) = (peak(Changes::Churn, contender), peak(Changes::Grow, contender));
        assert!(churn * 10 > grow * 8, "{contender:?}: {churn} of {grow}");
    }
    for changes in Changes::ALL {
        let facts = facts_of(ArenaInput { changes, data: NodeData::Lines, ..small }, 7);
        for &contender in LabId::Arena.contenders() {
            let live = fact(&facts, contender, FactKind::LiveAfterDropBytes);
            assert_eq!(live > 0, contender == Contender::BumpStdVec, "{contender:?}, {changes:?}: {live}");
        }
    }
}

#[test]
fn facts_are_the_same_every_time() {
    assert_eq!(facts(500, 4, 1), facts(500, 4, 1));
}

/// Goes on by 1 ns each time it is read.
#[derive(Default)]
struct Ticking(Cell<f64>);

impl Clock for Ticking {
    fn now(&self) -> Nanos {
        Nanos(self.0.replace(self.0.get() + 1.0))
    }
}

#[test]
fn a_long_run_leaves_nothing_behind_and_stays_within_its_memory() {
    let sizes = [(1, 1, Changes::None), (1, 1, Changes::Churn), (100_000, 8, Changes::None), (10_000, 3, Changes::Grow)];
    for (nodes, degree, changes) in sizes {
        let input = LabInput::Arena(ArenaInput { nodes, degree, changes, ..ArenaInput::default() });
        let mut experiment = prepare(&input, Seed(3)).unwrap();
        let checksums: Vec<u64> = experiment
            .contenders
            .iter_mut()
            .map(|contender| {
                let (before, batch) = (counts().live, contender.max_batch());
                restart_peak();
                let (times, checksum) = contender.time(batch, &Ticking::default());
                // The clock was read once for each phase, and once more for what lies between two of them.
                assert_eq!(times, vec![Nanos(1.0); input.phases().len()]);
                drop(times);
                let name = contender.id.slug();
                assert_eq!(counts().live, before, "{name} left bytes behind");
                let peak = counts().peak - before;
                assert!(peak <= 64 << 20, "{name}: {peak} bytes at once, {nodes} nodes of degree {degree}");
                checksum
            })
            .collect();
        assert!(checksums.iter().all(|checksum| *checksum == checksums[0]), "{checksums:x?}");
    }
}

fn clones(changed: Changed) -> ClonesAnswer {
    let input = ClonesInput { lines: 100, changed };
    let found = match answer(&Question::Clones(ClonesQuestion { input, seed: Seed(1) })).unwrap() {
        Answer::Clones(answer) => Some(answer),
        _ => None,
    };
    found.unwrap()
}

#[test]
fn what_stands_in_a_block_is_what_its_handles_say() {
    let steps = clones(Changed::Few).steps;
    let word = u32::try_from(size_of::<usize>()).unwrap();
    let counted: Vec<_> = steps.iter().filter(|step| step.strong.is_some()).collect();
    assert!(counted.len() >= 15, "{} lines", counted.len());
    for step in counted {
        let block = step.block.as_ref().unwrap();
        assert_eq!(block.value(PartName::Strong), step.strong.map(u64::from), "{}", step.code);
        // All owners together hold one more.
        assert_eq!(block.value(PartName::Weak), step.weak.map(|weak| u64::from(weak) + 1), "{}", step.code);
        assert!(block.value(PartName::Value).is_some());
        assert_eq!(block.parts.iter().map(|part| part.size).sum::<u32>(), block.size, "{}: nothing lies between", step.code);
        assert!(block.parts.iter().all(|part| part.name == PartName::Value || part.size == word));
    }
    let block = |code: &str| steps.iter().find(|step| step.code.contains(code)).unwrap().block.clone();
    assert_eq!(block("let first").unwrap().size, block("let boxed").unwrap().size + 2 * word, "two counts lie beside the value");
    let left = block("drop(found)").unwrap();
    let [strong, weak, value] = [PartName::Strong, PartName::Weak, PartName::Value].map(|name| left.value(name));
    assert_eq!((strong, weak, value), (Some(0), Some(1), None), "the value is gone, the block is not");
    assert_eq!(block("drop(observer)"), None);
}

#[test]
fn the_bytes_that_a_stage_copies_are_those_that_the_allocator_hands_out_for_it() {
    for changed in Changed::ALL {
        let stages = clones(changed).stages;
        let cost = |contender, stage| -> StageCost {
            *stages.iter().find(|cost| cost.contender == contender && cost.stage == stage).unwrap()
        };
        // A borrowed text needs the lists alone: so many places has each.
        let places = |stage| cost(Contender::TextBorrowed, stage).alive / size_of::<&str>().cast_signed() as i64;
        let beside_the_list =
            |contender, stage, place: usize| cost(contender, stage).alive - places(stage) * place.cast_signed() as i64;
        for stage in [Stage::Split, Stage::Share] {
            let text = beside_the_list(Contender::TextOwned, stage, size_of::<String>());
            assert_eq!(text, cost(Contender::TextOwned, stage).copied.cast_signed(), "{changed:?}, {stage:?}");
            let text = beside_the_list(Contender::TextCow, stage, size_of::<std::borrow::Cow<'_, str>>());
            assert_eq!(text, cost(Contender::TextCow, stage).copied.cast_signed(), "{changed:?}, {stage:?}");
        }
        for counted in [Contender::TextRc, Contender::TextArc] {
            assert_eq!(beside_the_list(counted, Stage::Share, size_of::<std::rc::Rc<str>>()), 0);
            // At the cut each text lies behind two counts, in a block that is rounded up to whole words.
            let (text, lines) = (beside_the_list(counted, Stage::Split, size_of::<std::rc::Rc<str>>()), 100);
            let counts = text - cost(counted, Stage::Split).copied.cast_signed();
            assert!((lines * 16..lines * 24).contains(&counts), "{counted:?}: {counts}");
        }
    }
}

#[test]
fn a_circle_of_owners_and_a_forgotten_text_leak_and_nothing_else_of_the_program_does() {
    let answer = clones(Changed::Few);
    let alive = |code: &str| answer.steps.iter().find(|step| step.code.contains(code)).unwrap().alive;
    assert_eq!(alive("drop(boxed)"), 0);
    assert!(alive("let first") >= alive("let boxed") + 2 * size_of::<usize>() as u64, "two counts lie beside the value");
    assert_eq!(alive("let second"), alive("let first"));
    assert!(alive("drop(first)") > alive("let first"), "the circle keeps both nodes alive");
    assert_eq!(alive("drop(observer)"), 0);
    assert_eq!(alive("drop(shared)"), 0);
    assert_eq!(alive("forget"), "kept for ever".len() as u64);
    // What a stage allocates is counted too: a borrowed text needs the lists alone.
    let allocations = |contender, stage| {
        answer.stages.iter().find(|cost| cost.contender == contender && cost.stage == stage).unwrap().allocations
    };
    assert_eq!(allocations(Contender::TextBorrowed, Stage::Share), 1);
    assert!(allocations(Contender::TextOwned, Stage::Share) > 50);
    assert_eq!(allocations(Contender::TextRc, Stage::Share), 1);
}
