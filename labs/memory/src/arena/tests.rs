//! All contenders walk the same graph in the same order, which is that of a breadth-first walk on plain adjacency lists.

use super::*;
use proptest::prelude::*;
use protocol::Phase;

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

/// With its number alone.
type Plain = [u32; 1];

fn graph<W: Walk>(nodes: u32, degree: u32, seed: u64, changes: Changes) -> Graph {
    let edges = Edges::generate(ArenaInput { nodes, degree, ..ArenaInput::default() }, Seed(seed));
    Graph { tree: Tree::of::<W>(&edges), edges, changes }
}

/// The checksum of the walks that change a graph, written without any of the lab's own code but its numbers: each node has a stack of
/// leaves, and every walk meets the nodes in the order of the first.
fn changed(visits: &[u32], changes: Changes) -> u64 {
    let nodes = u32::try_from(visits.len()).unwrap();
    let mut leaves = vec![Vec::new(); visits.len()];
    let walks = (0..3).map(|walk| {
        let mut checksum = 0;
        for &id in visits {
            let own: &mut Vec<u32> = &mut leaves[id as usize];
            let loses = match changes {
                Changes::None | Changes::Grow => false,
                Changes::Half => (id + walk) % 2 == 0,
                Changes::Churn => true,
            };
            if loses && let Some(lost) = own.pop() {
                checksum = fold(checksum, lost);
            }
            own.push(id + (walk + 1) * nodes);
            checksum = fold(checksum, id);
        }
        checksum
    });
    walks.collect::<Vec<_>>().into_iter().fold(0, combine)
}

/// Each contender's checksum is that of the reference, for one graph and for several.
fn walks_alike<W: Walk, D: Data>(order: Order, (nodes, degree, seed): (u32, u32, u64)) -> Result<(), TestCaseError> {
    let mut graph = graph::<W>(nodes, degree, seed, Changes::None);
    let visits = reference(&graph.edges, order);
    prop_assert_eq!(visits.len(), nodes as usize);
    let checksum = visits.iter().copied().fold(0, fold);
    for changes in Changes::ALL {
        graph.changes = changes;
        let after = |count: usize| {
            let walked = std::iter::repeat_n(checksum, count).fold(0, combine);
            let changes = (changes != Changes::None).then(|| changed(&visits, changes));
            std::iter::repeat_n(changes, count).flatten().fold(walked, combine)
        };
        for &id in LabId::Arena.contenders() {
            for count in [1, 3] {
                prop_assert_eq!(
                    batch::<W, D>(id, &graph, count, &mut Unmarked),
                    after(count),
                    "{:?} {:?} {:?}",
                    id,
                    order,
                    changes
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn all_contenders_visit_every_node_in_the_reference_order(nodes in 1..300_u32, degree in 1..=8_u32, seed: u64) {
        let sizes = (nodes, degree, seed);
        walks_alike::<InBreadth, Plain>(Order::Breadth, sizes)?;
        walks_alike::<InDepth, [u32; 8]>(Order::Depth, sizes)?;
        walks_alike::<AtRandom, [u32; 32]>(Order::Random, sizes)?;
    }
}

#[test]
fn a_tree_as_deep_as_it_has_nodes_is_torn_down() {
    let graph = graph::<InBreadth>(ArenaInput::MAX_NODES, 1, 1, Changes::Grow);
    assert_ne!(batch::<InBreadth, Plain>(Contender::BoxTree, &graph, 1, &mut Unmarked), 0);
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
    for changes in Changes::ALL {
        let graph = graph::<InBreadth>(9, 2, 1, changes);
        let phases = LabInput::Arena(ArenaInput { changes, ..ArenaInput::default() }).phases();
        assert_eq!(phases.contains(&Phase::Change), changes != Changes::None);
        for &id in LabId::Arena.contenders() {
            let mut count = Count(Vec::new());
            batch::<InBreadth, Plain>(id, &graph, 2, &mut count);
            assert_eq!(count.0.iter().filter(|mark| **mark == "lap").count(), phases.len(), "{id:?}");
            assert_eq!(count.0.first(), Some(&"skip"), "what precedes the building is not part of it: {id:?}");
            assert_eq!(count.0.last(), Some(&"lap"), "{id:?}");
        }
    }
}

#[test]
fn a_batch_is_as_large_as_memory_allows_and_never_empty() {
    let max = |nodes, degree, changes, data| max_batch(&graph::<InBreadth>(nodes, degree, 1, changes), data);
    assert!(max(1, 1, Changes::None, 4) > 10_000);
    assert!((3..10).contains(&max(100_000, 3, Changes::None, 4)));
    assert!(max(10_000, 3, Changes::Churn, 4) < max(10_000, 3, Changes::None, 128));
    assert_eq!(max(u32::MAX, u32::MAX, Changes::Grow, 128), 1);
}
