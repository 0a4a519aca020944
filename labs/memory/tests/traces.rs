//! The programs under their tracing allocator: what is noted is what they do to memory, and the recorded workload is theirs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper’s failure fails its test, which is what it is for")]

use memory::{Tracing, watch};
use protocol::memory::{EventKind, MemoryAnswer, MemoryEvent, MemoryQuestion, Owner, Program};
use protocol::{Answer, Question, Seed};
use std::alloc::System;
use std::collections::BTreeMap;

#[global_allocator]
static ALLOCATOR: Tracing<System> = Tracing::new(System);

fn events(program: Program, nodes: u32, degree: u32) -> Vec<MemoryEvent> {
    let question = MemoryQuestion::Program { program, nodes, degree, seed: Seed(3) };
    let Ok(Answer::Memory(MemoryAnswer::Trace(trace))) = watch(Question::Memory(question)) else { panic!("no trace") };
    assert_eq!(trace.lost, 0, "{program:?}");
    MemoryEvent::unpack(&trace.events).unwrap()
}

/// What is still there at the end: blocks and bytes of each owner. Fails where two blocks overlap.
fn left(events: &[MemoryEvent]) -> BTreeMap<Owner, (u32, u32)> {
    let mut alive: BTreeMap<u32, MemoryEvent> = BTreeMap::new();
    for event in events {
        if event.kind.is_birth() {
            let before = alive.range(..event.address).next_back();
            assert!(before.is_none_or(|(at, other)| at + other.taken <= event.address), "{event:?} overlaps {before:?}");
            let next = alive.range(event.address..).next();
            assert!(next.is_none_or(|(at, _)| event.address + event.taken <= *at), "{event:?} overlaps {next:?}");
            alive.insert(event.address, *event);
        } else if event.kind.is_death() {
            assert!(alive.remove(&event.address).is_some(), "{event:?} ends what never began");
        }
    }
    let mut left = BTreeMap::new();
    for event in alive.values() {
        let sum: &mut (u32, u32) = left.entry(event.owner).or_default();
        *sum = (sum.0 + 1, sum.1 + event.size);
    }
    left
}

#[test]
fn the_leak_leaves_every_list_and_each_remedy_leaves_nothing() {
    let lists = u32::try_from(size_of::<&u8>()).unwrap() * 3;
    for program in Program::ALL {
        let left = left(&events(program, 500, 3));
        if program == Program::BumpStdVec {
            assert_eq!(left, BTreeMap::from([(Owner::EdgeList, (500, 500 * lists))]));
        } else {
            assert_eq!(left, BTreeMap::new(), "{program:?}");
        }
    }
}

/// The programs that walk nowhere.
const CHANGING: [Program; 2] = [Program::RcChanging, Program::BumpChanging];

#[test]
fn every_block_has_an_owner_and_every_part_is_marked_once() {
    for program in Program::ALL {
        let events = events(program, 200, 3);
        let nameless = events.iter().filter(|event| event.kind.is_birth() && event.owner == Owner::Other).count();
        assert_eq!(nameless, 0, "{program:?}");
        let marks: Vec<u32> = events.iter().filter(|event| event.kind == EventKind::Mark).map(|event| event.size).collect();
        let fills = if program == Program::BumpReset { 3 } else { 1 };
        let middle = if CHANGING.contains(&program) { vec![4] } else { vec![1; fills] };
        assert_eq!(marks, [&[0][..], &middle, &[2, 3]].concat(), "{program:?}");
    }
}

#[test]
fn every_node_is_read_once_a_walk() {
    for program in Program::ALL.into_iter().filter(|program| !CHANGING.contains(program)) {
        let events = events(program, 300, 2);
        let walks = if program == Program::BumpReset { 3 } else { 1 };
        let reads = events.iter().filter(|event| event.kind == EventKind::Touch).count();
        // A node, and its list.
        assert_eq!(reads, 300 * 2 * walks, "{program:?}");
        let visits = events.iter().filter(|event| event.kind == EventKind::Touch && event.owner == Owner::Node).count();
        assert_eq!(visits, 300 * walks, "{program:?}");
    }
}

#[test]
fn an_arena_that_grows_asks_for_chunks_of_twice_the_size_and_a_reset_one_for_no_more_of_them() {
    let chunks = |program| -> Vec<u32> {
        let events = events(program, 5_000, 3);
        events.iter().filter(|event| event.kind.is_birth() && event.owner == Owner::Chunk).map(|event| event.size).collect()
    };
    let growing = chunks(Program::BumpGrowing);
    assert!(growing.len() > 4 && growing.windows(2).all(|pair| pair[1] > pair[0]), "{growing:?}");
    let reset = chunks(Program::BumpReset);
    assert!(reset.len() < 2 * growing.len(), "{reset:?}, {growing:?}");
    assert_eq!(chunks(Program::BumpArenaVec).len(), 1);
}

#[test]
fn where_lists_change_an_arena_keeps_the_old_ones() {
    let most = |program| {
        let (mut live, mut most) = (0_u32, 0);
        let mut sizes = BTreeMap::new();
        for event in events(program, 1_000, 3) {
            if event.kind.is_birth() {
                sizes.insert(event.address, event.size);
                live += event.size;
            } else if event.kind.is_death() {
                live -= sizes.remove(&event.address).unwrap();
            }
            most = most.max(live);
        }
        most
    };
    assert!(most(Program::BumpChanging) > 2 * most(Program::RcChanging));
    assert!(most(Program::BumpChanging) > 3 * most(Program::BumpArenaVec));
}

/// The calls of the `Rc` graph with 49 nodes and 3 edges each, as `allocators/workload.rs` reads them.
fn recording() -> Vec<u8> {
    let (mut words, mut out, mut blocks) = (Vec::new(), BTreeMap::new(), 0_u16);
    for event in events(Program::RcRefCell, 49, 3) {
        if event.kind.is_birth() {
            words.push(u16::try_from(event.size).unwrap());
            out.insert(event.address, blocks);
            blocks += 1;
        } else if event.kind.is_death() {
            words.extend([0, out.remove(&event.address).unwrap()]);
        }
    }
    words.into_iter().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn the_recorded_workload_is_what_the_program_does() {
    // `BLESS=1` writes it anew.
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/allocators/recorded.bin");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, recording()).unwrap();
    }
    assert_eq!(std::fs::read(path).unwrap(), recording());
}
