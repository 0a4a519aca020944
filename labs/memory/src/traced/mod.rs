//! The programs whose memory is drawn: one graph, owned in many ways, built, walked and torn down once. Most are the arena lab's own contenders, the code that is timed
//! there; the others are here, and say for whom they allocate and what they read as those do. What is here must never be timed, and never run but to be traced.

mod arenas;
mod owners;
#[cfg(test)]
mod tests;

use crate::arena::{self, Chosen, Data, Edges, Frontier, Parts, Watched};
use protocol::memory::{Owner, Program, Trace};
use protocol::{ArenaInput, LabInput, NodeData, Order, Phase, Seed};
use tracer::mark;

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

fn trace_data<const WORDS: usize>(program: Program, graph: ArenaInput, seed: Seed) -> Trace {
    let tracer = if let Some(contender) = program.contender() {
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
    };
    tracer.into_trace(None)
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

/// A walk over so many nodes: `visit` is told of each node once, and names those that its edges lead to. `start` is node 0.
fn walk<D: Data, T: Copy>(
    (nodes, order): (usize, Order),
    start: T,
    id: impl Fn(T) -> u32,
    mut visit: impl FnMut(T, &mut dyn FnMut(T)),
) {
    mark(WALK);
    let mut met = D::own(Owner::Queue, || vec![false; nodes]);
    let mut frontier = D::own(Owner::Queue, || Chosen::of(order, nodes));
    met[0] = true;
    frontier.push(start);
    while let Some(node) = frontier.pop() {
        visit(node, &mut |next| {
            if !std::mem::replace(&mut met[id(next) as usize], true) {
                frontier.push(next);
            }
        });
    }
}
