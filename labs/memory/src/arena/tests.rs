//! All contenders walk the same graph in the same order, which is that of a breadth-first walk on plain adjacency lists.

use super::*;
use proptest::prelude::*;

/// Marks nothing.
struct Unmarked;

impl Marks for Unmarked {
    fn lap(&mut self) {}
    fn skip(&mut self) {}
}

/// The visits of a breadth-first walk from node 0, by level: a node's place is its distance, then its discoverer's place.
fn reference(edges: &Edges) -> Vec<u32> {
    let mut order = vec![0];
    let mut level = vec![0];
    while !level.is_empty() {
        let mut next = Vec::new();
        for to in level.iter().flat_map(|&id| edges.of(id)) {
            if !order.contains(to) {
                order.push(*to);
                next.push(*to);
            }
        }
        level = next;
    }
    order
}

proptest! {
    #[test]
    fn all_contenders_visit_every_node_in_the_reference_order(nodes in 1..300_u32, degree in 1..=8_u32, seed: u64) {
        let edges = Edges::generate(ArenaInput { nodes, degree }, Seed(seed));
        let order = reference(&edges);
        prop_assert_eq!(order.len(), nodes as usize);
        let checksum = order.into_iter().fold(0, fold);
        for id in CONTENDERS {
            prop_assert_eq!(batch(id, &edges, 1, &mut Unmarked), checksum, "{:?}", id);
            prop_assert_eq!(batch(id, &edges, 3, &mut Unmarked), [checksum; 3].into_iter().fold(0, combine), "{:?}", id);
        }
    }
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
    let edges = Edges::generate(ArenaInput { nodes: 9, degree: 2 }, Seed(1));
    for id in CONTENDERS {
        let mut count = Count(Vec::new());
        batch(id, &edges, 2, &mut count);
        assert_eq!(count.0.iter().filter(|mark| **mark == "lap").count(), LabId::Arena.phases().len(), "{id:?}");
        assert_eq!(count.0.first(), Some(&"skip"), "what precedes the building is not part of it: {id:?}");
        assert_eq!(count.0.last(), Some(&"lap"), "{id:?}");
    }
}

#[test]
fn a_batch_is_as_large_as_memory_allows_and_never_empty() {
    let max = |nodes, degree| max_batch(&Edges::generate(ArenaInput { nodes, degree }, Seed(1)));
    assert!(max(1, 1) > 10_000);
    assert!((3..10).contains(&max(100_000, 3)));
    assert!(max(u32::MAX, u32::MAX) >= 1);
}
