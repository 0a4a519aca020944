//! The arena lab: one graph, four kinds of ownership, three phases.
//!
//! What is alike for all, so that only ownership differs: the edges and their order; capacities, reserved wherever the size is known;
//! a node's number, which stands for its data and is read from the node; the mark for "visited", which lies in the node; the queue, a
//! `VecDeque` with room for every node. Nothing here may read a clock: phases are marked, and who listens decides what a mark means.

mod bump_arena;
mod bump_std;
mod edges;
mod index_graph;
mod marks;
mod rc_refcell;

pub(crate) use edges::Edges;
use marks::{Census, Marks};
use measure::Experiment;
use protocol::{ArenaInput, Contender, Fact, LabId, Seed};
use std::rc::Rc;

/// The lab's contenders. `Rc<RefCell>` is the first: all others are set against it.
const CONTENDERS: [Contender; 4] = [Contender::RcRefCell, Contender::IndexGraph, Contender::BumpStdVec, Contender::BumpArenaVec];

/// How many bytes of graphs may be alive at once, counted for the largest contender.
const ALIVE_AT_ONCE: usize = 64 << 20;

/// The lab on a graph of `input`'s size with edges drawn from `seed`. The facts are counted here, on one operation of each.
pub(crate) fn prepare(input: ArenaInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    let edges = Rc::new(Edges::generate(input, seed));
    let facts = if counting::is_installed() { count(&edges) } else { Vec::new() };
    let contenders = CONTENDERS.map(|id| {
        let edges = Rc::clone(&edges);
        let phases = LabId::Arena.phases().len();
        measure::Contender::phased(id, phases, max_batch(&edges), move |count, laps| batch(id, &edges, count as usize, laps))
    });
    Experiment { contenders: contenders.into(), facts, afterwards: None }
}

/// What one operation of each contender asks of the allocator.
fn count(edges: &Edges) -> Vec<Fact> {
    let counted = CONTENDERS.map(|id| {
        let mut census = Census::begin();
        batch(id, edges, 1, &mut census);
        census.facts(id)
    });
    counted.concat()
}

/// Builds, traverses and tears down `count` graphs by one contender, marking each phase's end; the checksum of all traversals.
fn batch(id: Contender, edges: &Edges, count: usize, marks: &mut impl Marks) -> u64 {
    match id {
        Contender::RcRefCell => rc_refcell::batch(edges, count, marks),
        Contender::IndexGraph => index_graph::batch(edges, count, marks),
        Contender::BumpStdVec => bump_std::batch(edges, count, marks),
        Contender::BumpArenaVec => bump_arena::batch(edges, count, marks),
        // Another lab's.
        _ => 0,
    }
}

/// How many graphs fit into [`ALIVE_AT_ONCE`], at least 1. The estimate is above the dearest contender on a 64-bit machine: 72
/// bytes a node with its place in a table, 24 for taking a buffer out of a leaking node, 32 for the allocator's bookkeeping, 8 an edge; and for each graph 1,024 for an arena's smallest chunk.
fn max_batch(edges: &Edges) -> u32 {
    let bytes = 1_024 + edges.nodes() * (128 + 8 * edges.degree());
    u32::try_from(ALIVE_AT_ONCE / bytes).unwrap_or(u32::MAX).max(1)
}

/// Adds a visited node to a traversal's checksum, which depends on the order of visits (FNV-1a's step, a node at a time).
const fn fold(checksum: u64, id: u32) -> u64 {
    (checksum ^ id as u64).wrapping_mul(0x0000_0100_0000_01B3).wrapping_add(1)
}

/// Adds a traversal's checksum to its batch's.
const fn combine(batch: u64, traversal: u64) -> u64 {
    batch.rotate_left(1) ^ traversal
}

#[cfg(test)]
mod tests;
