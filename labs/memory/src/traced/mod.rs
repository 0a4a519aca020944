//! The programs whose memory is drawn: one graph, owned in many ways, built, walked and torn down once. They say for whom they allocate and
//! what they read; they must never be timed, and never run but to be traced.

mod arenas;
mod owners;
#[cfg(test)]
mod tests;

use crate::arena::Edges;
use crate::tracing::{self, mark, owned_by};
use protocol::memory::{Owner, Program, Trace};
use protocol::{ArenaInput, Seed};
use std::collections::VecDeque;

/// The parts of a program, as they are marked.
const BUILD: u32 = 0;
const WALK: u32 = 1;
const TEAR_DOWN: u32 = 2;
const DONE: u32 = 3;
const CHANGE: u32 = 4;

/// How often lists change, and a list has so many places more each time.
const ROUNDS: usize = 4;

/// What `program` does to memory on a graph of this size, clamped to what is offered; empty unless [`tracing::Tracing`] is the global allocator.
pub(crate) fn trace(program: Program, nodes: u32, degree: u32, seed: Seed) -> Trace {
    let edges = Edges::generate(ArenaInput { nodes: nodes.clamp(1, Program::MAX_NODES), degree, ..ArenaInput::default() }, seed);
    let run = match program {
        Program::RcRefCell => owners::rc_refcell,
        Program::BoxTree => owners::box_tree,
        Program::IndexGraph => owners::index_graph,
        Program::BumpStdVec => arenas::std_vec,
        Program::BumpArenaVec => arenas::arena_vec,
        Program::BumpBoxed => arenas::boxed,
        Program::BumpReset => arenas::reset,
        Program::BumpGrowing => arenas::growing,
        Program::RcChanging => owners::rc_changing,
        Program::BumpChanging => arenas::changing,
    };
    // Two blocks a node, made, read and given back, and some more: the room is enough for the largest graph.
    tracing::record(tracing::MOST, || run(&edges)).into_trace(None)
}

/// A walk in breadth: `visit` is told of each node once, and names those that its edges lead to. `start` is node 0.
fn walk<T: Copy>(nodes: usize, start: T, id: impl Fn(T) -> u32, mut visit: impl FnMut(T, &mut dyn FnMut(T))) {
    mark(WALK);
    let mut met = owned_by(Owner::Queue, || vec![false; nodes]);
    let mut queue = owned_by(Owner::Queue, || VecDeque::with_capacity(nodes));
    met[0] = true;
    queue.push_back(start);
    while let Some(node) = queue.pop_front() {
        visit(node, &mut |next| {
            if !std::mem::replace(&mut met[id(next) as usize], true) {
                queue.push_back(next);
            }
        });
    }
}
