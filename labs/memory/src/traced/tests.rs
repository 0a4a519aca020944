//! What needs no tracing allocator: the programs run, and every node is met. What they do to memory is in `tests/traces.rs`.

use super::*;
use protocol::Changes;

#[test]
fn every_program_runs_at_the_smallest_and_at_odd_sizes() {
    for program in Program::ALL {
        for (nodes, degree) in [(1, 1), (2, 8), (300, 1), (777, 3)] {
            for (order, data) in Order::ALL.into_iter().zip(NodeData::ALL.into_iter().cycle()) {
                // Without a tracing allocator only reads, pieces and marks are noted.
                let trace = trace(program, ArenaInput { nodes, degree, order, data, changes: Changes::Half }, Seed(1));
                assert!(!trace.events.0.is_empty(), "{program:?}");
                assert_eq!(trace.lost, 0);
            }
        }
    }
}
