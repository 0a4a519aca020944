//! All contenders walk the same graph in the same order, which is that of a breadth-first walk on plain adjacency lists.

use super::*;
use proptest::prelude::*;

/// Marks nothing.
struct Unmarked;

impl Marks for Unmarked {
    fn lap(&mut self) {}
    fn skip(&mut self) {}
}

/// The visits of a walk from node 0, written without any of the lab's own code: nodes are marked when they are met.
fn reference(edges: &Edges, order: Order) -> Vec<u32> {
    let (mut met, mut waiting, mut visits) = (vec![0], vec![0], Vec::new());
    let mut random = fastrand::Rng::with_seed(edges.nodes() as u64);
    while !waiting.is_empty() {
        let node = match order {
            Order::Breadth => waiting.remove(0),
            Order::Depth => waiting.remove(waiting.len() - 1),
            Order::Random => waiting.swap_remove(random.u32(..u32::try_from(waiting.len()).unwrap()) as usize),
        };
        visits.push(node);
        for to in edges.of(node) {
            if !met.contains(to) {
                met.push(*to);
                waiting.push(*to);
            }
        }
    }
    visits
}

fn graph<W: Walk>(nodes: u32, degree: u32, seed: u64) -> Graph {
    let edges = Edges::generate(ArenaInput { nodes, degree, ..ArenaInput::default() }, Seed(seed));
    Graph { tree: Tree::of::<W>(&edges), edges }
}

/// Each contender's checksum is that of the reference, for one graph and for several.
fn walks_alike<W: Walk>(order: Order, (nodes, degree, seed): (u32, u32, u64)) -> Result<(), TestCaseError> {
    let graph = graph::<W>(nodes, degree, seed);
    let visits = reference(&graph.edges, order);
    prop_assert_eq!(visits.len(), nodes as usize);
    let checksum = visits.into_iter().fold(0, fold);
    for &id in LabId::Arena.contenders() {
        prop_assert_eq!(batch::<W>(id, &graph, 1, &mut Unmarked), checksum, "{:?} {:?}", id, order);
        prop_assert_eq!(batch::<W>(id, &graph, 3, &mut Unmarked), [checksum; 3].into_iter().fold(0, combine), "{:?}", id);
    }
    Ok(())
}

proptest! {
    #[test]
    fn all_contenders_visit_every_node_in_the_reference_order(nodes in 1..300_u32, degree in 1..=8_u32, seed: u64) {
        walks_alike::<InBreadth>(Order::Breadth, (nodes, degree, seed))?;
        walks_alike::<InDepth>(Order::Depth, (nodes, degree, seed))?;
        walks_alike::<AtRandom>(Order::Random, (nodes, degree, seed))?;
    }
}

#[test]
fn a_tree_as_deep_as_it_has_nodes_is_torn_down() {
    let graph = graph::<InBreadth>(ArenaInput::MAX_NODES, 1, 1);
    assert_ne!(batch::<InBreadth>(Contender::BoxTree, &graph, 1, &mut Unmarked), 0);
}

#[test]
fn the_checksum_depends_on_the_order() {
    assert_ne!([0, 1, 2].into_iter().fold(0, fold), [0, 2, 1].into_iter().fold(0, fold));
    assert_ne!([0].into_iter().fold(0, fold), [0, 0].into_iter().fold(0, fold));
}

#[test]
fn every_phase_is_marked_once() {
    struct Count(Vec<&'static str>);
    impl Marks for Count {
        fn lap(&mut self) {
            self.0.push("lap");
        }
        fn skip(&mut self) {
            self.0.push("skip");
        }
    }
    let graph = graph::<InBreadth>(9, 2, 1);
    for &id in LabId::Arena.contenders() {
        let mut count = Count(Vec::new());
        batch::<InBreadth>(id, &graph, 2, &mut count);
        assert_eq!(count.0.iter().filter(|mark| **mark == "lap").count(), LabId::Arena.phases().len(), "{id:?}");
        assert_eq!(count.0.first(), Some(&"skip"), "what precedes the building is not part of it: {id:?}");
        assert_eq!(count.0.last(), Some(&"lap"), "{id:?}");
    }
}

#[test]
fn a_batch_is_as_large_as_memory_allows_and_never_empty() {
    let max = |nodes, degree| max_batch(&Edges::generate(ArenaInput { nodes, degree, ..ArenaInput::default() }, Seed(1)));
    assert!(max(1, 1) > 10_000);
    assert!((3..10).contains(&max(100_000, 3)));
    assert!(max(u32::MAX, u32::MAX) >= 1);
}
