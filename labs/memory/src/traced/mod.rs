//! The programs whose memory is drawn: one graph, owned in many ways, built, walked and torn down once. Most are the arena lab's own contenders, the code that is timed
//! there; the others are here, and say for whom they allocate and what they read as those do. What is here must never be timed, and never run but to be traced.

mod arenas;
mod owners;
#[cfg(test)]
mod tests;

use crate::arena::{self, Chosen, Data, Edges, Frontier, Parts, Watched, with_looks};
use protocol::memory::{Owner, Program, Trace};
use protocol::{ArenaInput, LabInput, NodeData, Order, Phase, Seed};
use std::cell::Cell;
use tracer::{Tracer, mark};

/// The parts of a program, as they are marked.
const BUILD: u32 = 0;
const WALK: u32 = 1;
const TEAR_DOWN: u32 = 2;
const DONE: u32 = 3;
const CHANGE: u32 = 4;

/// How often lists change, and a list has so many places more each time.
const ROUNDS: usize = 4;

/// What `program` does to memory on this graph, clamped to what is offered; empty unless [`tracer::Tracing`] is the global allocator.
pub(crate) fn trace(program: Program, graph: ArenaInput, seed: Seed) -> Trace {
    let graph = ArenaInput { nodes: graph.nodes.clamp(1, Program::MAX_NODES), ..graph };
    match graph.data {
        NodeData::Number => trace_data::<1>(program, graph, seed),
        NodeData::Lines => trace_data::<32>(program, graph, seed),
    }
}

/// How often the programs read something along an edge, at most: a counted node's flag and its mark; or a mark in each of three walks.
const LOOKS_AN_EDGE: usize = 3;

fn trace_data<const WORDS: usize>(program: Program, graph: ArenaInput, seed: Seed) -> Trace {
    let edges = graph.nodes as usize * graph.degree.clamp(1, ArenaInput::MAX_DEGREE) as usize;
    with_looks(LOOKS_AN_EDGE * edges, || notes::<WORDS>(program, graph, seed))
}

fn notes<const WORDS: usize>(program: Program, graph: ArenaInput, seed: Seed) -> Tracer {
    if let Some(contender) = program.contender() {
        let phases = LabInput::Arena(graph).phases();
        let begins = phases.iter().map(|phase| match phase {
            Phase::Traverse => WALK,
            Phase::Change => CHANGE,
            Phase::TearDown => TEAR_DOWN,
            _ => BUILD,
        });
        let parts = Parts::new(begins.chain([DONE]).collect());
        tracer::record(tracer::MOST, || arena::run_watched::<WORDS>(contender, graph, seed, parts))
    } else {
        let edges = Edges::generate(graph, seed);
        tracer::record(tracer::MOST, || run::<Watched<WORDS>>(program, &edges, graph.order))
    }
}

/// A program that is no contender's.
fn run<D: Data>(program: Program, edges: &Edges, order: Order) {
    match program {
        Program::BumpBoxed => arenas::boxed::<D>(edges, order),
        Program::BumpReset => arenas::reset::<D>(edges, order),
        Program::BumpGrowing => arenas::growing::<D>(edges, order),
        Program::RcChanging => owners::rc_changing::<D>(edges),
        Program::BumpChanging => arenas::changing::<D>(edges),
        Program::RcRefCell
        | Program::BoxTree
        | Program::IndexGraph
        | Program::BumpStdVec
        | Program::BumpArenaVec
        | Program::SlotMap
        | Program::TypedArena => {}
    }
}

/// A walk over so many nodes: `visit` is told of each node once, and names those that its edges lead to; `mark_of` is where a node is marked once it is met, in the
/// node, as the contenders' are. `start` is node 0.
fn walk<'a, D: Data, T: Copy>(
    (nodes, order): (usize, Order),
    start: T,
    mark_of: impl Fn(T) -> &'a Cell<bool>,
    mut visit: impl FnMut(T, &mut dyn FnMut(T)),
) {
    mark(WALK);
    let mut frontier = D::own(Owner::Queue, || Chosen::of(order, nodes));
    mark_of(start).set(true);
    frontier.push(start);
    while let Some(node) = frontier.pop() {
        visit(node, &mut |next| {
            let visited = mark_of(next);
            D::look(visited);
            if !visited.replace(true) {
                frontier.push(next);
            }
        });
    }
}
