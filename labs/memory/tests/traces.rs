//! The programs under their tracing allocator: what is noted is what they do to memory, and the recorded workload is theirs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper’s failure fails its test, which is what it is for")]

use memory::{Tracing, watch};
use protocol::memory::{EventKind, MemoryAnswer, MemoryEvent, MemoryQuestion, Owner, Program, Trace};
use protocol::{Answer, ArenaInput, Changes, NodeData, Order, Question, Seed};
use std::alloc::System;
use std::collections::BTreeMap;

#[global_allocator]
static ALLOCATOR: Tracing<System> = Tracing::new(System);

fn events(program: Program, nodes: u32, degree: u32) -> Vec<MemoryEvent> {
    events_of(program, ArenaInput { nodes, degree, ..ArenaInput::default() })
}

fn events_of(program: Program, graph: ArenaInput) -> Vec<MemoryEvent> {
    MemoryEvent::unpack(&trace_of(program, graph).events).unwrap()
}

fn trace_of(program: Program, graph: ArenaInput) -> Trace {
    let question = MemoryQuestion::Program { program, graph, seed: Seed(3) };
    let Ok(Answer::Memory(MemoryAnswer::Trace(trace))) = watch(Question::Memory(question)) else { panic!("no trace") };
    assert_eq!(trace.lost, 0, "{program:?}");
    trace
}

/// What is still there at the end: blocks and bytes of each owner. Fails where two blocks overlap, or where more than so many are given back that were there
/// before the notes began.
fn left(events: &[MemoryEvent], before: usize) -> BTreeMap<Owner, (u32, u32)> {
    let (mut alive, mut strangers): (BTreeMap<u32, MemoryEvent>, usize) = (BTreeMap::new(), 0);
    for event in events {
        if event.kind.is_birth() {
            let below = alive.range(..event.address).next_back();
            assert!(below.is_none_or(|(at, other)| at + other.taken <= event.address), "{event:?} overlaps {below:?}");
            let next = alive.range(event.address..).next();
            assert!(next.is_none_or(|(at, _)| event.address + event.taken <= *at), "{event:?} overlaps {next:?}");
            alive.insert(event.address, *event);
        } else if event.kind.is_death() {
            strangers += usize::from(alive.remove(&event.address).is_none());
        }
    }
    assert_eq!(strangers, before, "ended, and never began");
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
        // The typed arena is dropped at the end of a block, and with it two lists that were there before: of arenas and of graphs.
        let left = left(&events(program, 500, 3), if program == Program::TypedArena { 2 } else { 0 });
        if program == Program::BumpStdVec {
            assert_eq!(left, BTreeMap::from([(Owner::EdgeList, (500, 500 * lists))]));
        } else {
            assert_eq!(left, BTreeMap::new(), "{program:?}");
        }
    }
}

/// The programs that walk nowhere.
const CHANGING: [Program; 2] = [Program::RcChanging, Program::BumpChanging];

/// The parts of a program in their order, as they are marked.
fn marks(events: &[MemoryEvent]) -> Vec<u32> {
    events.iter().filter(|event| event.kind == EventKind::Mark).map(|event| event.size).collect()
}

#[test]
fn every_block_has_an_owner_and_every_part_is_marked() {
    for program in Program::ALL {
        let events = events(program, 200, 3);
        let nameless = events.iter().filter(|event| event.kind.is_birth() && event.owner == Owner::Other).count();
        assert_eq!(nameless, 0, "{program:?}");
        let fills: &[u32] = match program {
            Program::BumpReset => &[0, 1, 0, 1, 0, 1],
            Program::RcChanging | Program::BumpChanging => &[0, 4],
            _ => &[0, 1],
        };
        assert_eq!(marks(&events), [fills, &[2, 3]].concat(), "{program:?}");
        if program.contender().is_some() {
            let graph = ArenaInput { nodes: 200, changes: Changes::Grow, ..ArenaInput::default() };
            assert_eq!(marks(&events_of(program, graph)), [0, 1, 4, 2, 3], "{program:?}");
        }
    }
}

#[test]
fn an_arena_that_is_used_again_is_emptied_and_filled_before_it_is_walked_again() {
    let mut part = None;
    for event in events(Program::BumpReset, 200, 3) {
        match event.kind {
            EventKind::Mark => part = Some(event.size),
            EventKind::Carve => assert_eq!(part, Some(0), "{event:?}"),
            EventKind::Lose => assert!(matches!(part, Some(0 | 2)), "{part:?}: {event:?}"),
            EventKind::Touch => assert_eq!(part, Some(1), "{event:?}"),
            _ => {}
        }
    }
}

/// How often a walk reads something of the node that an edge leads to: its mark, and of a counted one first the flag that says who borrows it. In a tree
/// nobody is met twice, so nobody is marked, and nobody is asked before it is visited.
fn looks_an_edge(program: Program) -> usize {
    match program {
        Program::BoxTree | Program::RcChanging | Program::BumpChanging => 0,
        Program::RcRefCell => 2,
        _ => 1,
    }
}

#[test]
fn every_node_is_read_once_a_walk() {
    for program in Program::ALL.into_iter().filter(|program| !CHANGING.contains(program)) {
        let events = events(program, 300, 2);
        let walks = if program == Program::BumpReset { 3 } else { 1 };
        let reads = events.iter().filter(|event| event.kind == EventKind::Touch).count();
        // A node's number, where its list is, and what is in it; and at each of two edges what it leads to.
        assert_eq!(reads, 300 * (3 + 2 * looks_an_edge(program)) * walks, "{program:?}");
        let visits = events.iter().filter(|event| event.kind == EventKind::Touch && event.owner == Owner::Node).count();
        assert_eq!(visits, 300 * walks, "{program:?}");
    }
}

#[test]
fn what_is_read_along_an_edge_lies_in_a_node_and_belongs_to_the_visit() {
    for program in Program::ALL.into_iter().filter(|program| looks_an_edge(*program) > 0) {
        let (mut nodes, mut reads) = (BTreeMap::new(), Vec::<Vec<MemoryEvent>>::new());
        for event in events(program, 300, 3) {
            match event.kind {
                EventKind::Alloc | EventKind::Arrive | EventKind::Carve if event.owner == Owner::Node => {
                    nodes.insert(event.address, event.address + event.size);
                }
                EventKind::Touch if event.owner == Owner::Node => reads.push(vec![event]),
                EventKind::Touch => reads.last_mut().unwrap().push(event),
                // Another fill lies elsewhere, or over it.
                EventKind::Mark if event.size == 0 => nodes.clear(),
                _ => {}
            }
        }
        let is_in_a_node = |event: &MemoryEvent| {
            nodes.range(..=event.address).next_back().is_some_and(|(_, end)| event.address + event.size <= *end)
        };
        for visit in &reads[reads.len() - 300..] {
            // Number, list, and what is in it; then each edge.
            assert_eq!(visit.len(), 3 + 3 * looks_an_edge(program), "{program:?}");
            assert!(visit[3..].iter().all(|look| look.size > 0 && is_in_a_node(look)), "{program:?}: {visit:?}");
        }
        // Every node is at the end of an edge, so every one is asked: as many places as nodes, and of a counted one two.
        let mut places: Vec<u32> =
            reads[reads.len() - 300..].iter().flat_map(|visit| &visit[3..]).map(|look| look.address).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), 300 * looks_an_edge(program), "{program:?}");
    }
}

#[test]
fn the_largest_graph_that_is_offered_loses_no_event() {
    for program in Program::ALL {
        // Whose leaves come and go has most to note; the other programs have no such changes. The events stay packed: natively, where an address loses its upper half, so
        // large a block may seem to lie beyond the last address.
        let graph = ArenaInput { nodes: Program::MAX_NODES, degree: 8, changes: Changes::Churn, ..ArenaInput::default() };
        let many = trace_of(program, graph).events.0.len() / MemoryEvent::BYTES;
        let walks = if program == Program::BumpReset { 3 } else { usize::from(!CHANGING.contains(&program)) };
        let read = walks * Program::MAX_NODES as usize * (3 + 8 * looks_an_edge(program));
        assert!(many > read.max(50_000), "{program:?}: {many} events, {read} of them reads");
    }
}

#[test]
fn order_data_and_seed_of_the_lab_are_those_of_the_trace() {
    /// The cache lines that the walk reads, in its order: of each value the first and the last.
    fn lines(program: Program, graph: ArenaInput) -> Vec<u32> {
        let events = events_of(program, graph);
        let reads = events.iter().filter(|event| event.kind == EventKind::Touch && event.size > 0);
        reads.flat_map(|event| [event.address, event.address + event.size - 1]).map(|address| address / 64).collect()
    }
    for program in Program::ALL.into_iter().filter(|program| !CHANGING.contains(program) && *program != Program::BumpReset) {
        let graph = ArenaInput { nodes: 400, degree: 3, ..ArenaInput::default() };
        let steps = |order| {
            let lines = lines(program, ArenaInput { order, ..graph });
            lines.windows(2).map(|pair| i64::from(pair[1]) - i64::from(pair[0])).collect::<Vec<_>>()
        };
        assert_ne!(steps(Order::Breadth), steps(Order::Depth), "{program:?}");
        assert_ne!(steps(Order::Depth), steps(Order::Random), "{program:?}");
        let distinct = |data| {
            let mut lines = lines(program, ArenaInput { data, ..graph });
            lines.sort_unstable();
            lines.dedup();
            lines.len()
        };
        // Where each node has 128 bytes, its number and its list’s place are no neighbours of another’s.
        let (small, large) = (distinct(NodeData::Number), distinct(NodeData::Lines));
        assert!(large > small && large >= 400, "{program:?}: {small}, {large}");
    }
}

#[test]
fn what_is_carved_lies_in_a_chunk_and_an_arena_keeps_what_is_lost() {
    let of = |events: &[MemoryEvent], kind| events.iter().filter(|event| event.kind == kind).count();
    for program in [Program::BumpStdVec, Program::BumpArenaVec, Program::TypedArena] {
        let graph = ArenaInput { nodes: 300, degree: 3, changes: Changes::Churn, ..ArenaInput::default() };
        let events = events_of(program, graph);
        let mut chunks: BTreeMap<u32, u32> = BTreeMap::new();
        for event in &events {
            match event.kind {
                kind if kind.is_birth() && event.owner == Owner::Chunk => {
                    chunks.insert(event.address, event.address + event.size);
                }
                kind if kind.is_death() => {
                    chunks.remove(&event.address);
                }
                EventKind::Carve => {
                    let (_, end) = chunks.range(..=event.address).next_back().unwrap();
                    assert!(event.address + event.size <= *end, "{program:?}: {event:?} is in no chunk");
                }
                _ => {}
            }
        }
        // Each node, and in each of three walks a leaf for each; of which all but the last are lost. Lists that grew lose their places too.
        let lists = if program == Program::BumpArenaVec { 300 } else { 0 };
        let nodes = events.iter().filter(|event| event.kind == EventKind::Carve && event.owner == Owner::Node).count();
        assert_eq!(nodes, 4 * 300, "{program:?}");
        assert_eq!(of(&events, EventKind::Lose), 2 * 300 + lists, "{program:?}");
        // Who counts gives each leaf back as it goes.
        let counted = events_of(Program::RcRefCell, graph);
        let freed = counted.iter().position(|event| event.kind == EventKind::Free && event.size == 56);
        assert!(freed.is_some_and(|at| counted[at..].iter().any(|event| event.kind == EventKind::Mark && event.size == 2)));
    }
}

#[test]
fn an_arena_that_grows_asks_for_chunks_of_twice_the_size_and_a_reset_one_for_none_from_the_third_fill_on() {
    /// The chunks that are asked for until each walk begins, from the one before on.
    fn chunks(program: Program) -> Vec<Vec<u32>> {
        let mut fills = vec![Vec::new()];
        for event in events(program, 5_000, 3) {
            if event.kind == EventKind::Mark && event.size == 1 {
                fills.push(Vec::new());
            } else if event.kind.is_birth() && event.owner == Owner::Chunk {
                fills.last_mut().unwrap().push(event.size);
            }
        }
        fills
    }
    let growing = chunks(Program::BumpGrowing).concat();
    assert!(growing.len() > 4 && growing.windows(2).all(|pair| pair[1] > pair[0]), "{growing:?}");
    let reset = chunks(Program::BumpReset);
    assert_eq!(reset[0], growing);
    // The last chunk is the largest, and yet smaller than the whole graph: one more is asked for, and that one is large enough.
    assert_eq!(reset.iter().map(Vec::len).collect::<Vec<_>>(), [growing.len(), 1, 0, 0], "{reset:?}");
    assert!(reset[1][0] > reset[0][growing.len() - 1]);
    assert_eq!(chunks(Program::BumpArenaVec).concat().len(), 1);
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

/// What a request asks for, or which request is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Ask(u32),
    Back(usize),
}

/// The recorded workload, as `allocators/workload.rs` reads it, without the table of those whom the walk had met: when it was recorded, the program that was watched
/// kept such a table, and the timed one never did. Its recorded runs keep their meaning, so it stays as it is.
fn recorded() -> Vec<Call> {
    const MET: u32 = 49;
    let bytes = include_bytes!("../src/allocators/recorded.bin");
    let mut words = bytes.as_chunks::<2>().0.iter().map(|word| u16::from_le_bytes(*word));
    let (mut calls, mut numbers) = (Vec::new(), Vec::new());
    let mut asked = 0;
    while let Some(word) = words.next() {
        if word != 0 {
            let size = u32::from(word);
            numbers.push((size != MET).then_some(asked));
            if size != MET {
                calls.push(Call::Ask(size));
                asked += 1;
            }
        } else if let Some(number) = numbers[usize::from(words.next().unwrap())] {
            calls.push(Call::Back(number));
        }
    }
    assert_eq!(asked + 1, numbers.len(), "one request of this size");
    calls
}

#[test]
fn the_recorded_workload_is_what_the_timed_program_does() {
    let (mut calls, mut out, mut asked) = (Vec::new(), BTreeMap::new(), 0);
    for event in events(Program::RcRefCell, 49, 3) {
        if event.kind.is_birth() {
            calls.push(Call::Ask(event.size));
            out.insert(event.address, asked);
            asked += 1;
        } else if event.kind.is_death() {
            calls.push(Call::Back(out.remove(&event.address).unwrap()));
        }
    }
    assert_eq!(recorded(), calls);
}
