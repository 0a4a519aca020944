//! The arena lab: one graph, seven kinds of ownership, three phases or four, three orders of walking, two sizes of a node.
//!
//! What is alike for all, so that only ownership differs: the edges and their order; capacities, reserved wherever the size is known;
//! a node's data, of which the number is read from the node; the mark for "visited", which lies in the node; the frontier
//! of the walk, with room for every node; what comes and goes, and when. A tree of boxes holds the edges along which nodes are first met, and no others: it can say no more. Nothing here may read a clock: phases are marked, and who listens decides what a mark means.

mod box_tree;
mod bump_arena;
mod bump_std;
mod changing;
mod data;
mod edges;
mod frontier;
mod index_graph;
mod looks;
mod marks;
mod rc_refcell;
mod slot_map;
mod typed_arena;
mod watch;

use box_tree::Tree;
use changing::Changing;
pub(crate) use data::Data;
pub(crate) use edges::Edges;
use frontier::{Anyone, Breadth, Depth};
pub(crate) use frontier::{Chosen, Frontier};
pub(crate) use looks::with_looks;
use marks::{Census, Marks};
use measure::Experiment;
use protocol::{ArenaInput, Changes, Contender, Fact, LabId, LabInput, NodeData, Order, Seed};
use std::rc::Rc;
pub(crate) use watch::{Parts, Watched};

/// How many bytes of graphs may be alive at once, counted for the largest contender.
const ALIVE_AT_ONCE: usize = 64 << 20;

/// An order of walking.
trait Walk: 'static {
    /// Its name.
    fn order() -> Order;
    /// What holds the nodes that were met.
    type Frontier<T>: Frontier<T>;
}

struct InBreadth;
struct InDepth;
struct AtRandom;
/// In the order that was last said to be watched.
struct AsWatched;

impl Walk for InBreadth {
    fn order() -> Order {
        Order::Breadth
    }
    type Frontier<T> = Breadth<T>;
}

impl Walk for InDepth {
    fn order() -> Order {
        Order::Depth
    }
    type Frontier<T> = Depth<T>;
}

impl Walk for AtRandom {
    fn order() -> Order {
        Order::Random
    }
    type Frontier<T> = Anyone<T>;
}

impl Walk for AsWatched {
    fn order() -> Order {
        frontier::watched()
    }
    type Frontier<T> = Chosen<T>;
}

/// The lab on a graph of `input`'s size with edges drawn from `seed`. The facts are counted here, on one operation of each.
pub(crate) fn prepare(input: ArenaInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    match input.order {
        Order::Breadth => prepare_walk::<InBreadth>(input, seed),
        Order::Depth => prepare_walk::<InDepth>(input, seed),
        Order::Random => prepare_walk::<AtRandom>(input, seed),
    }
}

fn prepare_walk<W: Walk>(input: ArenaInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    match input.data {
        NodeData::Number => prepare_data::<W, [u32; 1]>(input, seed),
        NodeData::Lines => prepare_data::<W, [u32; 32]>(input, seed),
    }
}

/// A graph, the tree that is left of it where each node has one owner, and what happens to both after the walk.
struct Graph {
    edges: Edges,
    tree: Tree,
    changes: Changes,
}

fn prepare_data<W: Walk, D: Data>(input: ArenaInput, seed: Seed) -> Experiment<Contender, Vec<Fact>> {
    let edges = Edges::generate(input, seed);
    let graph = Rc::new(Graph { tree: Tree::of::<W>(&edges), edges, changes: input.changes });
    let facts = if counting::is_installed() { count::<W, D>(&graph) } else { Vec::new() };
    let phases = LabInput::Arena(input).phases().len();
    let contenders = LabId::Arena.contenders().iter().map(|&id| {
        let graph = Rc::clone(&graph);
        measure::Contender::phased(id, phases, max_batch(&graph, size_of::<D>()), move |count, laps| {
            batch::<W, D>(id, &graph, count as usize, laps)
        })
    });
    Experiment { contenders: contenders.collect(), facts, afterwards: None }
}

/// What one operation of each contender asks of the allocator.
fn count<W: Walk, D: Data>(graph: &Graph) -> Vec<Fact> {
    let counted = LabId::Arena.contenders().iter().map(|&id| {
        let mut census = Census::begin();
        batch::<W, D>(id, graph, 1, &mut census);
        census.facts(id)
    });
    counted.flatten().collect()
}

/// Builds, traverses, perhaps changes, and tears down `count` graphs by one contender, marking each phase's end; the checksum of all walks.
fn batch<W: Walk, D: Data>(id: Contender, graph: &Graph, count: usize, marks: &mut impl Marks) -> u64 {
    match id {
        Contender::RcRefCell => rc_refcell::batch::<W, D>(graph, count, marks),
        Contender::BoxTree => box_tree::batch::<W, D>(graph, count, marks),
        Contender::IndexGraph => index_graph::batch::<W, D>(graph, count, marks),
        Contender::SlotMap => slot_map::batch::<W, D>(graph, count, marks),
        Contender::TypedArena => typed_arena::batch::<W, D>(graph, count, marks),
        Contender::BumpStdVec => bump_std::batch::<W, D>(graph, count, marks),
        Contender::BumpArenaVec => bump_arena::batch::<W, D>(graph, count, marks),
        // Another lab's.
        _ => 0,
    }
}

/// Runs one contender once, for whoever watches: the code that is timed, compiled anew for data that says what happens to it.
pub(crate) fn run_watched<const WORDS: usize>(id: Contender, input: ArenaInput, seed: Seed, mut parts: Parts) {
    frontier::watch_in(input.order);
    let edges = Edges::generate(input, seed);
    let graph = Graph { tree: Tree::of::<AsWatched>(&edges), edges, changes: input.changes };
    batch::<AsWatched, Watched<WORDS>>(id, &graph, 1, &mut parts);
}

/// How many graphs fit into [`ALIVE_AT_ONCE`], at least 1. The estimate is above the dearest contender on a 64-bit machine: 72
/// bytes a node with its place in a table, 24 for taking a buffer out of a leaking node, 32 for the allocator's bookkeeping, its `data`, 8 an
/// edge; for each graph 1,024 for an arena's smallest chunk; and, if it changes, as much for each leaf that comes as for a node, the lists that are left behind where they grow, and all of it
/// twice, since an arena that grows asks for as much again.
fn max_batch(Graph { edges, changes, .. }: &Graph, data: usize) -> u32 {
    let per_node = 128 + data;
    let mut bytes = 1_024 + edges.nodes() * (per_node + 8 * edges.degree());
    if *changes != Changes::None {
        bytes = 2 * (bytes + edges.nodes() * (Changing::WALKS as usize * per_node + 8 * 4 * (edges.degree() + 2)));
    }
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
